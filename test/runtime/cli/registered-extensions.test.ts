import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

// Extensions that nobody imports: Tiltfiles of their own.

const REPO = "v1alpha1.extension_repo(name='default', url='file://' + config.main_dir + '/exts')\n";
const FILES = {
  'exts/watcher/Tiltfile': `
config.define_string_list('names')
cfg = config.parse()
print('watches: %s in %s' % (','.join(cfg.get('names', [])), config.main_dir == os.getcwd()))
local_resource('watcher', 'cat words.txt')
`,
  'exts/watcher/words.txt': 'words of the extension',
  'exts/broken/Tiltfile': "\nfail('no good')\n",
  'exts/clash/Tiltfile.js': "local_resource('own', 'true');",
  'exts/more/Tiltfile.js': "local_resource('more', 'echo much more');",
};

function register(name: string, more = ''): string {
  return `v1alpha1.extension(name='${name}', repo_name='default', repo_path='${name}'${more})\n`;
}

test('it is evaluated with its arguments, in its folder, and what it declares runs', async (t) => {
  const tiltfile = `${REPO}${register('watcher', ", args=['--names=a', '--names=b']")}local_resource('own', 'true')\n`;
  const cwd = makeProject(t, { ...FILES, Tiltfile: tiltfile });
  const run = await runProgram(t, ['ci', '--', 'own'], { cwd });
  assert.equal(run.code, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /Loading extension "watcher" at: .*\/exts\/watcher\/Tiltfile\nwatches: a,b in True\n/);
  assert.match(run.stdout, /watcher │ words of the extension\n/);
  const list = await runProgram(t, ['ext', 'list'], { cwd });
  assert.match(list.stdout, /^watcher +file:\/\/.*\/exts/m);
  const plan = JSON.parse((await runProgram(t, ['plan', '--json'], { cwd })).stdout);
  assert.deepEqual(
    plan.resources.map(({ name }: { name: string }) => name),
    ['own', 'watcher'],
  );
});

test('what is wrong in it names the extension and the place', async (t) => {
  const own = "local_resource('own', 'true')\n";
  const cwd = makeProject(t, { ...FILES, Tiltfile: REPO + register('broken'), 'b/Tiltfile': '' });
  const broken = await runProgram(t, ['ci'], { cwd });
  assert.equal(broken.code, 5);
  assert.match(broken.stderr, /The extension "broken": .*no good[\s\S]*exts\/broken\/Tiltfile:2:/);
  writeFileSync(path.join(cwd, 'Tiltfile'), REPO + register('clash') + own);
  const clash = await runProgram(t, ['ci'], { cwd });
  assert.equal(clash.code, 5);
  assert.match(
    clash.stderr,
    /The extension "clash" declares a resource "own", and so does the Tiltfile[\s\S]*exts\/clash\/Tiltfile\.js:1:1/,
  );
});

async function session(t: TestContext) {
  const cwd = makeProject(t, { ...FILES, Tiltfile: `${REPO}${register('watcher')}local_resource('own', 'true')\n` });
  const program = startProgram(t, ['up', '--port', '0', '--stream'], { cwd });
  const [, port = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  await program.waitFor(/Successfully loaded Tiltfile/);
  const tilt = (...args: readonly string[]) => runProgram(t, args, { cwd, env: { TILT_PORT: port } });
  const names = async () => (await tilt('get', 'uiresources', '-o', 'name')).stdout.trim().split('\n').sort();
  return { cwd, program, tilt, names };
}

test('while a session runs, extensions are added and taken away, and follow their files', async (t) => {
  const { cwd, program, tilt, names } = await session(t);
  const repo = await tilt('create', 'repo', 'mine', `file://${cwd}/exts`);
  assert.equal(repo.stdout, 'extensionrepo.tilt.dev/mine created\n', repo.stderr);
  const extension = await tilt('create', 'ext', 'extra', '--repo', 'mine', '--path', 'more');
  assert.equal(extension.stdout, 'extension.tilt.dev/extra created\n', extension.stderr);
  await program.waitFor(
    /Extensions Changed\nLoading Tiltfile[\s\S]*Loading extension "extra"[\s\S]*more │ much more\n/,
  );
  assert.ok((await names()).includes('uiresource.tilt.dev/more'));

  writeFileSync(path.join(cwd, 'exts/more/Tiltfile.js'), "local_resource('changed', 'echo in another way');");
  await program.waitFor(/changed │ in another way/);
  assert.equal((await tilt('delete', 'ext', 'extra')).stdout, 'extension.tilt.dev "extra" deleted\n');
  await pollUntil(async () => !(await names()).includes('uiresource.tilt.dev/changed'));
  assert.deepEqual(
    await names(),
    ['(Tiltfile)', 'own', 'watcher'].map((name) => `uiresource.tilt.dev/${name}`),
  );
});

test('what cannot be added is told, and the session goes on', async (t) => {
  const { program, tilt, names } = await session(t);
  assert.equal((await tilt('create', 'ext', 'lost', '--repo', 'nowhere')).code, 0);
  await program.waitFor(/ERROR: extension lost: extension repo not found: nowhere\n[\s\S]*Successfully loaded/);
  const url = await tilt('create', 'repo', 'odd', 'ftp://x');
  assert.deepEqual([url.code, /URLs must start with http\(s\):\/\/ or file:\/\//.test(url.stderr)], [1, true]);
  const rel = await tilt('create', 'repo', 'odd', 'file://x');
  assert.match(rel.stderr, /file:\/\/ URLs must be absolute/);
  await tilt('create', 'ext', 'broken');
  await program.waitFor(/The extension "broken": .*no good[\s\S]*What runs stays as it was/);
  assert.ok((await names()).includes('uiresource.tilt.dev/watcher'));
});
