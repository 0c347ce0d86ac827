import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNIVERSAL_NAMES } from '../../../interpreter/starlark/universal-names.ts';
import { compiled } from '../../../interpreter/starlark-compiled.ts';

const known = (...names: readonly string[]) => ({ predeclared: new Set(names), universal: UNIVERSAL_NAMES });
const bytes = (text: string) => new TextEncoder().encode(text);

test('a text is compiled once, whoever asks', () => {
  assert.equal(compiled(bytes('a = 1\n'), known()), compiled(bytes('a = 1\n'), known()));
});

test('another text, and other names, are another matter', () => {
  assert.notEqual(compiled(bytes('b = 1\n'), known()), compiled(bytes('b = 2\n'), known()));
  assert.equal(compiled(bytes('c()\n'), known('c')).ok, true);
  assert.equal(compiled(bytes('c()\n'), known('d')).ok, false);
});

test('texts that are no UTF-8 are told apart by their bytes', () => {
  const of = (byte: number) => compiled(Uint8Array.of(...bytes('# '), byte, ...bytes('\n')), known());
  assert.notEqual(of(0xfe), of(0xff));
});

test('texts that were not asked for in a long time are forgotten', () => {
  const first = compiled(bytes('x = 0\n'), known());
  for (let n = 1; n <= 200; n++) compiled(bytes(`x = ${n}\n`), known());
  assert.notEqual(compiled(bytes('x = 0\n'), known()), first);
});
