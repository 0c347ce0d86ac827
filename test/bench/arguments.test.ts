import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { type Options, parseOptions } from '../../bench/arguments.ts';
import { commandLine } from '../../bench/program.ts';

function options(...words: string[]): Options {
  const request = parseOptions(words, ['node', 'main.js']);
  assert.equal(request.kind, 'run', JSON.stringify(request));
  return request.kind === 'run' ? request.options : assert.fail();
}

function refusal(...words: string[]): string {
  const request = parseOptions(words, ['node', 'main.js']);
  return request.kind === 'usage' ? request.message : assert.fail(`not refused: ${JSON.stringify(request)}`);
}

test('without options our program alone is measured five times', () => {
  const { programs, rounds, only, json, hangCheck } = options();
  assert.deepEqual(
    programs.map((program) => commandLine(program, ['ci'])),
    [['node', 'main.js', 'ci']],
  );
  assert.deepEqual({ rounds, only, json, hangCheck }, { rounds: 5, only: [], json: undefined, hangCheck: undefined });
});

test('programs to compare have variables, words and a language', () => {
  const { programs } = options(
    '--vs',
    'tilt=TILT_PORT=0 A="b c" /opt/tilt --debug',
    '--vs-js',
    'old=node ./old/main.js',
  );
  const [, tilt, old] = programs;
  assert.deepEqual(tilt, {
    name: 'tilt',
    language: 'starlark',
    command: ['/opt/tilt', '--debug'],
    environment: { TILT_PORT: '0', A: 'b c' },
    flags: [],
  });
  assert.equal(old?.language, 'javascript');
  assert.deepEqual(old?.command, ['node', path.resolve('old/main.js')], 'a path from here stays that path elsewhere');
});

test('flags go to every command of their program, or to the one that they name', () => {
  const { programs } = options('--vs', 'a=a', '--vs', 'b=b', '--vs-flags', 'a=--x 1', '--vs-flags', 'a:up=--stream');
  const [, a, b] = programs;
  assert.ok(a !== undefined && b !== undefined);
  assert.deepEqual(commandLine(a, ['ci', '-f', 'T']), ['a', 'ci', '-f', 'T', '--x', '1']);
  assert.deepEqual(commandLine(a, ['up']), ['a', 'up', '--x', '1', '--stream']);
  assert.deepEqual(commandLine(b, ['up']), ['b', 'up']);
});

test('rounds, measures, the file and the check for hangs are read', () => {
  const read = options(
    '--rounds',
    '3',
    '--only',
    'ci,up',
    '--only',
    'result-1',
    '--json',
    'o.json',
    '--hang-check',
    '1000',
  );
  assert.deepEqual([read.rounds, read.only, read.json, read.hangCheck], [3, ['ci', 'up', 'result-1'], 'o.json', 1000]);
});

test('help is asked for', () => {
  assert.equal(parseOptions(['--help'], ['node']).kind, 'help');
});

const refused: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [['--vs', 'tilt'], /--vs "tilt" is not NAME=COMMAND/],
  [['--vs', 'tilt='], /is not NAME=COMMAND/],
  [['--vs', 'tilt=A=1'], /is not NAME=COMMAND/],
  [['--vs', 'ours=x'], /the name "ours" is taken/],
  [['--vs', 'a=x', '--vs-js', 'a=y'], /the name "a" is taken/],
  [['--vs-flags', 'b:up=--x'], /names "b", which no --vs defines/],
  [['--vs', 'b=b', '--vs-flags', 'b'], /is not NAME=FLAGS/],
  [['--rounds', '0'], /--rounds "0"/],
  [['--rounds', '1.5'], /--rounds "1.5"/],
  [['--hang-check', 'many'], /--hang-check "many"/],
  [['--fast'], /--fast/],
  [['word'], /word/],
];

for (const [words, says] of refused) {
  test(`${words.join(' ')} is refused`, () => assert.match(refusal(...words), says));
}
