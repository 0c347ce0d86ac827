import assert from 'node:assert/strict';
import { test } from 'node:test';
import { $ } from 'kleur/colors';
import type { Plan } from '../../../../runtime/report/plan/plan.ts';
import { diffPlans } from '../../../../runtime/report/plan/plan-diff.ts';
import { planDiffText } from '../../../../runtime/report/plan/plan-diff-text.ts';
import type { Json } from '../../../../stdlib/model/kubernetes.ts';
import { graph, image, kubernetes, local, shell } from '../../../support/graph.ts';
import { built, planned } from './planned.ts';

$.enabled = false;

const text = (before: Plan, after: Plan): string => planDiffText(diffPlans(before, after));

function deployment(replicas: number, containers: readonly Json[]) {
  const body = { kind: 'Deployment', spec: { replicas, template: { spec: { containers } } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: '', body };
}

test('a difference says what was added, removed and changed, field by field', () => {
  const web = built('example/web');
  const forward = { localPort: 8080, containerPort: 80, host: '', name: '', linkPath: '' };
  const before = planned(
    [
      kubernetes('web', {
        objects: [
          deployment(1, [
            { name: 'web', image: 'a' },
            { name: 'old', image: 'o' },
          ]),
        ],
        images: [web],
        portForwards: [forward],
        labels: ['a', 'b'],
      }),
      local('lint'),
      local('migrate', { update: shell('npm run migrate', '/project'), resourceDeps: ['lint'] }),
    ],
    { evaluation: { filesRead: ['/project/old.yaml'], commandsRun: [['git', 'status']], variablesRead: [] } },
  );
  const resources = [
    local('worker', { update: shell('npm run worker', '/project') }),
    kubernetes('web', {
      objects: [deployment(3, [{ name: 'web', image: 'b' }])],
      images: [built('example/web', { dockerfile: 'FROM other', buildArgs: { V: '2' } }), image('example/side')],
      portForwards: [{ ...forward, localPort: 8081 }],
      labels: ['b', 'c'],
    }),
    local('migrate', {
      update: { argv: ['sh', '-c', 'npm run migrate:all'], dir: '/project', env: ['STAGE=dev'] },
      serve: shell('serve', '/project'),
    }),
  ];
  const after = planned(resources, {
    graph: {
      ...graph(resources, { update: { maxParallelUpdates: 5 } }),
      cluster: { allowedContexts: ['staging'], defaultRegistry: undefined },
    },
    evaluation: { filesRead: [], commandsRun: [['git', 'log']], variablesRead: ['STAGE'] },
  });
  assert.equal(
    text(before, after),
    `+ worker  local
    runs         npm run worker
    declared at  Tiltfile:1:1

- lint  local

~ web  kubernetes
    labels: - a, + c
    objects[Deployment/web].spec.replicas: 1 → 3
    objects[Deployment/web].spec.template.spec.containers[web].image: "a" → "b"
    objects[Deployment/web].spec.template.spec.containers[old]: - {"name":"old","image":"o"}
    images: + example/side
    portForwards: - 8080:80, + 8081:80

~ migrate  local
    dependsOn: - lint
    update.argv: npm run migrate → npm run migrate:all
    update.env.STAGE: + "dev"
    serve: none → serve

+ example/side  image
    build        docker, context example/side, a Dockerfile in the Tiltfile
    needed by    web
    declared at  Tiltfile:1:1

~ example/web  image
    build.dockerfileDigest: "sha256:${digestOf(before)}" → "sha256:${digestOf(after)}"
    build.buildArgs.V: + "2"

~ settings
    maxParallelUpdates: 3 → 5

~ cluster
    allowedContexts: + staging

~ while it is evaluated
    - read old.yaml
    - runs git status
    + runs git log
    + asks for $STAGE

1 resource added, 1 resource removed, 2 resources changed, 1 image added, 1 image changed.`,
  );
});

function digestOf({ images }: Plan): string {
  const build = images[0]?.build;
  return build?.kind === 'docker' ? build.dockerfileDigest.replace('sha256:', '') : '';
}

test('lines that move, another order and what only follows are no difference', () => {
  const a = local('a');
  const b = local('b', { resourceDeps: [] });
  const before = planned([a, b]);
  const moved = { ...a, position: { ...a.position, line: 99 } };
  const diff = diffPlans(before, planned([b, moved], { refusal: 'Stop!', warnings: ['odd'] }));
  assert.equal(diff.differs, false);
  assert.equal(planDiffText(diff), 'No difference: the Tiltfile comes to the same.');
});

test('every part by itself is a difference', () => {
  const before = planned([local('a'), kubernetes('k', { images: [image('i')] })]);
  const parts: readonly Plan[] = [
    { ...before, resources: [] },
    { ...before, images: [] },
    { ...before, resources: before.resources.map((one) => ({ ...one, labels: ['x'] })) },
    { ...before, images: before.images.map((one) => ({ ...one, matchInEnvVars: true })) },
    { ...before, settings: { ...before.settings, ciTimeoutMs: 1 } },
    { ...before, cluster: { ...before.cluster, allowedContexts: ['x'] } },
    { ...before, apiObjects: [apiObject('1')] },
    { ...before, globalIgnores: [{ dir: '.', patterns: ['x'] }] },
    { ...before, evaluation: { ...before.evaluation, filesRead: [] } },
    { ...before, evaluation: { ...before.evaluation, commandsRun: [['x']] } },
    { ...before, evaluation: { ...before.evaluation, variablesRead: ['X'] } },
  ];
  for (const after of parts) assert.equal(diffPlans(before, after).differs, true, text(before, after));
});

test('a resource of another kind says so, and a field that one version does not know is no difference', () => {
  const before = planned([local('a')]);
  const after = planned([kubernetes('a')]);
  assert.match(text(before, after), /^~ a {2}kubernetes\n {4}kind: "local" → "kubernetes"\n/);
  const older = { ...before, resources: before.resources.map(({ labels: _labels, ...rest }) => rest) };
  assert.equal(diffPlans(older as unknown as Plan, before).differs, false);
});

test('a list that is only sorted anew shows both', () => {
  const withDeps = (resourceDeps: readonly string[]) =>
    planned([local('a'), local('b'), local('c', { resourceDeps: [...resourceDeps] })]);
  assert.match(text(withDeps(['a', 'b']), withDeps(['b', 'a'])), /dependsOn: \["a","b"\] → \["b","a"\]/);
});

function apiObject(count: string): Plan['apiObjects'][number] {
  const body = { spec: { text: { defaultValue: count } } };
  return { kind: 'uibuttons', name: 'reset', labels: {}, annotations: {}, body, declaredAt: 'T:1:1' };
}

test('objects of the API are told apart by kind and name', () => {
  const plan = planned([]);
  const one = { ...plan, apiObjects: [apiObject('1')] };
  assert.match(text(plan, one), /^\+ reset {2}uibuttons\n {4}declared at {2}T:1:1\n/);
  assert.match(text(one, plan), /^- reset {2}uibuttons\n/);
  assert.match(
    text(one, { ...one, apiObjects: [apiObject('2')] }),
    /^~ uibuttons\/reset {2}object of the API\n {4}body\.spec\.text\.defaultValue: "1" → "2"\n/,
  );
});
