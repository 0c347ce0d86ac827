import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Places } from '../../../../interpreter/starlark/syntax/position.ts';
import { decodeSource } from '../../../../interpreter/starlark/syntax/source.ts';

const decode = (...bytes: number[]) => decodeSource(Uint8Array.from(bytes));

test('each byte that is no UTF-8 is a character of its own', () => {
  assert.equal(decode(0x61, 0xff, 0x62), 'a\ufffdb');
  assert.equal(decode(0xe2, 0x82), '\ufffd\ufffd', 'cut off');
  assert.equal(decode(0xc0, 0x80), '\ufffd\ufffd', 'longer than need be');
  assert.equal(decode(0xed, 0xa0, 0x80), '\ufffd\ufffd\ufffd', 'half of a pair');
  assert.equal(decode(0xf4, 0x90, 0x80, 0x80), '\ufffd\ufffd\ufffd\ufffd', 'above all characters');
  assert.equal(decode(0xff, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80), '\ufffd€😀');
  assert.equal(decode(0xef, 0xbb, 0xbf, 0x61), '\ufeffa', 'a byte order mark stays');
});

test('text that is UTF-8 is read as it is, also beside a byte that is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = new TextEncoder().encode(text);
      assert.equal(decodeSource(bytes), text);
      assert.equal(decodeSource(Uint8Array.from([0xff, ...bytes, 0x80])), `\ufffd${text}\ufffd`);
    }),
  );
});

test('places count lines and characters from 1', () => {
  const places = new Places('a\nb\r\nc\rd😀e\n');
  const at = (offset: number) => {
    const { line, column } = places.of(offset);
    return `${line}:${column}`;
  };
  assert.deepEqual([0, 1, 2, 5, 7, 8, 10, 11, 12].map(at), [
    '1:1',
    '1:2',
    '2:1',
    '3:1',
    '4:1',
    '4:2',
    '4:3',
    '4:4',
    '5:1',
  ]);
});
