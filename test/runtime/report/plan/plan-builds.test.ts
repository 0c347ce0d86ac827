import assert from 'node:assert/strict';
import { test } from 'node:test';
import { $ } from 'kleur/colors';
import { planText } from '../../../../runtime/report/plan/plan-text.ts';
import { image, kubernetes, shell } from '../../../support/graph.ts';
import { built, planned } from './planned.ts';

$.enabled = false;

const byCommand = image('example/web', {
  build: {
    kind: 'command',
    command: { argv: ['buildah', 'bud'], dir: '/project/web', env: ['TOKEN=hunter2'] },
    tag: 'dev',
    output: 'remote',
    outputsImageRefTo: '/project/ref.txt',
  },
});
const live = built(
  'example/api',
  {},
  {
    liveUpdate: {
      basePath: '/project',
      stopPaths: ['package.json'],
      syncs: [{ localPath: 'src', containerPath: '/app/src' }],
      runs: [{ argv: ['npm', 'ci'], triggers: ['package-lock.json'], echoOff: false }],
      restart: true,
      initialSync: false,
      containerName: '',
    },
  },
);

test('a plan shows commands that build, live updates and commands that deploy', () => {
  const plan = planned([
    kubernetes('web', {
      images: [byCommand, live],
      objects: [],
      customDeploy: {
        apply: shell('make deploy', '/project'),
        delete: shell('make undeploy', '/project'),
        watchPaths: ['/project/chart'],
        ignores: [],
      },
    }),
  ]);
  const text = planText(plan);
  assert.match(text, / deployed by {2}make deploy\n/);
  assert.match(text, / build {8}buildah bud \(in web\) with TOKEN=\(hidden, sha256:f52fbd32b2b3b86f\)\n/);
  assert.match(text, / live update {2}src to \/app\/src, then npm ci, then restart\n/);
  const [first] = plan.resources;
  assert.ok(first?.kind === 'kubernetes');
  assert.deepEqual(first.customDeploy?.watches, ['chart']);
  assert.deepEqual(plan.images[0]?.build.kind === 'command' && plan.images[0].build.outputsImageRefTo, 'ref.txt');
  assert.deepEqual(plan.images[1]?.liveUpdate?.runs, [{ argv: ['npm', 'ci'], triggers: ['package-lock.json'] }]);
});
