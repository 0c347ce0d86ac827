import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import {
  configMap,
  deployment,
  down,
  job,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
  toyDefinition,
} from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const names = async (kinds: string, namespace: string) =>
  (await kubectl('get', kinds, '-n', namespace, '-o', 'name')).split('\n').filter((name) => name !== '');

describe('what changes in the cluster', { skip: skipWithout('docker', 'cluster', 'busybox'), concurrency: 3 }, () => {
  before(pushImage);

  test('up takes away what was renamed, what moved to another namespace, and what left', async (t) => {
    const other = `tilt-ts-ci-${randomUUID().slice(0, 8)}`;
    await kubectl('create', 'namespace', other);
    t.after(() => kubectl('delete', 'namespace', other, '--wait=false'));
    const project = await makeClusterProject(t, ['renamed', 'moves', 'stays', 'leaves'].map(configMap));
    const program = startProgram(t, ['up', '--namespace', project.namespace], { cwd: project.cwd });
    await program.waitFor(/Objects applied to cluster:[\s\S]*leaves:configmap/);
    const moved = { ...configMap('moves'), metadata: { name: 'moves', namespace: other } };
    const now = [configMap('new-name'), moved, configMap('stays')];
    writeFileSync(path.join(project.cwd, 'objects.yaml'), now.map((object) => JSON.stringify(object)).join('\n---\n'));
    await program.waitFor(/Beginning garbage collecting Kubernetes objects[\s\S]*→ ConfigMap\/leaves/);
    const mine = async () =>
      (await names('configmaps', project.namespace)).filter((name) => !name.includes('kube-root'));
    await pollUntil(async () => (await mine()).length === 2, 20_000, 'two ConfigMaps in the namespace');
    assert.deepEqual((await mine()).sort(), ['configmap/new-name', 'configmap/stays']);
    assert.ok((await names('configmaps', other)).includes('configmap/moves'));
    program.signal('SIGINT');
    assert.equal(await program.exit, 130, program.output());
  });

  test('two programs at once on one Tiltfile: both succeed, also where a Job has to be made anew', async (t) => {
    const objects = (text: string) => [
      deployment('web', podSpec(`echo ${text}; ${SERVE}`)),
      job('migrate', podSpec(`echo ${text}`), 0),
      configMap('settings'),
    ];
    const project = await makeClusterProject(t, objects('one'));
    const run = () => runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    const first = await run();
    assert.equal(first.code, 0, first.stderr + first.stdout);
    const changed = objects('two')
      .map((object) => JSON.stringify(object))
      .join('\n---\n');
    writeFileSync(path.join(project.cwd, 'objects.yaml'), changed);
    const both = await Promise.all([run(), run()]);
    for (const { code, stdout, stderr } of both) assert.equal(code, 0, stderr + stdout);
    const log = await kubectl('logs', 'job/migrate', '-n', project.namespace);
    assert.equal(log, 'two\n');
    await down(t, project);
  });
});

describe('charts and kustomizations', { skip: skipWithout('cluster', 'helm', 'kustomize') }, () => {
  test('ci brings them up, with their custom kinds and generated names; down takes them away', async (t) => {
    const group = `chart-${randomUUID().slice(0, 8)}.tilt-ts.dev`;
    const crd = toyDefinition(group);
    const web = deployment('web', podSpec(SERVE), { replicas: 0 });
    const project = await makeClusterProject(t, [], '', {
      'Tiltfile.js': "k8s_yaml(helm('chart', { name: 'shop', set: ['size=3'] })); k8s_yaml(kustomize('kustom'));",
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
      'chart/values.yaml': 'size: 1\n',
      'chart/crds/toy.yaml': JSON.stringify(crd),
      'chart/templates/web.yaml': JSON.stringify(web),
      'chart/templates/toy.yaml': `apiVersion: ${group}/v1\nkind: Toy\nmetadata:\n  name: {{ .Release.Name }}-bear\nspec:\n  size: {{ .Values.size }}\n`,
      'kustom/kustomization.yaml':
        'namePrefix: k-\nresources: [map.yaml]\nconfigMapGenerator:\n  - name: made\n    literals: [a=b]\n',
      'kustom/map.yaml': JSON.stringify(configMap('plain')),
    });
    t.after(() => kubectl('delete', 'crd', `toys.${group}`, '--ignore-not-found', '--wait=false'));
    const run = await runProgram(t, ['ci', '--namespace', project.namespace], { cwd: project.cwd });
    assert.equal(run.code, 0, run.stderr + run.stdout);
    const toy = await kubectl(
      'get',
      `toys.${group}`,
      'shop-bear',
      '-n',
      project.namespace,
      '-o',
      'jsonpath={.spec.size}',
    );
    assert.equal(toy, '3');
    const maps = await names('configmaps', project.namespace);
    assert.ok(maps.includes('configmap/k-plain'), maps.join());
    assert.ok(
      maps.some((name) => /^configmap\/k-made-\w{10}$/.test(name)),
      maps.join(),
    );
    await down(t, project);
    assert.equal(await kubectl('get', 'crd', `toys.${group}`, '--ignore-not-found', '-o', 'name'), '');
  });
});
