import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import fc from 'fast-check';
import { compile } from '../../../interpreter/starlark/compile.ts';
import { operationsFor } from '../../../interpreter/starlark/runtime/start.ts';
import { makeUniverse } from '../../../interpreter/starlark/runtime/universe.ts';
import { StarlarkError } from '../../../interpreter/starlark/runtime/value.ts';
import { UNIVERSAL_NAMES } from '../../../interpreter/starlark/universal-names.ts';
import { runStarlark } from '../../support/run-starlark.ts';

const EVERYTHING = readFileSync(path.join(import.meta.dirname, 'fixtures/everything.star'), 'utf8');

/** Compiles; every mistake must have a place in the text, and what has none must be JavaScript. */
function check(source: string | Uint8Array): ReturnType<typeof compile> {
  const bytes = Buffer.from(source);
  const result = compile(bytes, { predeclared: new Set(['a', 'b', 'f']), universal: UNIVERSAL_NAMES });
  if (result.ok) {
    new vm.Script(result.file.code);
    return result;
  }
  assert.ok(result.errors.length > 0);
  const lines = bytes.toString('latin1').split(/\r\n?|\n/);
  for (const { line, column, message } of result.errors) {
    assert.ok(line >= 1 && line <= lines.length, `line ${line} of ${lines.length}: ${message}`);
    assert.ok(
      column >= 1 && column <= (lines[line - 1] ?? '').length + 1,
      `column ${column} of line ${line}: ${message}`,
    );
    assert.doesNotMatch(message, /internal|undefined$|\[object/);
  }
  return result;
}

const UNIVERSE = makeUniverse(() => undefined);
const SURROUNDINGS = vm.createContext({
  operations: operationsFor('fuzz'),
  scope: {
    get: (name: string) => UNIVERSE.get(name) ?? null,
    load: (_: string, names: readonly string[]) => names.map(() => 1),
  },
});

/** Runs for a moment. It may fail in any way that Starlark knows, or take too long, but not by a bug. */
function run(source: string): void {
  const result = check(source);
  if (!result.ok) return;
  try {
    new vm.Script(`${result.file.code}(operations, scope)`).runInContext(SURROUNDINGS, { timeout: 500 });
  } catch (error) {
    if (error instanceof StarlarkError || String(error).includes('timed out')) return;
    if (String(error).startsWith('RangeError')) return;
    throw error;
  }
}

const TOKENS = [
  ...'and break continue def elif else for if in lambda load not or pass return while as class import'.split(' '),
  ...'+ - * / // % & | ^ << >> ~ . , = ; : ( ) [ ] { } < > >= <= == != += -= *= /= //= %= &= |= ^= <<= >>= ** ! \\ # @ $'.split(
    ' ',
  ),
  ...[
    'a',
    'b',
    'f',
    'x',
    'print',
    'len',
    'range',
    'None',
    'True',
    'é',
    '0',
    '1',
    '2.5',
    '0x1f',
    '1e',
    '07',
    "'s'",
    '"',
    "'",
    '"""',
    "r'\\d'",
  ],
  ...[
    "b'\\xff'",
    '\n',
    '\n  ',
    '\n    ',
    '\n\t',
    '\r',
    '\r\n',
    ' ',
    '\t',
    '\0',
    '\ufeff',
    '\u2028',
    '😀',
    ':\n  ',
    '()',
    '[]',
    '{}',
  ],
];

const soup = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 60 })
  .chain((tokens) => fc.constantFrom(' ', '').map((separator) => tokens.join(separator)));

/** The text with a few of its parts left out, doubled, exchanged or replaced by tokens. */
const mutated = fc
  .array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 30 }),
      insert: fc.oneof(fc.constant(''), fc.constantFrom(...TOKENS), fc.string({ maxLength: 5, unit: 'binary' })),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce((text, { at, length, insert }) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + insert + text.slice(from + length);
    }, EVERYTHING),
  );

const NAMES = ['a', 'b', 'f', 'x', 'y', 'new', 'd', 's', 'é'];

/** Programs that have no mistake in their syntax, out of all constructs. Names, so also what they stand for, are few. */
const { program } = fc.letrec<{
  program: string;
  block: string;
  line: string;
  e: string;
  target: string;
  clause: string;
  args: string;
  params: string;
}>((tie) => {
  const one = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc
      .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
      .map((texts) => texts.join(''));
  const name = fc.constantFrom(...NAMES);
  const e = tie('e');
  const operator = fc.constantFrom(...'+ - * / // % & | ^ << >> < > <= >= == != in and or'.split(' '), 'not in');
  const simple = fc.oneof(
    name,
    fc.constantFrom(
      '0',
      '1',
      '-3',
      '2.5',
      "'s'",
      "'%s'",
      "b'x'",
      'None',
      'True',
      '[]',
      '{}',
      '()',
      '99999999999999999999',
    ),
  );
  const several = (item: fc.Arbitrary<string>, least = 0) =>
    fc.array(item, { minLength: least, maxLength: 3 }).map((items) => items.join(', '));
  const indent = (text: string) => text.replaceAll(/^/gm, '  ');
  return {
    e: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      simple,
      one('(', e, ' ', operator, ' ', e, ')'),
      one('(', e, ' if ', e, ' else ', e, ')'),
      one('not (', e, ')'),
      one(fc.constantFrom('-', '+', '~'), '(', e, ')'),
      one('[', several(e), ']'),
      one('{', several(one(e, ': ', e)), '}'),
      one('(', e, ', ', several(e, 1), ')'),
      one('[', e, ' for ', tie('target'), ' in ', '(', e, ')', tie('clause'), ']'),
      one('{', e, ': ', e, ' for ', tie('target'), ' in ', '(', e, ')', tie('clause'), '}'),
      one('(lambda ', tie('params'), ': ', e, ')'),
      one(e, '(', tie('args'), ')'),
      one(
        e,
        fc.constantFrom('.append', '.items', '.get', '.upper', '.nope', '.update', '.split', '.join'),
        '(',
        tie('args'),
        ')',
      ),
      one(
        fc.constantFrom(
          'len',
          'range',
          'sorted',
          'str',
          'list',
          'zip',
          'set',
          'int',
          'type',
          'dict',
          'tuple',
          'enumerate',
        ),
        '(',
        tie('args'),
        ')',
      ),
      one(e, '[', e, ']'),
      one(e, '[', fc.oneof(e, fc.constant('')), ':', fc.oneof(e, fc.constant('')), ']'),
    ),
    target: fc.oneof(
      { depthSize: 'small' },
      name,
      one('(', several(tie('target'), 1), ',)'),
      one('[', several(tie('target')), ']'),
      one(name, '[', e, ']'),
    ),
    clause: fc.oneof(
      { depthSize: 'small' },
      fc.constant(''),
      one(' if ', e, tie('clause')),
      one(' for ', tie('target'), ' in (', e, ')', tie('clause')),
    ),
    args: fc
      .tuple(several(e), fc.constantFrom('', 'k=1', 'x=2, y=3'), fc.constantFrom('', '*a', '**d', '*[1], **{}'))
      .map((parts) => parts.filter((part) => part !== '').join(', ')),
    params: fc.constantFrom('', 'x', 'x, y=1', '*args', 'a, *, b', 'x=2, *args, k=3, **kw', '**kw', '*, k=1'),
    line: fc.oneof(
      one(tie('target'), ' = ', e),
      one(name, fc.constantFrom(' += ', ' |= ', ' -= ', ' *= ', ' %= ', ' //= '), e),
      one(name, '[', e, '] += ', e),
      e,
      one('if ', e, ':\n', tie('block')),
      one('if ', e, ':\n', tie('block'), '\nelif ', e, ':\n', tie('block'), '\nelse:\n', tie('block')),
      one('for ', tie('target'), ' in ', e, ':\n', tie('block'), '\n  ', fc.constantFrom('break', 'continue', 'pass')),
      one('def ', name, '(', tie('params'), '):\n', tie('block'), '\n  return ', e),
    ),
    block: fc.array(tie('line'), { minLength: 1, maxLength: 3 }).map((lines) => indent(lines.join('\n'))),
    program: fc
      .array(tie('line'), { minLength: 1, maxLength: 8 })
      .map(
        (lines) =>
          `a = [1]\nd = {'k': 2}\nf = len\nx = 1\ny = 'y'\nb = (1, 2)\nnew = 0\ns = 's'\né = []\n${lines.join('\n')}\n`,
      ),
  };
});

test('the sample has no mistake and runs', () => {
  const result = check(EVERYTHING);
  assert.deepEqual(result.ok ? [] : result.errors, []);
  const { error } = runStarlark(EVERYTHING, {}, { './lib.star': { shared: 1, renamed: 2 } });
  assert.equal(error, undefined);
});

test('any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void check(bytes)),
    { numRuns: 2000 },
  );
});

test('any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void check(text)),
    { numRuns: 1000 },
  );
});

test('any sequence of tokens', () => {
  fc.assert(fc.property(soup, run), { numRuns: 3000 });
});

test('any program', () => {
  fc.assert(fc.property(program, run), { numRuns: 1000 });
});

test('a file with changes', () => {
  fc.assert(fc.property(mutated, run), { numRuns: 1000 });
});

test('a file cut off anywhere', () => {
  for (let end = 0; end < EVERYTHING.length; end += 3) check(EVERYTHING.slice(0, end));
});

test('a file with bytes that are no UTF-8', () => {
  const bytes = Buffer.from(EVERYTHING);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 128, max: 255 }), (at, byte) => {
      const broken = Buffer.from(bytes);
      broken[at] = byte;
      check(broken);
    }),
    { numRuns: 500 },
  );
});

test('one very long line of anything', () => {
  const length = 2 ** 20;
  for (const part of [
    'a',
    '1',
    ' ',
    '\t',
    '(',
    '[',
    ')',
    '{',
    '"',
    '"a',
    '"""',
    '\\',
    '\\\n',
    '#',
    '\n',
    '\r',
    ';',
    'a;',
    'a+',
    'a.',
    'a,',
    '-',
    'é',
    '\n\t',
  ]) {
    const text = part.repeat(length / part.length);
    check(text);
    check(`x = "${text}`);
    check(`x = ["""${text.slice(0, length / 4)}""", ${text.slice(0, length / 4)}]`);
  }
});

test('deep nesting of everything', () => {
  const openings = [
    '(',
    '[',
    '{1:',
    'f(',
    'f[',
    'f.a(',
    'not ',
    '-',
    'lambda: ',
    '1 if 1 else ',
    '[a for a in ',
    '(1 + ',
    '{a: 1 for a in ',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...openings), { maxLength: 5, minLength: 1 }),
      fc.integer({ min: 1, max: 5000 }),
      (parts, count) => {
        check(`x = ${parts.join('').repeat(count)}`);
      },
    ),
    { numRuns: 100 },
  );
  for (const head of ['if 1:', 'for a in []:', 'while 0:', 'def f():']) {
    const lines = Array.from({ length: 1000 }, (_, depth) => ' '.repeat(depth) + head);
    check(lines.join('\n'));
    check(`${lines.slice(0, 150).join('\n')}\n${' '.repeat(150)}pass\n`);
  }
});
