import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isRestartingEntrypoint, RESTART_COMMAND } from '../../../stdlib/model/restart-process.ts';
import { resultsOf } from './result-of.ts';

const runner = resultsOf();
after(() => runner.dispose());

const POD = `k8s_yaml({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'shop/web' }] } });\n`;
const build = (option: string, more = '') =>
  `${POD}docker_build('shop/web', '.', { dockerfile_contents: 'FROM x AS one\\nFROM y', live_update: [sync('src', '/src'), run('make')]${more}, restart_process: ${option} });`;

async function imageOf(script: string) {
  const [resource] = (await runner.graphOf(script)).resources;
  assert.ok(resource?.kind === 'kubernetes' && resource.images[0]?.build.kind === 'docker');
  return { ...resource.images[0], build: resource.images[0].build };
}

test('the process is wrapped in the object and in the image, and restarted after all other steps', async () => {
  const {
    entrypoint,
    build: built,
    liveUpdate,
  } = await imageOf(build("{ entrypoint: ['/app', '--port', '80'], trigger: 'src/a' }"));
  assert.ok(isRestartingEntrypoint(entrypoint));
  assert.deepEqual(entrypoint.slice(-4), ['restart', '/app', '--port', '80']);
  assert.equal(built.dockerfile, `FROM x AS one\nFROM y\nENTRYPOINT ${JSON.stringify(entrypoint)}\nCMD []\n`);
  assert.deepEqual(
    liveUpdate?.runs.map(({ argv, triggers }) => [argv.at(-1), triggers]),
    [
      ['make', []],
      [RESTART_COMMAND.at(-1), ['src/a']],
    ],
  );
});

test('a line is for the shell; a target stays the one that is built', async () => {
  const image = await imageOf(build("{ entrypoint: 'exec /app', exit_policy: 'continue' }", ", target: 'one'"));
  assert.deepEqual(image.entrypoint.slice(-4), ['continue', 'sh', '-c', 'exec /app']);
  assert.match(image.build.dockerfile, /\nFROM one AS restart-process\nENTRYPOINT /);
  assert.equal(image.build.target, 'restart-process');
});

for (const [option, more, message] of [
  ["'/app'", '', /restart_process: got string, want an object with "entrypoint"/],
  ['{}', '', /restart_process requires an "entrypoint"/],
  ["{ entrypoint: 'a', triger: 'x' }", '', /unknown key "triger" \(did you mean trigger\?\)/],
  ["{ entrypoint: 'a', exit_policy: 'stop' }", '', /exit_policy: got "?stop"?, want "restart" or "continue"/],
  ["{ entrypoint: 'a' }", ", entrypoint: 'b'", /give the entrypoint in restart_process, and not as well in entrypoint/],
] as const) {
  test(`refused: ${option}${more}`, async () => {
    assert.match(await runner.refusalOf(build(option, more)), message);
  });
}

test('it needs a live update, and not one that restarts the container', async () => {
  const image = (steps: string) =>
    `${POD}docker_build('shop/web', '.', { dockerfile_contents: 'FROM y', ${steps}restart_process: { entrypoint: 'a' } });`;
  assert.match(await runner.refusalOf(image('')), /requires at least one live_update step/);
  const restarts = "live_update: [sync('src', '/src'), restart_container()], ";
  assert.match(await runner.refusalOf(image(restarts)), /not compatible with the step restart_container\(\)/);
});
