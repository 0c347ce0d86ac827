import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { EngineProxy, jsonAnswer } from '../../support/engine-proxy.ts';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('docker', 'busybox');

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

test('docker-prune removes old builds of the Tiltfile’s images, as its settings say', { skip }, async (t) => {
  const name = `tilt-ts-test/prune-${process.pid}`;
  const cwd = makeProject(t, {
    'Tiltfile.js': `docker_prune_settings({ max_age_mins: 30, keep_recent: 1 }); docker_build('${name}', '.');
      docker_compose(blob(encode_yaml({ services: { c: { image: '${name}' } } }).toString()));`,
    Dockerfile: 'FROM busybox\n',
    'none/Tiltfile.js': '',
  });
  const tags = ['1', '2', '3'].map((tag) => `${name}:${tag}`);
  for (const tag of tags) docker('tag', 'busybox', tag);
  const left = () => docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', name).trim().split('\n').sort();
  t.after(() => docker('image', 'rm', ...left()));
  // The engine says itself when an image was tagged; and what others have in it is no business of a test.
  const ages = [60, 40, 10];
  const proxy = await EngineProxy.start(t, cwd, (line) => {
    if (/POST \S*\/(containers|build)\/prune/.test(line)) return jsonAnswer(200, '{}');
    if (/GET \S*\/images\/json/.test(line)) return jsonAnswer(200, JSON.stringify(tags.map((Id) => ({ Id }))));
    const [, tag] = /GET \S*\/images\/(\S*:\d)\/json/.exec(line) ?? [];
    if (tag === undefined) return undefined;
    const minutes = ages[tags.indexOf(tag)] ?? 0;
    const LastTagTime = new Date(Date.now() - minutes * 60_000).toISOString();
    return jsonAnswer(200, JSON.stringify({ Id: tag, RepoTags: [tag], Metadata: { LastTagTime }, Size: 1_000_000 }));
  });
  const prune = (...args: readonly string[]) =>
    runProgram(t, ['docker-prune', ...args], { cwd, env: { DOCKER_HOST: `unix://${proxy.socket}` } });
  const first = await prune();
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^\[Docker Prune\] removed 2 images, reclaimed 2.*MB\n$/);
  assert.deepEqual(left(), [`${name}:3`]);
  tags.splice(0, 2);
  ages.splice(0, 2);
  const again = await prune();
  assert.match(again.stdout, /^Nothing to remove: no build of tilt-ts-test\/prune-\d+ is older than 0\.5 h/);
  assert.match((await prune('-f', 'none/Tiltfile.js')).stdout, /^Nothing to remove: the Tiltfile builds no images\./);
  await proxy.down();
  const unreachable = await prune();
  assert.deepEqual([unreachable.code, /^Error: .*Docker/m.test(unreachable.stderr)], [4, true], unreachable.stderr);
});

test('dump image-deploy-ref names an image by its content', { skip }, async (t) => {
  const cwd = makeProject(t, {});
  const dump = (ref: string) => runProgram(t, ['dump', 'image-deploy-ref', ref], { cwd });
  const id = docker('image', 'inspect', '-f', '{{.Id}}', 'busybox').trim();
  assert.equal((await dump('busybox')).stdout, `busybox:tilt-${id.slice('sha256:'.length, 'sha256:'.length + 16)}\n`);
  const missing = await dump('tilt-ts-test/nowhere:1');
  assert.deepEqual(
    [missing.code, missing.stderr.split('.')[0]],
    [1, 'Error: There is no image "tilt-ts-test/nowhere:1" in Docker'],
  );
  assert.equal((await dump('UPPER')).code, 2);
});
