import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalObject, typeProblem } from '../../../stdlib/kubernetes/canonical-object.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';

function object(apiVersion: string, kind: string, rest: { [key: string]: Json }) {
  return { apiVersion, kind, metadata: { name: 'x' }, ...rest };
}

test('known kinds lose what they do not have and their status, and quantities become short', () => {
  const pod = object('v1', 'Pod', {
    status: { phase: 'Running' },
    spec: {
      containers: [{ name: 'c', imagee: 'typo', resources: { limits: { cpu: 0.5, memory: '1024Mi' } } }],
      volumes: [{ name: 'v', emptyDir: { sizeLimit: '2000Mi' } }],
    },
  });
  assert.deepEqual(
    canonicalObject(pod),
    object('v1', 'Pod', {
      spec: {
        containers: [{ name: 'c', resources: { limits: { cpu: '500m', memory: '1Gi' } } }],
        volumes: [{ name: 'v', emptyDir: { sizeLimit: '2000Mi' } }],
      },
    }),
  );
});

test('custom kinds stay as they are', () => {
  const probe = object('example.org/v1', 'Probe', { spec: { every: 1 }, status: { ok: true } });
  assert.equal(canonicalObject(probe), probe);
  assert.equal(typeProblem(probe), undefined);
});

test('old versions of workloads are known, too', () => {
  assert.deepEqual(canonicalObject(object('extensions/v1beta1', 'Deployment', { status: { replicas: 1 } })), {
    apiVersion: 'extensions/v1beta1',
    kind: 'Deployment',
    metadata: { name: 'x' },
  });
});

const container = (rest: { [key: string]: Json }) =>
  object('v1', 'Pod', { spec: { containers: [{ name: 'c', ...rest }] } });

for (const [what, body, problem] of [
  [
    'a number for a string',
    container({ env: [{ name: 'A', value: 8080 }] }),
    'decoding Pod "x": spec.containers[0].env[0].value must be a string, not number 8080',
  ],
  [
    'a list for an object',
    object('v1', 'Service', { spec: [] }),
    'decoding Service "x": spec must be an object, not a list',
  ],
  [
    'a string for a number',
    container({ ports: [{ containerPort: '80' }] }),
    'decoding Pod "x": spec.containers[0].ports[0].containerPort must be a whole number, not string "80"',
  ],
  [
    'a number for a truth value',
    container({ tty: 1 }),
    'decoding Pod "x": spec.containers[0].tty must be true or false, not number 1',
  ],
  [
    'a string for a list',
    container({ args: 'x' }),
    'decoding Pod "x": spec.containers[0].args must be a list, not string "x"',
  ],
  [
    'a word for a quantity',
    container({ resources: { limits: { cpu: 'much' } } }),
    'decoding Pod "x": spec.containers[0].resources.limits.cpu must be a quantity, such as 500m or 1Gi, not string "much"',
  ],
  [
    'plain text in a Secret',
    object('v1', 'Secret', { data: { key: 'abc' } }),
    'decoding Secret "x": illegal base64 data at input byte 0 in data.key: plain text belongs into stringData',
  ],
  [
    'a truth value for a port',
    object('v1', 'Service', { spec: { ports: [{ port: 80, targetPort: true }] } }),
    'decoding Service "x": spec.ports[0].targetPort must be a whole number or a string, not boolean true',
  ],
] as const) {
  test(`${what} is refused with its place`, () => assert.equal(typeProblem(body), problem));
}

test('null is as good as nothing', () => {
  assert.equal(typeProblem(container({ env: null, command: null })), undefined);
  assert.deepEqual(canonicalObject(container({ env: null })), container({}));
});
