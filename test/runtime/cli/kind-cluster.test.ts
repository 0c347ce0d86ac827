import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeKindProject } from '../../support/kind-project.ts';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('docker', 'busybox', 'cluster', 'kind');

test('ci in a cluster of kind that is there: its registry is found, commands reach it, and it stays', {
  skip,
}, async (t) => {
  const { cwd } = makeKindProject(t);
  const state = makeProject(t, {});
  const namespace = `tilt-ts-kind-${randomUUID().slice(0, 8)}`;
  execFileSync('kubectl', ['create', 'namespace', namespace], { stdio: 'ignore' });
  t.after(() => execFileSync('kubectl', ['delete', 'namespace', namespace, '--wait=false'], { stdio: 'ignore' }));
  // Only the cluster's own kubeconfig leads to it.
  const env = { TILT_TS_STATE: state, KUBECONFIG: path.join(cwd, 'nothing') };
  const run = await runProgram(t, ['ci', '--cluster', 'kind:kind', '--namespace', namespace, '--teardown'], {
    cwd,
    env,
  });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /Using the cluster kind:kind/);
  assert.match(run.stdout, /web │ hello from a cluster/);
  assert.match(run.stdout, /check │ deployment\.apps\/web/);
  assert.match(execFileSync('kind', ['get', 'clusters'], { encoding: 'utf8' }), /^kind$/m);
  assert.deepEqual(readdirSync(path.join(state, 'clusters')), []);
});
