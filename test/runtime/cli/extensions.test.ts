import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type GitRemote, gitRemote } from '../../support/git-remote.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

// Extensions from git repositories, as someone uses them who runs the program.

const skip = skipWithout('git');

const GREETER = `
  import { prefix } from './lib/prefix.ts';
  export function greet(name: string): void {
    local_resource(prefix + name, 'true');
  }
  export const text = read_file('data.txt').trim();
`;

const TILTFILE = `
v1alpha1.extension_repo('team', { url: 'https://git.test/extensions', load_host: 'team' });
const { greet, text } = load_dynamic('ext://team/greeter');
greet('web');
print('text: ' + text);
`;

interface Workplace {
  readonly remote: GitRemote;
  readonly cwd: string;
  run(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  /** The text of the lock file, if there is one. */
  lock(): string | undefined;
  /** What lies in the cache for the repository. */
  cached(): readonly string[];
}

/** A project whose Tiltfile imports an extension of a repository. */
function workplace(t: TestContext, tiltfile = TILTFILE): Workplace {
  const remote = gitRemote(t, {
    'greeter/Tiltfile.ts': GREETER,
    'greeter/lib/prefix.ts': "export const prefix: string = 'greet-';",
    'greeter/data.txt': 'first',
  });
  const cwd = makeProject(t, { 'Tiltfile.js': tiltfile });
  const lockFile = path.join(cwd, 'tilt.lock');
  const folder = path.join(remote.cache, 'tilt_modules', 'git.test+extensions');
  return {
    remote,
    cwd,
    run: (...args) => runProgram(t, args, { cwd, env: remote.environment }),
    lock: () => (existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : undefined),
    cached: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
  };
}

const RESULT = ['alpha', 'tiltfile-result'] as const;

test('the first run fetches and pins, later ones take what is pinned without asking anybody', { skip }, async (t) => {
  const { remote, run, lock } = workplace(t);
  const first = await run(...RESULT);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /Fetching extensions from https:\/\/git\.test\/extensions\ntext: first\n/);
  const result = JSON.parse(first.stdout);
  assert.deepEqual(result.EnabledManifests, ['greet-web']);
  const commit = remote.git('rev-parse', 'HEAD');
  const text = lock() ?? '';
  assert.deepEqual(JSON.parse(text), { version: 1, repositories: [{ url: remote.url, commit }] });
  const files: string[] = result.ConfigFiles.map((file: string) => path.relative(remote.cache, file));
  assert.ok(files.includes(path.join('tilt_modules/git.test+extensions', commit, 'greeter/data.txt')), files.join());

  remote.commit({ 'greeter/data.txt': 'second' });
  remote.disappear();
  const second = await run(...RESULT, '--frozen-lock');
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /text: first/);
  assert.doesNotMatch(second.stderr, /Fetching|WARN/);
  assert.equal(lock(), text);
});

test('on another machine the pinned commit is fetched, also when the branch went on', { skip }, async (t) => {
  const { remote, run, lock } = workplace(t);
  await run(...RESULT);
  const text = lock();
  remote.commit({ 'greeter/data.txt': 'second' });
  rmSync(remote.cache, { recursive: true });
  const { code, stderr } = await run(...RESULT, '--frozen-lock');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Fetching extensions from .*, commit [0-9a-f]{12}\ntext: first/);
  assert.equal(lock(), text);
});

test('ext update renews the pin, ext list shows it', { skip }, async (t) => {
  const { remote, run, lock } = workplace(t);
  await run(...RESULT);
  const old = remote.git('rev-parse', '--short=12', 'HEAD');
  assert.match((await run('ext', 'update', 'team/greeter')).stdout, new RegExp(`: ${old}, up to date\n$`));
  const fresh = remote.commit({ 'greeter/data.txt': 'second' });
  const updated = await run('ext', 'update');
  assert.equal(updated.stdout, `https://git.test/extensions: ${old} → ${fresh.slice(0, 12)}\n`);
  assert.match(updated.stderr, /text: second/);
  assert.ok(lock()?.includes(fresh));
  const list = await run('ext', 'list');
  assert.match(list.stdout, new RegExp(`^team/greeter +https://git\\.test/extensions +${fresh.slice(0, 12)}$`, 'm'));
  const json = JSON.parse((await run('ext', 'list', '--json')).stdout);
  assert.equal(json.extensions[0].commit, fresh);
  assert.equal(json.extensions[0].state, 'pinned');
});

test('ext update forgets what is not used, and refuses names that nobody has', { skip }, async (t) => {
  const { cwd, run, lock } = workplace(t);
  await run(...RESULT);
  const wrong = await run('ext', 'update', 'greter');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /called "greter"\. There are: "team\/greeter", "team_greeter", "team"\./);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), '');
  assert.match((await run('ext', 'list')).stdout, /imports no extensions\.\ntilt\.lock also pins https:\/\/git\.test/);
  assert.match((await run('ext', 'update')).stdout, /^https:\/\/git\.test\/extensions: no longer used/);
  assert.deepEqual(JSON.parse(lock() ?? ''), { version: 1, repositories: [] });
});

test('an update with which the Tiltfile fails is taken back', { skip }, async (t) => {
  const { remote, run, lock } = workplace(t);
  await run(...RESULT);
  const text = lock();
  remote.commit({ 'greeter/Tiltfile.ts': "fail('the new version is broken');" });
  const { code, stderr } = await run('ext', 'update');
  assert.equal(code, 5);
  assert.match(stderr, /the new version is broken.*tilt\.lock stays as it was\.\n$/s);
  assert.equal(lock(), text);
});

test('offline and not pinned: what was fetched last is taken, and it says so', { skip }, async (t) => {
  const { remote, cwd, run, lock } = workplace(t);
  await run(...RESULT);
  rmSync(path.join(cwd, 'tilt.lock'));
  remote.disappear();
  const { code, stderr } = await run(...RESULT);
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /Cannot fetch https:\/\/git\.test\/extensions: fatal: .*\nUsing what was fetched before: commit [0-9a-f]{12}\ntext: first/s,
  );
  assert.equal(lock(), undefined);
});

test('offline and never fetched: git’s own words, and the place of the import', { skip }, async (t) => {
  const { remote, run, lock, cached } = workplace(t);
  remote.disappear();
  const { code, stderr } = await run(...RESULT);
  assert.equal(code, 5);
  assert.match(
    stderr,
    /loading extension repo team: cannot fetch https:\/\/git\.test\/extensions: fatal: .*(does not exist|not appear to be a git)/s,
  );
  assert.match(stderr, /Tiltfile\.js:3:25/);
  assert.equal(lock(), undefined);
  assert.deepEqual(cached(), []);
});

test('imports of the default repository, in TypeScript', { skip }, async (t) => {
  const { remote, cwd } = workplace(t);
  writeFileSync(path.join(cwd, 'Tiltfile.ts'), "import { greet } from 'ext://greeter';\ngreet('api' as string);\n");
  // What Tilt's own repository of extensions is for this test.
  const env = {
    ...remote.environment,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${remote.folder}.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://github.com/tilt-dev/tilt-extensions',
  };
  const found = await runProgram(t, [...RESULT], { cwd, env });
  assert.equal(found.code, 0, found.stderr);
  assert.deepEqual(JSON.parse(found.stdout).EnabledManifests, ['greet-api']);
  writeFileSync(path.join(cwd, 'Tiltfile.ts'), "\nimport { greet } from 'ext://greter';\n");
  const missing = await runProgram(t, [...RESULT], { cwd, env });
  assert.equal(missing.code, 5);
  assert.match(missing.stderr, /cannot load ext:\/\/greter: loading extension greter: no extension tiltfile found at/);
  assert.match(missing.stderr, /Tiltfile\.ts:2:23/);
});

test('refs, subfolders, and what is wrong with them', { skip }, async (t) => {
  const { remote, cwd, run, lock } = workplace(t);
  remote.git('tag', 'v1');
  remote.git('push', '--quiet', 'origin', 'v1');
  remote.commit({ 'tools/inner/Tiltfile.mjs': "print('inner');", 'greeter/data.txt': 'second' });
  const tiltfile = (text: string): void => writeFileSync(path.join(cwd, 'Tiltfile.js'), text);
  tiltfile(`
    v1alpha1.extension_repo('old', { url: '${remote.url}', ref: 'v1' });
    v1alpha1.extension_repo('new', { url: '${remote.url}', ref: 'main', git_subpath: 'tools' });
    v1alpha1.extension('greeter', { repo_name: 'old', repo_path: 'greeter' });
    v1alpha1.extension('inner', { repo_name: 'new', repo_path: 'inner' });
    print((await import('ext://greeter')).text);
    include('ext://inner');`);
  const { code, stderr } = await run(...RESULT);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\nfirst\n.*\ninner\n/s);
  assert.deepEqual(
    JSON.parse(lock() ?? '').repositories.map(({ ref }: { ref: string }) => ref),
    ['main', 'v1'],
  );
  tiltfile(`v1alpha1.extension_repo('team', { url: '${remote.url}', ref: 'v9', load_host: 'team' });
    load_dynamic('ext://team/greeter');`);
  assert.match(
    (await run(...RESULT)).stderr,
    /loading extension repo team: cannot fetch https:\/\/git\.test\/extensions \(v9\): it has no branch, tag or commit "v9"/,
  );
  tiltfile(`v1alpha1.extension_repo('team', { url: '${remote.url}', git_subpath: '..', load_host: 'team' });
    load_dynamic('ext://team/greeter');`);
  assert.match((await run(...RESULT)).stderr, /loading extension team_greeter: invalid repo path: greeter/);
});

test('a password in an address goes nowhere', { skip }, async (t) => {
  const { remote, cwd, run, lock } = workplace(t, TILTFILE.replace('//git.test', '//ann:s3cret@git.test'));
  const first = await run(...RESULT);
  assert.equal(first.code, 0, first.stderr);
  const folder = path.join(remote.cache, 'tilt_modules', 'git.test+extensions', remote.git('rev-parse', 'HEAD'));
  const kept =
    readFileSync(path.join(folder, '.git', 'config'), 'utf8') +
    readFileSync(path.join(folder, '.git', 'FETCH_HEAD'), 'utf8');
  const text = lock() ?? '';
  assert.match(text, /git\.test/);
  remote.disappear();
  rmSync(path.join(cwd, 'tilt.lock'));
  const stale = await run(...RESULT);
  assert.match(stale.stderr, /Using what was fetched before/);
  const { stdout } = await run('ext', 'list', '--json');
  assert.doesNotMatch(first.stderr + kept + text + stale.stderr + stdout, /s3cret/);
});

test('a lock file that cannot be used, or must not change', { skip }, async (t) => {
  const { cwd, run, lock } = workplace(t);
  const frozen = await run(...RESULT, '--frozen-lock');
  assert.equal(frozen.code, 5);
  assert.match(frozen.stderr, /tilt\.lock does not pin https:\/\/git\.test\/extensions, and --frozen-lock says/);
  assert.equal(lock(), undefined);
  writeFileSync(path.join(cwd, 'tilt.lock'), '<<<<<<< HEAD\n=======\n>>>>>>> x\n');
  const broken = await run(...RESULT);
  assert.equal(broken.code, 5);
  assert.match(broken.stderr, /cannot read ".*tilt\.lock": it has a merge conflict\. Mend it/);
  const gone = { version: 1, repositories: [{ url: 'https://git.test/extensions', commit: 'f'.repeat(40) }] };
  writeFileSync(path.join(cwd, 'tilt.lock'), JSON.stringify(gone));
  const missing = await run(...RESULT);
  assert.equal(missing.code, 5);
  assert.match(missing.stderr, /commit f{40}, which tilt\.lock pins: .*"tilt-ts ext update team" pins what is there/s);
  assert.equal((await run('ext', 'update', 'team')).code, 0);
});

test('up loads the Tiltfile again when the pin changes', { skip }, async (t) => {
  const { remote, cwd, run } = workplace(t);
  const up = startProgram(t, ['up'], { cwd, env: remote.environment });
  await up.waitFor(/text: first/);
  await up.waitFor(/greet-web/);
  remote.commit({ 'greeter/data.txt': 'second' });
  assert.equal((await run('ext', 'update')).code, 0);
  await up.waitFor(/text: second/);
  up.signal('SIGINT');
  assert.equal(await up.exit, 130);
});

test('programs that fetch at the same time do not disturb each other', { skip }, async (t) => {
  const { remote, run, cached } = workplace(t);
  const runs = await Promise.all(Array.from({ length: 4 }, () => run(...RESULT)));
  for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
  assert.deepEqual(cached(), [remote.git('rev-parse', 'HEAD'), 'refs'].sort());
});

test('a program that is killed or interrupted while it fetches leaves nothing that is in the way', {
  skip,
}, async (t) => {
  const { remote, cwd, run, lock, cached } = workplace(t);
  const folder = path.join(remote.cache, '..', 'bin');
  mkdirSync(folder, { recursive: true });
  const began = path.join(folder, 'began');
  // Begins to fetch, and never ends.
  const text = `#!/bin/sh\ncase "$*" in *fetch*) echo $$ > '${began}'; exec sleep 600;; esac\nPATH='${remote.environment.PATH}' exec git "$@"\n`;
  writeFileSync(path.join(folder, 'git'), text);
  chmodSync(path.join(folder, 'git'), 0o755);
  const env = { ...remote.environment, PATH: `${folder}:${remote.environment.PATH}` };
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const program = startProgram(t, [...RESULT], { cwd, env });
    await pollUntil(() => existsSync(began) && readFileSync(began, 'utf8').endsWith('\n'), 20_000, 'that git fetches');
    const pid = Number(readFileSync(began, 'utf8'));
    t.after(() => endProcess(pid));
    program.signal(signal);
    assert.equal(await program.exit, signal === 'SIGINT' ? 130 : 137);
    assert.equal(lock(), undefined);
    rmSync(began);
  }
  assert.deepEqual(
    cached().filter((name) => !name.startsWith('tmp-')),
    [],
  );
  const { code, stderr } = await run(...RESULT);
  assert.equal(code, 0, stderr);
});

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
