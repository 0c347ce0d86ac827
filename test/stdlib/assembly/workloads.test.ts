import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, documents, kubernetes, outline, plain, pod, service, Tiltfile } from './assembled.ts';

for (const [what, yaml, expected] of [
  ['a workload is named after its object', deployment('web', 'nginx'), ['web: Deployment/web']],
  [
    'the same name twice takes the kind with it',
    documents(deployment('web', 'a'), pod('web', 'a')),
    ['web:deployment: Deployment/web', 'web:pod: Pod/web'],
  ],
  [
    '… and the namespace',
    documents(deployment('web', 'a', 'red'), deployment('web', 'a', 'blue')),
    ['web:deployment:red: Deployment/web', 'web:deployment:blue: Deployment/web'],
  ],
  ['a name with a colon is escaped', pod('"a:b"', 'x'), ['a\\:b: Pod/a:b']],
  [
    'a Service joins the workload that it selects, before it',
    documents(deployment('web', 'a'), service('front', 'web')),
    ['web: Service/front Deployment/web'],
  ],
  [
    'a Service of another namespace does not',
    documents(deployment('web', 'a', 'x'), service('front', 'web', 'blue')),
    ['web: Deployment/web', 'uncategorized: Service/front'],
  ],
  [
    'a Service without namespace serves any',
    documents(deployment('web', 'a', 'x'), service('front', 'web')),
    ['web: Service/front Deployment/web'],
  ],
  [
    'a bare Pod has no template to select',
    documents(pod('web', 'a'), service('front', 'web')),
    ['web: Pod/web', 'uncategorized: Service/front'],
  ],
  ['what runs nothing is uncategorized', plain('ConfigMap', 'c'), ['uncategorized: ConfigMap/c']],
  ['a Job is a workload even without images', 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n', ['j: Job/j']],
  [
    'a template without containers makes a resource, too',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n',
    ['d: Deployment/d'],
  ],
  [
    'members of a List are objects of their own',
    `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } })}\n`,
    ['uncategorized: Secret/s'],
  ],
  [
    'objects are applied in the order of their kinds',
    documents(
      plain('Service', 's'),
      plain('Other', 'o'),
      plain('ConfigMap', 'b'),
      plain('ConfigMap', 'a'),
      plain('Namespace', 'ns'),
    ),
    ['uncategorized: Namespace/ns ConfigMap/b ConfigMap/a Service/s Other/o'],
  ],
] as const) {
  test(what, () => {
    assert.deepEqual(outline(new Tiltfile().yaml(yaml).graph()), expected);
  });
}

test('Kubernetes resources come first, then local ones, then what is uncategorized', () => {
  const graph = new Tiltfile()
    .local('l')
    .yaml(documents(plain('ConfigMap', 'c'), pod('p', 'x')))
    .graph();
  assert.deepEqual(outline(graph), ['p: Pod/p', 'l', 'uncategorized: ConfigMap/c']);
});

for (const [what, yaml, readiness] of [
  ['a Deployment', deployment('x', 'a'), 'wait'],
  ['a Job', 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\n', 'succeeded'],
  ['a CronJob', 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\n', 'ignore'],
] as const) {
  test(`${what} counts as running by: ${readiness}`, () => {
    assert.equal(kubernetes(new Tiltfile().yaml(yaml).graph(), 'x').podReadiness, readiness);
  });
}

test('an image reference that cannot be read is refused where the object is declared', () => {
  const assembled = new Tiltfile().yaml(pod('a', 'ok')).yaml(pod('web', 'Nginx')).assemble();
  assert.deepEqual(assembled, {
    ok: false,
    failures: [
      {
        message:
          'finding images in web: parsing Nginx: invalid reference format: repository name (library/Nginx) must be lowercase',
        position: { file: '/p/Tiltfile.js', line: 2, column: 1 },
      },
    ],
  });
});

test('a workload with the name of a local resource is refused', () => {
  assert.deepEqual(new Tiltfile().local('web').yaml(deployment('web', 'a')).failures(), [
    'error making resource for workload web:deployment:default:apps: local_resource named "web" already exists',
  ]);
});

test('nothing is deployed to a cluster that is not allowed, and nobody asks when there is nothing to deploy', () => {
  const whyNotDeploy = () => 'Stop!';
  assert.deepEqual(new Tiltfile().yaml(pod('a', 'x')).failures({ whyNotDeploy }), ['Stop!']);
  assert.deepEqual(outline(new Tiltfile().local('a').graph({ whyNotDeploy })), ['a']);
});

test('thousands of workloads and Services are put together quickly', () => {
  const tiltfile = new Tiltfile();
  for (let i = 0; i < 2000; i++) tiltfile.yaml(documents(service(`s${i}`, `w${i}`), deployment(`w${i}`, 'nginx')));
  const start = process.cpuUsage();
  const graph = tiltfile.graph();
  const { user } = process.cpuUsage(start);
  assert.equal(graph.resources.length, 2000);
  assert.ok(user < 2_000_000, `took ${user / 1000} ms of the processor`);
});

test('the same object twice, where that is allowed, is told apart by its place', () => {
  const graph = new Tiltfile().yaml(documents(pod('a', 'x'), pod('b', 'x'), pod('a', 'x'))).graph();
  assert.deepEqual(outline(graph), ['a:pod:default:core:0: Pod/a', 'b: Pod/b', 'a:pod:default:core:2: Pod/a']);
});

test('a workload without a name is refused', () => {
  const nameless = 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: job-}\n';
  assert.deepEqual(new Tiltfile().yaml(nameless).failures(), [
    'A Job has no metadata.name, after which its resource could be named. Give it one, also where generateName would do.',
  ]);
});

test('bare pods that are made to complete are awaited to their end, unless the Tiltfile says otherwise', () => {
  const pod = (spec: object) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
    });
  const runsToEnd = (tiltfile: Tiltfile) => kubernetes(tiltfile.graph(), 'x').runsToEnd ?? false;
  assert.equal(runsToEnd(new Tiltfile().yaml(pod({ restartPolicy: 'Never' }))), true);
  assert.equal(runsToEnd(new Tiltfile().yaml(pod({ restartPolicy: 'OnFailure' }))), true);
  assert.equal(runsToEnd(new Tiltfile().yaml(pod({}))), false);
  const probed = [{ name: 'c', image: 'i', readinessProbe: { exec: { command: ['true'] } } }];
  assert.equal(runsToEnd(new Tiltfile().yaml(pod({ restartPolicy: 'Never', containers: probed }))), false);
  const serving = [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }];
  assert.equal(runsToEnd(new Tiltfile().yaml(pod({ restartPolicy: 'Never', containers: serving }))), false);
  const said = new Tiltfile().yaml(pod({ restartPolicy: 'Never' })).resource({ workload: 'x', podReadiness: 'wait' });
  assert.equal(runsToEnd(said), false);
});
