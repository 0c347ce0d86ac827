import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalQuantity } from '../../../stdlib/kubernetes/quantity.ts';

for (const [text, canonical] of [
  ['0.5', '500m'],
  ['1', '1'],
  ['2000m', '2'],
  ['1500m', '1500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Mi', '512Ki'],
  ['1500M', '1500M'],
  ['2000000000', '2G'],
  ['2e9', '2e9'],
  ['1e4', '10e3'],
  ['1E', '1E'],
  ['100n', '100n'],
  ['0.0000000001', '1n'],
  ['0Gi', '0'],
  ['-1024Ki', '-1Mi'],
  ['+5', '5'],
  ['.5', '500m'],
  ['5.', '5'],
] as const) {
  test(`the quantity ${text} is written ${canonical}`, () => assert.equal(canonicalQuantity(text), canonical));
}

for (const text of ['', '1 Gi', 'Gi', '1gi', '1KB', '0x10', '1e', '--1', '1e999999999']) {
  test(`"${text}" is no quantity`, () => assert.equal(canonicalQuantity(text), undefined));
}
