import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageMatcher } from '../../../stdlib/model/image-match.ts';

const find = imageMatcher([
  { ref: 'shop/web' },
  { ref: 'shop/api:blue', matchExact: true },
  { ref: 'shop/api:green', matchExact: true },
]);

for (const [reference, ref] of [
  ['shop/web', 'shop/web'],
  ['docker.io/shop/web:1', 'shop/web'],
  ['other.test/shop/web', undefined],
  ['shop/api:green', 'shop/api:green'],
  ['shop/api:blue', 'shop/api:blue'],
  ['shop/api', undefined],
  ['no reference', undefined],
] as const) {
  test(`the reference ${reference} means ${ref ?? 'no image'}`, () => assert.equal(find(reference)?.ref, ref));
}
