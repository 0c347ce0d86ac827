import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere, type Options } from './evaluate-here.ts';

const { succeed, fail, evaluate, start, write, printed } = evaluateHere();

const done = (stdout: string) =>
  ({ ok: true, value: { exitCode: 0, signal: null, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) } }) as const;
const missing = { ok: false, error: { code: 'ENOENT', message: 'no such program', subject: 'x' } } as const;

/** Commands that a test ends itself, by their first word. */
function controlled() {
  const ends = new Map<string, (result: ReturnType<typeof done> | typeof missing) => void>();
  const aborted: string[] = [];
  const started: string[] = [];
  const waits = new Map<string, () => void>();
  const run: Options['run'] = ({ argv: [name = ''] }, _environment, _output, signal) => {
    started.push(name);
    waits.get(name)?.();
    return new Promise((resolve) => {
      ends.set(name, resolve);
      signal.addEventListener('abort', () => {
        aborted.push(name);
        resolve({ ok: false, error: { code: 'ABORT_ERR', message: 'stopped', subject: name } });
      });
    });
  };
  return {
    run,
    started,
    aborted,
    begun: (name: string) =>
      started.includes(name) ? Promise.resolve() : new Promise<void>((resolve) => waits.set(name, resolve)),
    end: (name: string, result: ReturnType<typeof done> | typeof missing = done(name)) => ends.get(name)?.(result),
  };
}

test('several commands run at the same time, and answer in the order in which they end', async () => {
  const commands = controlled();
  write({
    'main.js': `
      const order = [];
      const one = async (name) => { order.push(await start(name).promise); };
      await Promise.all(['a', 'b', 'c'].map(one));
      keep(order.join(), Promise.resolve() instanceof Promise, start('d').promise instanceof Promise);`,
  });
  const evaluation = start('main.js', { run: commands.run });
  await Promise.all(['a', 'b', 'c'].map(commands.begun));
  for (const name of ['c', 'a', 'b']) commands.end(name);
  await commands.begun('d');
  commands.end('d');
  const outcome = await evaluation.outcome;
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.result.seen, ['c,a,b', true, true]);
  assert.deepEqual(outcome.record.commandsRun, [['a'], ['b'], ['c'], ['d']]);
});

test('a call that waits for its command lets others end meanwhile', async () => {
  const commands = controlled();
  write({ 'main.js': `const { promise } = start('a'); keep(run('b')); keep(await promise);` });
  const evaluation = start('main.js', { run: commands.run });
  await Promise.all([commands.begun('a'), commands.begun('b')]);
  commands.end('a');
  commands.end('b');
  const outcome = await evaluation.outcome;
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.result.seen, ['b1', 'a']);
});

test('no more commands run at the same time than the limit says', async () => {
  let running = 0;
  let most = 0;
  const run: Options['run'] = async ({ argv: [name = ''] }) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    return done(name);
  };
  const script = `keep((await Promise.all(Array.from({ length: 20 }, (_, n) => start(String(n)).promise))).length);`;
  const { seen } = await succeed('main.js', script, {}, { run, limits: { parallelCommands: 3 } });
  assert.deepEqual([seen, most], [[20], 3]);
});

test('lines of commands that run at the same time do not mix', async () => {
  const run: Options['run'] = async ({ argv: [name = ''] }, _environment, output) => {
    for (const part of ['1', '2\n', '3']) {
      output(`${name}${part}`);
      await new Promise(setImmediate);
    }
    return done(name);
  };
  await succeed('main.js', `await Promise.all(['a', 'b'].map((name) => start(name).promise));`, {}, { run });
  assert.deepEqual([...printed].sort(), ['a1a2\n', 'a3\n', 'b1b2\n', 'b3\n']);
});

test('a command that fails rejects, with the place of its call', async () => {
  const run: Options['run'] = async () => missing;
  const failure = await fail(
    'main.js',
    `const all = [];\nasync function go() {\n  await start('x').promise;\n}\nawait go();`,
    {},
    { run },
  );
  assert.deepEqual(
    [failure.kind, failure.message, failure.at, failure.builtin],
    ['refused', 'no such program', 'main.js:3:9', 'start'],
  );
  const { seen } = await succeed(
    'main.js',
    `await start('x').promise.catch((error) => keep(error instanceof Error, error.message));`,
    {},
    { run },
  );
  assert.deepEqual(seen, [true, 'no such program']);
});

test('a script ends when all that it started has ended, and a failure that nobody awaits is one', async () => {
  const commands = controlled();
  write({ 'main.js': `start('a').promise.then(keep); start('b');\nkeep('end');` });
  const evaluation = start('main.js', { run: commands.run });
  await Promise.all([commands.begun('a'), commands.begun('b')]);
  commands.end('b', missing);
  commands.end('a');
  const outcome = await evaluation.outcome;
  assert.ok(!outcome.ok);
  assert.equal(outcome.failure.kind, 'refused');
  assert.match(outcome.failure.message, /no such program/);
  assert.equal(outcome.failure.position?.column, 32);
});

test('what still runs is ended when the script fails, exits or is stopped', async () => {
  for (const [script, kind] of [
    [`start('a'); start('b'); throw new Error('no');`, 'thrown'],
    [`start('a'); start('b'); quit();`, undefined],
    [`start('a'); await start('b').promise;`, 'stopped'],
    [`start('a'); start('b'); for (;;);`, 'time-limit'],
  ] as const) {
    const commands = controlled();
    write({ 'main.js': script });
    const evaluation = start('main.js', { run: commands.run, limits: { computeMs: 300 } });
    await Promise.all([commands.begun('a'), commands.begun('b')]);
    if (kind === 'stopped') evaluation.stop();
    const outcome = await evaluation.outcome;
    assert.equal(outcome.ok ? undefined : outcome.failure.kind, kind, script);
    assert.deepEqual(commands.aborted.sort(), ['a', 'b'], script);
  }
  assert.deepEqual((await succeed('main.js', 'keep(1)')).seen, [1]);
});

test('waiting for commands is no computing; waiting for timers alone is', async () => {
  const run: Options['run'] = async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return done('x');
  };
  await succeed('main.js', `await start('x').promise;`, {}, { run, limits: { computeMs: 200 } });
  for (const script of [
    `await new Promise((resolve) => setTimeout(resolve, 1e9));`,
    `setInterval(() => {}, 10);`,
    `function again() { setTimeout(again, 5); } again();`,
    `function again() { setTimeout(again); } again();`,
  ]) {
    const failure = await fail('main.js', script, {}, { limits: { computeMs: 200 } });
    assert.equal(failure.kind, 'time-limit', script);
  }
});

test('a script that waits for a timer can be stopped', async () => {
  write({ 'main.js': `console.log('here'); await new Promise((resolve) => setTimeout(resolve, 1e6));` });
  let here: () => void = () => undefined;
  const printing = new Promise<void>((resolve) => {
    here = resolve;
  });
  const evaluation = start('main.js', { onPrint: here });
  await printing;
  evaluation.stop();
  const outcome = await evaluation.outcome;
  assert.equal(!outcome.ok && outcome.failure.kind, 'stopped');
});

test('timers call in the order of their times, with their arguments, until they are cleared', async () => {
  const script = `
    const order = [];
    setTimeout((...args) => order.push(args.join('-')), 30, 'c', 3);
    setTimeout(() => order.push('b'), 15);
    setTimeout(() => order.push('a'));
    setTimeout(() => order.push('d'), 40);
    clearTimeout(setTimeout(() => order.push('never'), 1));
    clearTimeout(undefined); clearTimeout({}); clearInterval(12345);
    let count = 0;
    const interval = setInterval(() => { if (++count === 3) clearInterval(interval); }, 2);
    const first = setTimeout(() => clearTimeout(second), 5), second = setTimeout(() => order.push('cleared'), 5);
    queueMicrotask(() => order.push('micro'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    keep(order.join(), count, typeof interval);
    for (const wrong of [() => setTimeout('code'), () => queueMicrotask(1)]) try { wrong(); } catch (error) { keep(error.name); }`;
  const { seen } = await succeed('main.js', script);
  assert.deepEqual(seen, ['micro,a,b,c-3,d', 3, 'number', 'TypeError', 'TypeError']);
});

test('an error in a timer ends the script at its place', async () => {
  const failure = await fail(
    'main.js',
    `setTimeout(() => {\n  throw new RangeError('late');\n});\nawait new Promise(() => {});`,
  );
  assert.deepEqual([failure.kind, failure.message, failure.at], ['thrown', 'RangeError: late', 'main.js:2:9']);
  const ended = await evaluate(
    'main.js',
    `setTimeout(() => quit()); setTimeout(() => keep('never'), 5); await new Promise(() => {});`,
  );
  assert.ok(ended.ok);
  assert.deepEqual(ended.result.seen, []);
});

test('a module that is loaded by a call waits for its own commands', async () => {
  const run: Options['run'] = async ({ argv: [name = ''] }) => done(name);
  const files = { 'lib.js': `export const x = await start('inner').promise;` };
  const { seen } = await succeed(
    'main.js',
    `const outer = start('outer').promise; keep(include(import.meta.dirname + '/lib.js').x, await outer);`,
    files,
    { run },
  );
  assert.deepEqual(seen, ['inner', 'outer']);
  const failure = await fail('main.js', `include(import.meta.dirname + '/lib.js');`, {
    'lib.js': `await new Promise(() => {});`,
  });
  assert.match(failure.message, /it waits for a promise that never settles/);
});
