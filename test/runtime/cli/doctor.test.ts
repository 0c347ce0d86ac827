import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

test('doctor tells what is there', { skip: skipWithout('docker', 'compose', 'cluster') }, async (t) => {
  const run = await runProgram(t, ['doctor'], { cwd: makeProject(t, {}) });
  assert.equal(run.code, 0);
  assert.match(run.stdout, /^tilt-ts .*\nSystem: \w+-\w+, (Node|Deno) \d/);
  assert.match(run.stdout, /\nDocker\n- Host: .*\n- Server Version: \d.*\n- API Version: 1\.\d+\n/);
  assert.match(run.stdout, /\nKubernetes\n- Env: \w+\n- Context: \S+\n/);
  assert.match(run.stdout, /- Version: v1\.\d+.*\n- Platform: linux\/\w+\n- Images go: /);
});

test('doctor tells what is missing, and that is no failure', async (t) => {
  const cwd = makeProject(t, {});
  const env = { DOCKER_HOST: 'unix:///nowhere.sock', KUBECONFIG: `${cwd}/none` };
  const run = await runProgram(t, ['doctor'], { cwd, env });
  assert.equal(run.code, 0);
  assert.match(run.stdout, /- Server Version: Error: Cannot reach the Docker engine at "unix:\/\/\/nowhere\.sock"/);
  assert.match(run.stdout, /\nKubernetes\n- Context: Error: No Kubernetes configuration was found/);
});
