import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, documents, kubernetes, outline, plain, pod, Tiltfile } from './assembled.ts';

const web = () =>
  new Tiltfile().yaml(
    documents(deployment('web', 'a'), deployment('db', 'a'), plain('ConfigMap', 'settings'), plain('Secret', 'key')),
  );

test('options of several calls add up', () => {
  const forward = (localPort: number) => ({ localPort, containerPort: 0, host: '', name: '', linkPath: '' });
  const resource = kubernetes(
    web()
      .resource({
        workload: 'web',
        portForwards: [forward(1)],
        labels: ['x'],
        triggerMode: 'manual',
        resourceDeps: ['db'],
      })
      .resource({
        workload: 'web',
        portForwards: [forward(2)],
        labels: ['y', 'x'],
        autoInit: false,
        podReadiness: 'ignore',
      })
      .resource({ workload: 'web', extraPodSelectors: [{ app: 'a' }], discoveryStrategy: 'selectors-only' })
      .graph(),
    'web',
  );
  assert.deepEqual(resource.portForwards, [forward(1), forward(2)]);
  assert.deepEqual(resource.labels, ['x', 'y']);
  assert.deepEqual(resource.trigger, { onChange: false, atStart: false });
  assert.deepEqual(resource.resourceDeps, ['db']);
  assert.equal(resource.podReadiness, 'ignore');
  assert.deepEqual(resource.extraPodSelectors, [{ app: 'a' }]);
  assert.equal(resource.discoveryStrategy, 'selectors-only');
});

test('a resource takes objects, and can be made of them alone', () => {
  const graph = web()
    .resource({ workload: 'web', objects: ['settings'] })
    .resource({ newName: 'secrets', objects: ['KEY:secret:default'] })
    .graph();
  assert.deepEqual(outline(graph), [
    'web: ConfigMap/settings Deployment/web',
    'db: Deployment/db',
    'secrets: Secret/key',
  ]);
  assert.equal(kubernetes(graph, 'secrets').podReadiness, 'ignore');
});

test('renaming frees the old name for others', () => {
  const graph = web().resource({ workload: 'web', newName: 'x' }).resource({ workload: 'db', newName: 'web' }).graph();
  assert.deepEqual(outline(graph).slice(0, 2), ['x: Deployment/web', 'web: Deployment/db']);
});

for (const [what, options, message] of [
  [
    'an unknown resource',
    { workload: 'wob' },
    'k8s_resource specified unknown resource "wob". known k8s resources: web, db',
  ],
  [
    'a taken name',
    { workload: 'web', newName: 'db' },
    'k8s_resource specified to rename "web" to "db": k8s_resource named "db" already exists',
  ],
  ['a new resource with a taken name', { newName: 'web', objects: ['key'] }, 'k8s_resource named "web" already exists'],
  [
    'an unknown object',
    { workload: 'web', objects: ['no'] },
    'No object identified by the fragment "no" could be found. Possible objects are: "web:Deployment:default", "db:Deployment:default", "settings:ConfigMap:default", "key:Secret:default"',
  ],
  [
    'an object of a workload',
    { workload: 'web', objects: ['db'] },
    'No object identified by the fragment "db" could be found in remaining YAML. Valid remaining fragments are: "settings:ConfigMap:default", "key:Secret:default"',
  ],
  [
    'an empty fragment',
    { workload: 'web', objects: [''] },
    `Error making selector from string "": selector can't be empty`,
  ],
  [
    'a fragment of too many parts',
    { workload: 'web', objects: ['a:b:c:d'] },
    'Error making selector from string "a:b:c:d": Too many parts in selector. Selectors must contain between 1 and 3 parts (colon separated), found 4 parts in a:b:c:d',
  ],
  [
    'an escape that means nothing, with what stands around it',
    { workload: 'web', objects: ['settings\\key:secret'] },
    "Error making selector from string \"settings\\\\key:secret\": invalid escape sequence '\\k' in 'gs\\key'",
  ],
  [
    '… at the start of the fragment',
    { workload: 'web', objects: ['\\key'] },
    "Error making selector from string \"\\\\key\": invalid escape sequence '\\k' in '\\key'",
  ],
] as const) {
  test(`k8s_resource refuses ${what}`, () => {
    assert.deepEqual(web().resource(options).failures(), [message]);
  });
}

test('a fragment that fits several objects is refused with their names', () => {
  const tiltfile = new Tiltfile().yaml(
    documents(
      pod('web', 'a'),
      plain('ConfigMap', 's', ', namespace: blue'),
      plain('ConfigMap', 's', ', namespace: green'),
    ),
  );
  assert.deepEqual(tiltfile.resource({ workload: 'web', objects: ['s:configmap'] }).failures(), [
    '"s:configmap" is not a unique fragment. Objects that match "s:configmap" are "s:ConfigMap:blue", "s:ConfigMap:green"',
  ]);
});

test('all wrong calls are told at once, each with its place', () => {
  const assembled = web().resource({ workload: 'a' }).resource({ workload: 'b' }).assemble();
  assert.ok(!assembled.ok);
  assert.deepEqual(
    assembled.failures.map(({ position }) => position?.line),
    [2, 3],
  );
});
