import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ApiProxy, writeKubeconfig } from '../../support/api-proxy.ts';
import { makeProject } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';
import { LiveProject, web } from './live-project.ts';

const skip = skipWithout('docker', 'cluster', 'busybox');
const SCRATCH = 'FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /bin/sleep\nCOPY www /www\n';

test('where the engine runs the containers of pods, files need no tar in the image', { skip }, async (t) => {
  // The cluster says of its pods that this container is theirs.
  const id = await docker('run', '-d', '--rm', '--user', '1000:50', 'busybox', 'sleep', '1000');
  t.after(() => docker('rm', '-f', id));
  const rewrite = (line: string) => line.replaceAll(/containerd:\/\/\w{64}/g, `docker://${id}`);
  const proxy = await ApiProxy.start(t, { rewrite });
  const config = path.join(makeProject(t, {}), 'kubeconfig');
  const KUBECONFIG = writeKubeconfig(config, [{ name: 'kind-kind', server: proxy.url }]);
  const project = await LiveProject.create(
    t,
    "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www')] });",
    { Dockerfile: SCRATCH },
    (image) => [web(image, { command: ['/bin/sleep', '1000'] })],
  );
  const program = await project.up(1, { KUBECONFIG });
  const [pod] = await project.pods();
  writeFileSync(project.file('www/new.html'), 'two');
  chmodSync(project.file('www/new.html'), 0o640);
  await program.waitFor(/ {2}→ Container web-\S+\/main updated!/);
  assert.equal(await docker('exec', id, 'cat', '/www/new.html'), 'two');
  assert.equal(await docker('exec', id, 'stat', '-c', '%a %u:%g', '/www/new.html'), '640 1000:50');
  assert.deepEqual(await project.pods(), [pod]);
  assert.doesNotMatch(program.output(), /Building the whole image instead/);
});

async function docker(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('docker', args)).stdout.trim();
}
