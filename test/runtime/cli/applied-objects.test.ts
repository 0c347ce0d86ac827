import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import {
  ci,
  configMap,
  deployment,
  type Fields,
  job,
  kubectl,
  makeClusterProject,
  type Project,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { skipWithout } from '../../support/testbed.ts';

async function passes(t: TestContext, project: Project): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await ci(t, project);
  assert.equal(run.code, 0, run.stderr + run.stdout);
  return run;
}

function declare({ cwd }: Project, object: Fields): void {
  writeFileSync(path.join(cwd, 'objects.yaml'), JSON.stringify(object));
}

const uid = (kind: string, name: string, { namespace }: Project): Promise<string> =>
  kubectl('get', kind, name, '-n', namespace, '-o', 'jsonpath={.metadata.uid}');

describe('ci and objects that are there already, or are written wrong', {
  skip: skipWithout('docker', 'cluster', 'busybox'),
  concurrency: 4,
}, () => {
  before(pushImage);

  test('a Job that is done and did not change does not run again', async (t) => {
    const project = await makeClusterProject(t, [job('migrate', podSpec('echo migrated'), 0)]);
    assert.match((await passes(t, project)).stdout, /migrate │ migrated/);
    const first = await uid('job', 'migrate', project);
    await passes(t, project);
    assert.equal(await uid('job', 'migrate', project), first);
  });

  test('a Job whose template changed is made anew and awaited; the message is short', async (t) => {
    const project = await makeClusterProject(t, [job('migrate', podSpec('echo one'), 0)]);
    await passes(t, project);
    const first = await uid('job', 'migrate', project);
    declare(project, job('migrate', podSpec('sleep 1; echo two'), 0));
    const { stdout, stderr } = await passes(t, project);
    assert.notEqual(await uid('job', 'migrate', project), first);
    assert.match(stdout, /Updating "migrate" failed: .*field is immutable[\s\S]*Attempting to delete and re-create/);
    assert.match(stdout, /migrate │ two/);
    const longest = Math.max(...(stdout + stderr).split('\n').map(({ length }) => length));
    assert.ok(longest < 300, `a line has ${longest} characters:\n${stdout}`);
  });

  test('a Deployment whose immutable field changed is made anew, and its new pods are awaited', async (t) => {
    const project = await makeClusterProject(t, [deployment('web', podSpec(SERVE))]);
    await passes(t, project);
    const first = await uid('deployment', 'web', project);
    const text = JSON.stringify(deployment('web', podSpec(SERVE))).replaceAll('"app":"web"', '"app":"other"');
    declare(project, JSON.parse(text));
    const { stdout } = await passes(t, project);
    assert.notEqual(await uid('deployment', 'web', project), first);
    assert.match(stdout, /Updating "web" failed: .*field is immutable[\s\S]*Updating "web" succeeded!/);
    const ready = ['-n', project.namespace, '-o', 'jsonpath={.status.readyReplicas}'];
    assert.equal(await kubectl('get', 'deployment', 'web', ...ready), '1');
  });

  test('a field of a wrong type is named with its place before anything is applied', async (t) => {
    const wrong = deployment('web', podSpec(SERVE), { replicas: 'many' });
    const project = await makeClusterProject(t, [configMap('settings'), wrong]);
    const run = await ci(t, project);
    assert.equal(run.code, 5, run.stderr + run.stdout);
    assert.match(run.stderr, /Deployment "web"[\s\S]*replicas[\s\S]*Tiltfile\.js:1:1/);
    const applied = await kubectl('get', 'configmaps', '-n', project.namespace, '-o', 'name');
    assert.doesNotMatch(applied, /settings/);
  });

  test('a misspelt field is warned of', async (t) => {
    const misspelt = deployment('web', podSpec(SERVE), { replica: 3 });
    const project = await makeClusterProject(t, [misspelt]);
    const { stdout } = await passes(t, project);
    assert.match(stdout, /Deployment "web" has a field that its kind does not know, "spec\.replica"/);
  });
});
