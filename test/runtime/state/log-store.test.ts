import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLevel } from '../../../runtime/state/log-line.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';

const web = { resource: 'web', source: 'runtime', span: 'serve:web:1' } as const;

function store(keepBytes = 1e6) {
  const clock = { at: 1000 };
  const log = createLogStore({ now: () => clock.at, keepBytes });
  const seen: string[] = [];
  log.subscribe({ line: (line) => seen.push(line.text) });
  return { log, seen, clock };
}

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['whole lines', ['one\ntwo\n'], ['one', 'two']],
  ['a line in pieces', ['o', 'n', 'e\nt', 'wo\n'], ['one', 'two']],
  ['no newline at the end', ['one\ntwo'], ['one', 'two']],
  ['an empty line', ['\none\n\n'], ['', 'one', '']],
  ['Windows line ends', ['one\r\ntwo\r', '\n'], ['one', 'two']],
  ['a progress bar shows its last state', ['10%\r', '50%\r100%', '\n'], ['10%', '100%']],
  ['a progress bar that ends with a carriage return', ['10%\r100%\r', '\ndone\n'], ['10%', '100%', 'done']],
  ['control characters are written out', ['a\0b\x07\n'], ['a\\x00b\\x07']],
  ['colours stay, other terminal commands go', ['\x1b[31mred\x1b[0m\x1b[2K\x1b[1A\n'], ['\x1b[31mred\x1b[0m']],
  ['tabs stay', ['a\tb\n'], ['a\tb']],
];

for (const [name, pieces, lines] of cases) {
  test(`lines: ${name}`, () => {
    const { log, seen } = store();
    const writer = log.open(web);
    for (const piece of pieces) writer.write(piece);
    writer.end();
    assert.deepEqual(seen, lines);
  });
}

test('a progress bar that goes on for long is seen once a second', () => {
  const { log, seen, clock } = store();
  const writer = log.open(web);
  for (let percent = 0; percent < 100; percent++) {
    clock.at += 100;
    writer.write(`${percent}%\r`);
  }
  writer.write('done\n');
  assert.equal(seen.at(-1), 'done');
  assert.ok(seen.length >= 10 && seen.length <= 12, String(seen.length));
});

test('a change of level completes the line', () => {
  const { log } = store();
  const writer = log.open(web);
  writer.write('half');
  writer.write('bad\n', 'error');
  assert.deepEqual(
    log.tail('web', 9).map((line): [string, LogLevel] => [line.text, line.level]),
    [
      ['half', 'info'],
      ['bad', 'error'],
    ],
  );
});

test('a line without end is broken', () => {
  const { log, seen } = store();
  const writer = log.open(web);
  for (let count = 0; count < 100; count++) writer.write('x'.repeat(1000));
  assert.ok(seen.length >= 5);
  writer.end();
  assert.equal(seen.join('').length, 100_000);
});

test('writers do not mix', () => {
  const { log, seen } = store();
  const [one, two] = [log.open(web), log.open({ ...web, resource: 'db' })];
  one.write('o');
  two.write('t');
  one.write('ne\n');
  two.write('wo\n');
  assert.deepEqual(seen, ['one', 'two']);
});

test('memory is bounded, the loudest pays, listeners get everything', () => {
  const { log, seen } = store(200_000);
  const quiet = log.open({ ...web, resource: 'quiet' });
  quiet.write('kept\n');
  const loud = log.open(web);
  for (let count = 0; count < 20_000; count++) loud.write(`line ${count}\n`);
  assert.equal(seen.length, 20_001);
  assert.ok(log.lines().length < 2000);
  assert.deepEqual(
    log.tail('web', 2).map((line) => line.text),
    ['line 19998', 'line 19999'],
  );
  assert.equal(log.tail('quiet', 5)[0]?.text, 'kept');
  const sequences = log.lines().map((line) => line.sequence);
  assert.deepEqual(
    sequences,
    sequences.toSorted((one, other) => one - other),
  );
});

test('the backlog is that of the slowest listener', async () => {
  const { log } = store();
  let release = (): void => {};
  let slow: Promise<void> | undefined;
  log.subscribe({ line: () => {}, backlog: () => slow });
  const writer = log.open(web);
  assert.equal(writer.backlog(), undefined);
  slow = new Promise((resolve) => {
    release = resolve;
  });
  const wait = writer.backlog();
  assert.ok(wait instanceof Promise);
  release();
  await wait;
});

test('an unsubscribed listener hears nothing more', () => {
  const { log } = store();
  let count = 0;
  const forget = log.subscribe({ line: () => count++ });
  const writer = log.open(web);
  writer.write('a\n');
  forget();
  writer.write('b\n');
  assert.equal(count, 1);
  assert.deepEqual(log.tail('nosuch', 3), []);
});
