import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import { imageReferences, podTemplateLabels, replaceImages } from '../../../stdlib/model/pod-spec.ts';

function object(apiVersion: string, kind: string, rest: { [key: string]: Json }): KubernetesObject {
  const body = { apiVersion, kind, metadata: { name: 'x' }, ...rest };
  return { apiVersion, kind, name: 'x', namespace: '', body };
}

const spec = { containers: [{ name: 'c', image: 'web' }] };
const template = { metadata: { labels: { app: 'x' } }, spec };

for (const [apiVersion, kind, rest, labels] of [
  ['v1', 'Pod', { spec }, undefined],
  ['v1', 'PodTemplate', { template }, { app: 'x' }],
  ['v1', 'ReplicationController', { spec: { template } }, { app: 'x' }],
  ['apps/v1', 'Deployment', { spec: { template } }, { app: 'x' }],
  ['apps/v1', 'StatefulSet', { spec: { template } }, { app: 'x' }],
  ['apps/v1', 'DaemonSet', { spec: { template } }, { app: 'x' }],
  ['apps/v1', 'ReplicaSet', { spec: { template } }, { app: 'x' }],
  ['extensions/v1beta1', 'Deployment', { spec: { template } }, { app: 'x' }],
  ['batch/v1', 'Job', { spec: { template } }, { app: 'x' }],
  ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }, { app: 'x' }],
] as const) {
  test(`the images of a ${apiVersion} ${kind} are found and replaced`, () => {
    const workload = object(apiVersion, kind, rest);
    assert.deepEqual(imageReferences(workload), [{ reference: 'web', place: 'container' }]);
    assert.deepEqual(podTemplateLabels(workload), labels);
    const replaced = replaceImages(workload, (reference) => `${reference}:1`);
    assert.deepEqual(imageReferences(replaced), [{ reference: 'web:1', place: 'container' }]);
    assert.deepEqual(imageReferences(workload), [{ reference: 'web', place: 'container' }]);
  });
}

test('custom kinds have no pod spec, even when they look like it', () => {
  const rollout = object('argoproj.io/v1alpha1', 'Rollout', { spec: { template } });
  assert.deepEqual(imageReferences(rollout), []);
  assert.equal(podTemplateLabels(rollout), undefined);
  assert.equal(
    replaceImages(rollout, () => 'other'),
    rollout,
  );
});

test('init containers, image volumes and environment variables have images too', () => {
  const pod = object('v1', 'Pod', {
    spec: {
      initContainers: [{ name: 'i', image: 'init' }],
      containers: [
        { name: 'c', image: 'web', env: [{ name: 'A', value: 'job' }, { name: 'B' }], imagePullPolicy: 'Always' },
      ],
      volumes: [
        { name: 'v', image: { reference: 'model:1', pullPolicy: 'Always' } },
        { name: 'e', emptyDir: {} },
      ],
    },
  });
  assert.deepEqual(imageReferences(pod), [
    { reference: 'init', place: 'container' },
    { reference: 'web', place: 'container' },
    { reference: 'model:1', place: 'volume' },
    { reference: 'job', place: 'env' },
  ]);
  const replaced = replaceImages(pod, (reference, place) =>
    place === 'env' && reference !== 'job'
      ? undefined
      : { reference: `new-${reference}`, pullPolicy: 'Never', command: ['run'] },
  );
  assert.deepEqual(replaced.body.spec, {
    initContainers: [{ name: 'i', image: 'new-init', imagePullPolicy: 'Never', command: ['run'] }],
    containers: [
      {
        name: 'c',
        image: 'new-web',
        env: [{ name: 'A', value: 'new-job' }, { name: 'B' }],
        imagePullPolicy: 'Never',
        command: ['run'],
      },
    ],
    volumes: [
      { name: 'v', image: { reference: 'new-model:1', pullPolicy: 'Never' } },
      { name: 'e', emptyDir: {} },
    ],
  });
});

test('an object stays the same one when nothing is replaced', () => {
  const pod = object('v1', 'Pod', { spec });
  assert.equal(
    replaceImages(pod, () => undefined),
    pod,
  );
});

test('pod specs of wrong shapes have no images', () => {
  assert.deepEqual(imageReferences(object('v1', 'Pod', { spec: 'x' })), []);
  assert.deepEqual(imageReferences(object('v1', 'Pod', { spec: { containers: [1, { name: 'a' }], volumes: {} } })), [
    { reference: '', place: 'container' },
  ]);
});
