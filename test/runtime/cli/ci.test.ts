import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { assertNothingLeft } from '../../support/processes.ts';
import { MAIN, makeProject, runProgram, startProgram } from '../../support/program.ts';

/** Marks everything that a run starts, by its environment, so that what is left can be found. */
function marked(): { readonly env: Readonly<Record<string, string>>; readonly marker: string } {
  const id = randomUUID();
  return { env: { TILT_TS_TEST_RUN: id }, marker: `TILT_TS_TEST_RUN=${id}` };
}

const SERVER = `
import { createServer } from 'node:http';
createServer((q, r) => r.end('ok')).listen(0, '127.0.0.1', () => console.log('up'));
`;

test('commands run in order, servers start, and success is told with a table', async (t) => {
  const { env, marker } = marked();
  const cwd = makeProject(t, {
    'server.mjs': SERVER,
    'Tiltfile.js': `
      local_resource('check', 'echo checked', { resource_deps: ['server'] });
      local_resource('server', { serve_cmd: ['node', 'server.mjs'], resource_deps: ['build'] });
      local_resource('build', 'echo built');
    `,
  });
  const run = await runProgram(t, ['ci'], { cwd, env });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(run.stdout, /built[\s\S]*checked/);
  assert.match(run.stdout, /^Resource +State/m);
  assert.match(run.stdout, /^server +ready/m);
  assert.match(run.stdout, /^build +done/m);
  assert.match(run.stdout, /SUCCESS\. All workloads are healthy\./);
  assert.equal(run.stderr, '');
  await assertNothingLeft(marker);
});

test('names choose resources and what they depend on', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "for (const n of ['a', 'b', 'c']) local_resource(n, `echo ran-${n}`, { resource_deps: n === 'b' ? ['a'] : [] });",
  });
  const run = await runProgram(t, ['ci', 'b'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /ran-a[\s\S]*ran-b/);
  assert.doesNotMatch(run.stdout, /ran-c/);
  const unknown = await runProgram(t, ['ci', 'nosuch'], { cwd });
  assert.match(unknown.stderr, /could not be found: "nosuch"[\s\S]*"a", "b", "c"/);
  assert.equal(unknown.code, 5);
});

interface Fault {
  readonly title: string;
  readonly tiltfile: string;
  readonly args?: readonly string[];
  readonly code: number;
  readonly says: readonly RegExp[];
}

const FAULTS: readonly Fault[] = [
  {
    title: 'a command that exits with 3',
    tiltfile:
      "local_resource('db', 'echo before; exit 3');\nlocal_resource('api', 'echo started-api', { resource_deps: ['db'] });",
    code: 1,
    says: [/db.*exit(ed)? (status|with|code)? ?.*3/, /before/, /Tiltfile\.js:1:1/],
  },
  {
    title: 'a command that does not exist',
    tiltfile: "local_resource('db', ['no-such-program-anywhere', '--version']);",
    code: 1,
    says: [/no-such-program-anywhere/, /not found/],
  },
  {
    title: 'a folder that does not exist',
    tiltfile: "local_resource('db', 'make', { dir: 'nowhere' });",
    code: 1,
    says: [/nowhere/, /does not exist/],
  },
  {
    title: 'a server that ends with 4',
    tiltfile:
      "local_resource('api', { serve_cmd: 'echo no database >&2; exit 4', readiness_probe: probe({ tcp_socket: tcp_socket_action(1) }) });",
    code: 1,
    says: [/api/, /exit.*4/, /no database/],
  },
  {
    title: 'a server that ends with 0',
    tiltfile:
      "local_resource('api', { serve_cmd: 'true', readiness_probe: probe({ tcp_socket: tcp_socket_action(1) }) });",
    code: 1,
    says: [/api/, /exit.*0/],
  },
  {
    title: 'a run that passes its time limit',
    tiltfile: "local_resource('slow', 'sleep 100');\nlocal_resource('after', 'true', { resource_deps: ['slow'] });",
    args: ['--timeout', '1s'],
    code: 3,
    says: [/Timeout after 1s/, /slow/, /after/],
  },
  {
    title: 'a server that does not become ready in time',
    tiltfile:
      "ci_settings({ readiness_timeout: '1s' });\nlocal_resource('api', { serve_cmd: 'sleep 100', readiness_probe: probe({ exec: exec_action(['false']) }) });",
    code: 3,
    says: [/Readiness timeout after 1s/, /api/],
  },
  {
    title: 'a Tiltfile that passes the time limit of the run',
    tiltfile: "local('sleep 100');\nlocal_resource('after', 'true');",
    args: ['--timeout', '1s'],
    code: 3,
    says: [/Timeout after 1s: the Tiltfile is still loading/],
  },
  { title: 'no resources', tiltfile: '// nothing', code: 5, says: [/No resources found/] },
];

for (const fault of FAULTS) {
  test(`ci fails for ${fault.title}`, async (t) => {
    const { env, marker } = marked();
    const cwd = makeProject(t, { 'Tiltfile.js': fault.tiltfile });
    const run = await runProgram(t, ['ci', ...(fault.args ?? [])], { cwd, env });
    for (const pattern of fault.says) assert.match(run.stderr, pattern);
    assert.doesNotMatch(run.stdout, /SUCCESS|started-api/);
    assert.equal(run.code, fault.code, run.stderr);
    await assertNothingLeft(marker);
  });
}

test('a server whose port another process holds fails, although that one answers in its place', async (t) => {
  const holder = createServer();
  await new Promise<void>((resolve) => {
    holder.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => holder.close());
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('api', { serve_cmd: ['node', '-e', "setTimeout(() => require('net').createServer().listen(${port}, '127.0.0.1'), 300)"],
      readiness_probe: probe({ tcp_socket: tcp_socket_action(${port}) }) });`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 1, run.stderr);
  assert.match(run.stderr, new RegExp(`EADDRINUSE.*${port}`));
  assert.match(run.stdout, new RegExp(`Port ${port} is in use before the server starts`));
});

test('output without newline, binary output and carriage returns arrive in readable lines', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('bare', "printf 'no newline'");
      local_resource('binary', "printf 'a\\\\000b\\\\033[2Jc\\\\377d\\\\n'");
    `,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /bare │ no newline\n/);
  assert.match(run.stdout, /binary │ a.*b.*c.*d\n/);
  for (const character of ['\0', '\x1b']) assert.ok(!run.stdout.includes(character), JSON.stringify(character));
});

test('100 MB of output arrive whole', async (t) => {
  const lines = 1_000_000;
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('flood', "seq -f '%092.0f' 1 ${lines}");`,
  });
  const program = startProgram(t, ['ci'], { cwd });
  assert.equal(await program.exit, 0, program.stderr());
  let count = 0;
  for (const _ of program.stdout().matchAll(/flood │ 0+(\d+)\n/g)) count++;
  assert.equal(count, lines);
});

test('Ctrl-C stops everything, a server that ignores SIGTERM too, with code 130', async (t) => {
  const { env, marker } = marked();
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('stubborn', { serve_cmd: "trap '' TERM; (trap '' TERM; sleep 1000) & echo serving; wait" });
      local_resource('command', 'echo running; sleep 1000', { resource_deps: ['stubborn'] });
    `,
  });
  const program = startProgram(t, ['ci'], { cwd, env });
  await program.waitFor(/running\n/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
  await assertNothingLeft(marker);
});

test('a failure stops what runs', async (t) => {
  const { env, marker } = marked();
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('server', { serve_cmd: 'sleep 1000' });
      local_resource('slow', 'sleep 1000', { allow_parallel: true });
      local_resource('broken', 'exit 1', { allow_parallel: true, resource_deps: ['server'] });
    `,
  });
  const run = await runProgram(t, ['ci'], { cwd, env });
  assert.equal(run.code, 1);
  await assertNothingLeft(marker);
});

test('a failure is told once, at the end, with its place and its last lines', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('db', 'echo why; exit 3');" });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(
    run.stderr,
    '\nError: db: Command "echo why; exit 3" failed: exit status 3 (Tiltfile.js:1:1)\n    why\n',
  );
  const none = await runProgram(t, ['ci'], { cwd: makeProject(t, {}) });
  assert.equal(`${none.stdout}${none.stderr}`.match(/No Tiltfile found/g)?.length, 1);
  const broken = makeProject(t, { 'Tiltfile.js': "throw new Error('on purpose');" });
  const thrown = await runProgram(t, ['ci'], { cwd: broken });
  assert.equal(`${thrown.stdout}${thrown.stderr}`.match(/on purpose \(Tiltfile/g)?.length, 1);
});

test('several failures are counted and named at the end', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      ci_settings({ timeout: '1s' });
      for (const name of ['a', 'b']) local_resource(name, 'sleep 100', { allow_parallel: true });`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 3, run.stderr);
  assert.match(run.stderr, /^Error: a: its update runs.*\n[\s\S]*^Error: b: its update runs/m);
  assert.match(run.stderr, /Timeout after 1s: 2 resources are not finished$/m);
});

test('a server without a probe that fails at its start fails the run', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('api', { serve_cmd: 'sleep 0.2; no-such-server --port 1' });",
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 1, run.stdout);
  assert.match(run.stderr, /api: Server "sleep 0\.2; no-such-server --port 1" exited with exit code 127/);
});

test('a disk that is full is told, and ends nothing in the middle', async (t) => {
  if (!existsSync('/dev/full')) {
    t.skip('there is no /dev/full');
    return;
  }
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'echo one; echo two > marker');" });
  for (const args of ['ci', 'alpha tiltfile-result', 'version', 'ci --help']) {
    const run = await runProgram(t, ['-c', `exec "$0" "$1" ${args} >/dev/full`, process.execPath, MAIN], {
      cwd,
      command: ['sh'],
    });
    assert.match(run.stderr, /Error: Cannot write to the standard output: no space left on the device\n$/, args);
    assert.doesNotMatch(run.stderr, /node:|at .*\.js/, args);
    assert.equal(run.code, 1, args);
  }
  assert.equal(readFileSync(path.join(cwd, 'marker'), 'utf8'), 'two\n');
});

test('Ctrl-C while the Tiltfile runs a command ends every command with 130', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local('sleep 1000');" });
  for (const args of [['ci'], ['up'], ['down'], ['alpha', 'tiltfile-result']]) {
    const { env, marker } = marked();
    const program = startProgram(t, args, { cwd, env });
    await program.waitFor(/local: sleep 1000/);
    program.signal('SIGINT');
    assert.equal(await program.exit, 130, program.output());
    assert.doesNotMatch(program.output(), /was stopped/);
    await assertNothingLeft(marker);
  }
});

test('a command of many lines is quoted by its first; a run that takes too long shows what it was doing', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('lines', 'set -e\\necho one\\nfalse\\necho three');`,
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.stderr, '\nError: lines: Command "set -e …" failed: exit status 1 (Tiltfile.js:2:7)\n    one\n');
  const slow = makeProject(t, { 'Tiltfile.js': "local_resource('slow', 'echo step one; sleep 100');" });
  const late = await runProgram(t, ['ci', '--timeout', '1s'], { cwd: slow });
  assert.match(late.stderr, /^Error: slow: its update runs: .*\n {4}step one$/m);
  const long = makeProject(t, { 'Tiltfile.js': "local_resource('long', 'true '.repeat(300) + '; exit 2');" });
  const cut = await runProgram(t, ['ci'], { cwd: long });
  assert.match(cut.stderr, /^Error: long: Command "true [true ]{100,150} …" failed: exit status 2 /m);
});
