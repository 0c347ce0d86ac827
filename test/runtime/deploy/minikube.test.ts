import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { findMinikubeEngine, type MinikubeEngine } from '../../../runtime/deploy/minikube.ts';

/** Asks a program that stands in for minikube. */
async function askStandIn(t: TestContext, script: string): Promise<MinikubeEngine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'minikube-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const program = path.join(folder, 'minikube');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return findMinikubeEngine('dev', { PATH: `${folder}:${process.env.PATH}` }, AbortSignal.timeout(20_000));
}

test('minikube says where its engine is', async (t) => {
  const script = `
test "$*" = "-p dev docker-env --shell sh" || exit 9
echo 'export DOCKER_TLS_VERIFY="1"'
echo 'export DOCKER_HOST="tcp://192.168.49.2:2376"'
echo 'export DOCKER_CERT_PATH="/home/me/.minikube/certs"'
echo '# To point your shell to minikube'"'"'s docker-daemon, run:'`;
  assert.deepEqual(await askStandIn(t, script), {
    kind: 'found',
    environment: {
      DOCKER_TLS_VERIFY: '1',
      DOCKER_HOST: 'tcp://192.168.49.2:2376',
      DOCKER_CERT_PATH: '/home/me/.minikube/certs',
    },
  });
});

test('a minikube that lets nobody build there, and one that does not run', async (t) => {
  const conflict = await askStandIn(t, 'echo "X Exiting due to ENV_MULTINODE_CONFLICT: …" >&2; exit 14');
  assert.deepEqual(conflict, { kind: 'unsupported' });
  const stopped = await askStandIn(t, 'echo "X the control plane is not running" >&2; exit 85');
  assert.ok(stopped.kind === 'failed');
  assert.match(stopped.message, /Did you forget to run "minikube start"\?\nX the control plane is not running$/);
});

test('no minikube at all', async () => {
  const found = await findMinikubeEngine('dev', { PATH: '/nowhere' }, AbortSignal.timeout(20_000));
  assert.ok(found.kind === 'failed');
  assert.match(found.message, /^Cannot run "minikube": /);
});
