import assert from 'node:assert/strict';
import { test } from 'node:test';
import { injectObjects } from '../../../runtime/deploy/inject.ts';
import { displayNames } from '../../../runtime/deploy/object-names.ts';
import { withProtocols } from '../../../runtime/deploy/port-protocols.ts';
import { applyBatches, deleteOrder } from '../../../stdlib/model/apply-order.ts';
import type { Json, KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import { image, kubernetes } from '../../support/graph.ts';

function object(
  apiVersion: string,
  kind: string,
  name: string,
  more: { readonly [key: string]: Json } = {},
): KubernetesObject {
  return { apiVersion, kind, name, namespace: '', body: { apiVersion, kind, metadata: { name }, ...more } };
}

test('objects are applied in an order in which each finds what it needs', () => {
  const kinds = ['Pod', 'Deployment', 'Toy', 'Namespace', 'Service', 'CustomResourceDefinition', 'Job'];
  const objects = kinds.map((kind) => object('v1', kind, 'a'));
  const batches = applyBatches(objects).map((batch) => batch.map(({ kind }) => kind));
  assert.deepEqual(batches, [
    ['Namespace'],
    ['CustomResourceDefinition'],
    ['Service'],
    ['Deployment'],
    ['Pod', 'Toy', 'Job'],
  ]);
  assert.deepEqual(
    deleteOrder(objects).map(({ kind }) => kind),
    ['Job', 'Toy', 'Pod', 'Deployment', 'Service', 'CustomResourceDefinition', 'Namespace'],
  );
});

test('objects are named as short as they are unique', () => {
  const namespaced = (namespace: string) => ({ ...object('v1', 'Service', 'Web'), namespace });
  assert.deepEqual(displayNames([object('apps/v1', 'Deployment', 'web'), namespaced('a'), namespaced('b')]), [
    'web:deployment',
    'web:service:a',
    'web:service:b',
  ]);
});

test('images are replaced in custom kinds where locators say so, and in environment variables when asked for', () => {
  const toy = object('dev/v1', 'Toy', 'bear', {
    spec: { image: 'example/web:dev', parts: [{ image: 'example/web' }, { image: 'other' }] },
  });
  const deployment = object('apps/v1', 'Deployment', 'web', {
    spec: {
      template: {
        spec: { containers: [{ name: 'a', image: 'busybox', env: [{ name: 'IMAGE', value: 'example/web' }] }] },
      },
    },
  });
  const selector = { kind: 'toy', apiVersion: '', name: '', namespace: '' };
  const resource = kubernetes('web', {
    objects: [toy, deployment],
    images: [image('example/web', { matchInEnvVars: true })],
    imageLocators: ['{.spec.image}', '{.spec.parts[*].image}'].map((path) => ({ selector, path })),
  });
  const images = [{ ref: 'example/web', localRef: 'example/web:1', clusterRef: 'registry/web:1' }];
  const { objects, unused } = injectObjects(resource, images);
  assert.deepEqual(unused, []);
  assert.deepEqual(objects[0]?.body.spec, {
    image: 'registry/web:1',
    parts: [{ image: 'registry/web:1' }, { image: 'other' }],
  });
  const text = JSON.stringify(objects[1]?.body);
  assert.ok(text.includes('"value":"registry/web:1"'), text);
  assert.ok(text.includes('"image":"busybox","env"') && text.includes('"imagePullPolicy":"IfNotPresent"'), text);
});

test('two tags of a repository are two images when they are matched exactly; commands and arguments go along', () => {
  const container = (name: string, reference: string) => ({ name, image: reference, args: ['own'] });
  const pod = object('v1', 'Pod', 'web', {
    spec: {
      containers: [
        container('a', 'example/web:blue'),
        container('b', 'docker.io/example/web:green'),
        container('c', 'example/web:red'),
      ],
    },
  });
  const resource = kubernetes('web', {
    objects: [pod],
    images: [
      image('example/web:blue', { matchExact: true, containerArgs: [] }),
      image('example/web:green', { matchExact: true, entrypoint: ['serve'], containerArgs: ['--port', '80'] }),
    ],
  });
  const built = ['blue', 'green'].map((tag) => ({
    ref: `example/web:${tag}`,
    localRef: `example/web:built-${tag}`,
    clusterRef: `registry/web:built-${tag}`,
  }));
  const { objects, unused } = injectObjects(resource, built);
  const imagePullPolicy = 'IfNotPresent';
  assert.deepEqual(objects[0]?.body.spec, {
    containers: [
      { name: 'a', image: 'registry/web:built-blue', args: [], imagePullPolicy },
      {
        name: 'b',
        image: 'registry/web:built-green',
        command: ['serve'],
        args: ['--port', '80'],
        imagePullPolicy,
      },
      { name: 'c', image: 'example/web:red', args: ['own'], imagePullPolicy },
    ],
  });
  assert.deepEqual(unused, []);
});

test('selectors that ask for the label that is overwritten still fit', () => {
  const label = { 'app.kubernetes.io/managed-by': 'Helm', app: 'a' };
  const deployment = object('apps/v1', 'Deployment', 'a', {
    spec: { selector: { matchLabels: label }, template: { metadata: { labels: label }, spec: { containers: [] } } },
  });
  const service = object('v1', 'Service', 'a', { spec: { selector: label } });
  const { objects } = injectObjects(kubernetes('a', { objects: [deployment, service] }), []);
  const selectors = objects.map(({ body }) => (body.spec as { selector: Json }).selector);
  const tilt = { 'app.kubernetes.io/managed-by': 'tilt', app: 'a' };
  assert.deepEqual(selectors[0], { matchLabels: tilt });
  assert.deepEqual(selectors[1], tilt);
});

test('the hash of a template changes with the template only', () => {
  const hash = (image: string, replicas: number) => {
    const spec = {
      replicas,
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image }] } },
    };
    const { objects } = injectObjects(
      kubernetes('a', { objects: [object('apps/v1', 'Deployment', 'a', { spec })] }),
      [],
    );
    return /"tilt\.dev\/pod-template-hash":"([0-9a-f]{20})"/.exec(JSON.stringify(objects[0]))?.[1];
  };
  assert.ok(hash('a', 1));
  assert.equal(hash('a', 1), hash('a', 2));
  assert.notEqual(hash('a', 1), hash('b', 1));
});

test('claims get no labels: they may not change', () => {
  const claim = object('v1', 'PersistentVolumeClaim', 'data');
  assert.deepEqual(injectObjects(kubernetes('a', { objects: [claim] }), []).objects, [claim]);
});

test('ports get their protocol, which is a part of their key', () => {
  const service = withProtocols(
    object('v1', 'Service', 'a', { spec: { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] } }),
  );
  assert.deepEqual(service.body.spec, {
    ports: [
      { port: 80, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ],
  });
  const spec = { containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] };
  const pod = withProtocols(object('v1', 'Pod', 'a', { spec }));
  assert.deepEqual(pod.body.spec, { containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }] }] });
  const config = object('v1', 'ConfigMap', 'a', { spec: { ports: [{}] } });
  assert.equal(withProtocols(config), config);
});
