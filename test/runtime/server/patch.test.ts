import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patched } from '../../../runtime/server/patch.ts';
import { Refused } from '../../../runtime/server/status.ts';

const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';

test('a merge patch sets, adds and takes away', () => {
  const before = { a: { b: 1, c: 2 }, list: [1, 2] };
  assert.deepEqual(patched(before, { a: { b: null, d: 3 }, list: [9] }, MERGE), { a: { c: 2, d: 3 }, list: [9] });
  assert.deepEqual(before, { a: { b: 1, c: 2 }, list: [1, 2] });
});

test('a JSON patch does each of its operations', () => {
  const before = { a: { 'x/y': 1 }, list: ['one', 'two'] };
  const operations = [
    { op: 'test', path: '/a/x~1y', value: 1 },
    { op: 'add', path: '/list/1', value: 'between' },
    { op: 'add', path: '/list/-', value: 'last' },
    { op: 'remove', path: '/list/0' },
    { op: 'replace', path: '/a/x~1y', value: 2 },
    { op: 'copy', from: '/a', path: '/b' },
    { op: 'move', from: '/list/0', path: '/first' },
  ];
  assert.deepEqual(patched(before, operations, JSON_PATCH), {
    a: { 'x/y': 2 },
    b: { 'x/y': 2 },
    list: ['two', 'last'],
    first: 'between',
  });
  assert.deepEqual(before.list, ['one', 'two']);
});

test('a patch that does not fit is refused', () => {
  const refused = (code: number) => (error: unknown) => error instanceof Refused && error.status.code === code;
  assert.throws(() => patched({}, [{ op: 'remove', path: '/a' }], JSON_PATCH), refused(422));
  assert.throws(() => patched({ l: [] }, [{ op: 'add', path: '/l/1', value: 1 }], JSON_PATCH), refused(422));
  assert.throws(() => patched({ a: 1 }, [{ op: 'test', path: '/a', value: 2 }], JSON_PATCH), refused(422));
  assert.throws(() => patched({}, [{ op: 'shuffle', path: '/a' }], JSON_PATCH), refused(400));
  assert.throws(() => patched({}, {}, 'text/plain'), refused(415));
});

test('a patch cannot reach what all objects share', () => {
  const path = '/__proto__/polluted';
  assert.throws(() => patched({}, [{ op: 'add', path, value: true }], JSON_PATCH), Refused);
  const result = patched({}, JSON.parse('{"__proto__": {"polluted": true}}'), MERGE) as Record<string, unknown>;
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.equal(Object.hasOwn(result, 'polluted'), false);
});
