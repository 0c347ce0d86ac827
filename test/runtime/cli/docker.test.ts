import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

// The program that is called "docker" is the test's.
const DOCKER = '#!/bin/sh\necho "DOCKER_HOST=$DOCKER_HOST"; for word; do echo "<$word>"; done; exit 7\n';

test('docker gets its words and its environment as they are, and its exit code counts', async (t) => {
  const cwd = makeProject(t, { 'bin/docker': DOCKER });
  chmodSync(path.join(cwd, 'bin/docker'), 0o755);
  const env = {
    PATH: `${path.join(cwd, 'bin')}:${process.env.PATH}`,
    DOCKER_HOST: 'tcp://engine.test:2375',
    KUBECONFIG: path.join(cwd, 'none'),
  };
  const run = await runProgram(t, ['docker', '--', 'build', '-t', 'a b', '.'], { cwd, env });
  assert.equal(run.stdout, 'DOCKER_HOST=tcp://engine.test:2375\n<build>\n<-t>\n<a b>\n<.>\n');
  assert.match(
    run.stderr,
    /^Running Docker command as:\nDOCKER_HOST=tcp:\/\/engine\.test:2375 docker build -t a b \.\n---\n/,
  );
  assert.equal(run.code, 7);
  const missing = await runProgram(t, ['docker', 'ps'], { cwd, env: { ...env, PATH: path.join(cwd, 'none') } });
  assert.match(missing.stderr, /Error: Cannot run docker: /);
  assert.equal(missing.code, 1);
});
