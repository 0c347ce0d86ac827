import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, startProgram } from '../../support/program.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

async function prints(main: string): Promise<string[]> {
  const { outcome, printed } = await runner.run({ 'Tiltfile.js': main });
  assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.failure.message}\n${outcome.failure.codeFrame}`);
  return printed.split('\n').slice(0, -1);
}

async function fails(main: string) {
  const { outcome } = await runner.run({ 'Tiltfile.js': main });
  assert.ok(!outcome.ok, 'the Tiltfile succeeded');
  const { message, position, builtin } = outcome.failure;
  return { message, at: `${position?.line}:${position?.column}`, builtin };
}

test('local with check: false answers how a command ended', async () => {
  const lines = await prints(`
    const quiet = { quiet: true, echo_off: true, check: false };
    print(local('echo out; echo err >&2; exit 3', quiet));
    print(local('true', quiet), local({ command: ['printf', 'x'], ...quiet }).stdout);
    print(local('kill -9 $$', quiet).exit_code);
    const { exit_code, stdout, stderr } = local('echo a', { check: false, quiet: true });
    print(exit_code === 0, typeof stdout, stdout.trim(), stderr === '');`);
  assert.deepEqual(lines, [
    '{"exit_code": 3, "stdout": "out\\n", "stderr": "err\\n"}',
    '{"exit_code": 0, "stdout": "", "stderr": ""} x',
    '-1',
    'local: echo a',
    'True string a True',
  ]);
});

test('a command that cannot be started is an error with check: false too', async () => {
  const call = `local(['no-such-program'], { check: false });`;
  assert.match((await fails(call)).message, /executable file not found in \$PATH/);
  assert.match(
    (await fails(`await local_async(['no-such-program'], { check: false });`)).message,
    /executable file not found/,
  );
  assert.match(
    (await fails(`await local_async('x', { dir: 'none' });`)).message,
    /fork\/exec sh: no such file or directory/,
  );
});

test('local_async answers what local answers, when it is there', async () => {
  const lines = await prints(`
    const quiet = { quiet: true, echo_off: true };
    const promise = local_async('cat', { ...quiet, stdin: 'in' });
    print(promise instanceof Promise, (await promise).toUpperCase(), String(await local_async(['echo', 'x y'], quiet)).trim());
    print(await local_async('echo $A; basename $PWD; exit 2', { ...quiet, check: false, env: { A: 'b' }, dir: '/tmp' }));
    os.environ.SET = 'here';
    print(await local_async('echo $SET', quiet));`);
  assert.deepEqual(lines, ['True IN x y', '{"exit_code": 2, "stdout": "b\\ntmp\\n", "stderr": ""}', 'here', '']);
});

test('commands run at the same time: each waits for the other', async () => {
  const lines = await prints(`
    const dir = String(local('mktemp -d', { quiet: true, echo_off: true })).trim();
    const meet = (mine, other) => local_async('touch ' + mine + '; until test -e ' + other + '; do sleep 0.01; done; echo ' + mine, { dir, quiet: true, echo_off: true });
    print((await Promise.all([meet('a', 'b'), meet('b', 'a')])).map((out) => out.trim()));
    local(['rm', '-r', dir], { quiet: true, echo_off: true });`);
  assert.deepEqual(lines, ['["a", "b"]']);
});

test('errors are those of local, at the place of the call', async () => {
  const both = [
    `local('echo out; exit 7', { quiet: true });`,
    `await local_async('echo out; exit 7', { quiet: true });`,
  ];
  const [now, later] = [await fails(both[0] ?? ''), await fails(both[1] ?? '')];
  assert.equal(later.message, now.message);
  assert.deepEqual([now.at, now.builtin, later.at, later.builtin], ['1:1', 'local', '1:7', 'local_async']);
  const inside = await fails(
    `const go = async (n) => {\n  await null;\n  return local_async('exit ' + n);\n};\nawait Promise.all([go(0), go(3)]);`,
  );
  assert.equal(inside.at, '3:10');
  const lost = await fails(`local_async('exit 4');\nprint('end');`);
  assert.deepEqual([lost.message, lost.at], ['command "exit 4" failed.\nerror: exit status 4', '1:1']);
  assert.deepEqual(
    await prints(
      `await local_async('exit 4', { echo_off: true }).catch((e) => print('caught', e.message.split('\\n')[1]));`,
    ),
    ['caught error: exit status 4'],
  );
});

test('Ctrl-C ends all commands that run, also when they would not end by themselves', async (t) => {
  const wait = `trap '' TERM; touch NAME; while :; do sleep 0.1; done`;
  const script = `await Promise.all([local_async(${JSON.stringify(wait.replace('NAME', 'a'))}), local_async('touch b; echo $$ > pid; sleep 1000')]);`;
  const folder = makeProject(t, { 'Tiltfile.js': script });
  const program = startProgram(t, ['ci'], { cwd: folder });
  await pollUntil(
    () => existsSync(path.join(folder, 'a')) && existsSync(path.join(folder, 'b')),
    30_000,
    'both commands run',
  );
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});

test('Deno.exit ends a Tiltfile well with 0 and as an error with another code', async () => {
  assert.deepEqual(await prints(`print('a'); Deno.exit(0); print('b');`), ['a']);
  const failure = await fails(`const x = 1;\nDeno.exit(4);`);
  assert.equal(failure.message, 'The Tiltfile ended itself with exit code 4: Deno.exit(4)');
  assert.match(failure.at, /^2:/);
});

test('what Deno does not have here is refused in words', async () => {
  const lines = await prints(`
    for (const wrong of [() => new Deno.Command('x').spawn(), () => new Deno.Command('x', { uid: 1 }).outputSync()]) {
      try { wrong(); } catch (error) { print(error.name, error.message); }
    }
    print(typeof Deno.writeTextFile, typeof Deno.serve, Object.keys(globalThis).includes('Deno'));
    const denoFile = Deno.readTextFileSync(import.meta.filename);
    print(denoFile.includes('denoFile'));`);
  assert.match(lines[0] ?? '', /^NotSupported Deno.Command.spawn\(\) is not there in a Tiltfile: use output\(\)/);
  assert.deepEqual(lines.slice(1), [
    "TypeError Deno.Command: there is no option 'uid' in a Tiltfile",
    'undefined undefined False',
    'True',
  ]);
});

test('what Deno reads reloads the Tiltfile; inherited output goes to the log', async () => {
  const { outcome, printed } = await runner.run({
    'Tiltfile.js': `
      Deno.readTextFileSync(import.meta.dirname + '/a.txt');
      try { Deno.readFileSync(import.meta.dirname + '/none'); } catch {}
      new Deno.Command('sh', { args: ['-c', 'echo out; echo err >&2'], stderr: 'inherit' }).outputSync();
      await new Deno.Command('echo', { args: ['both'], stdout: 'inherit', stderr: 'inherit' }).output();`,
    'a.txt': '',
  });
  assert.deepEqual(
    outcome.record.filesRead.map((file) => path.basename(file)),
    ['Tiltfile.js', 'a.txt', 'none'],
  );
  assert.equal(printed, 'err\nboth\n');
});
