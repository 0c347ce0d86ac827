import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, managedFields, updated, writtenManagers } from '../../../runtime/server/field-managers.ts';
import type { Content } from '../../../runtime/server/field-sets.ts';
import type { FieldManager } from '../../../runtime/state/api-state.ts';

const NONE: readonly FieldManager[] = [];
const data = (values: Readonly<Record<string, unknown>>): Content => ({ metadata: {}, data: values });
const by = (manager: string, at = 1) => ({ manager, at });

function good(result: ReturnType<typeof applied>) {
  assert.ok(result.ok, JSON.stringify(result));
  return result;
}

/** Which fields of `data` each owns. */
function owners(managers: readonly FieldManager[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    managers.map(({ manager, fields }) => [manager, fields.map((path) => JSON.parse(path).at(-1)).join(',')]),
  );
}

test('what a manager applies no more goes, unless another one owns it, too', () => {
  const first = good(applied(data({}), NONE, data({ a: '1', b: '2', c: '3' }), by('one'), false));
  assert.deepEqual(first.object, data({ a: '1', b: '2', c: '3' }));
  const shared = good(applied(first.object, first.managers, data({ b: '2' }), by('two'), false));
  const less = good(applied(shared.object, shared.managers, data({ a: '1' }), by('one'), false));
  assert.deepEqual(less.object, data({ a: '1', b: '2' }));
  assert.deepEqual(owners(less.managers), { two: 'b', one: 'a' });
  const nothing = good(applied(less.object, less.managers, data({}), by('one'), false));
  assert.deepEqual(owners(nothing.managers), { two: 'b' });
});

test('another value of a field of somebody else is a conflict, unless it is forced; the same value is shared', () => {
  const live = data({ a: '1', b: '1' });
  const managers = updated(undefined, NONE, live, by('editor'));
  const result = applied(live, managers, data({ a: '2', b: '1', c: '1' }), by('me'), false);
  assert.equal(result.ok, false);
  assert.deepEqual(!result.ok && result.conflicts.map(({ manager, path }) => [manager.manager, path]), [
    ['editor', '["data","a"]'],
  ]);
  const forced = good(applied(live, managers, data({ a: '2', b: '1', c: '1' }), by('me'), true));
  assert.deepEqual(forced.object, data({ a: '2', b: '1', c: '1' }));
  assert.deepEqual(owners(forced.managers), { editor: 'b', me: 'a,b,c' });
});

test('lists and records without fields belong to one as a whole, names of any kind are names', () => {
  const spec = { args: ['a', 'b'], env: {}, probe: { exec: { command: ['x'] } } };
  const config: Content = { metadata: { labels: { 'a.b/c': '1', __proto__x: '2' } }, spec };
  const { object, managers } = good(applied({ metadata: {} }, NONE, config, by('me'), false));
  assert.deepEqual(JSON.parse(JSON.stringify(object)), config);
  assert.deepEqual(managedFields(managers)[0]?.fieldsV1, {
    'f:metadata': { 'f:labels': { 'f:a.b/c': {}, 'f:__proto__x': {} } },
    'f:spec': { 'f:args': {}, 'f:env': {}, 'f:probe': { 'f:exec': { 'f:command': {} } } },
  });
  assert.deepEqual(
    writtenManagers(managedFields(managers), 0)?.map(({ fields }) => fields),
    managers.map(({ fields }) => fields),
  );
  const polluting = JSON.parse('{"metadata":{},"data":{"__proto__":"x"}}') as Content;
  good(applied(data({ a: '1' }), NONE, polluting, by('me'), false));
  assert.equal(({} as { x?: string }).x, undefined);
});

test('an apply that changes nothing leaves everything as it was, its time too', () => {
  const first = good(applied(data({}), NONE, data({ a: '1' }), by('me', 1000), false));
  const again = good(applied(first.object, first.managers, data({ a: '1' }), by('me', 2000), false));
  assert.equal(again.managers[0]?.at, 1000);
});

test('other writes own what they change, and take it from those who had it', () => {
  const first = good(applied(data({}), NONE, data({ a: '1', b: '1' }), by('me'), false));
  const changed = updated(first.object, first.managers, data({ a: '2', b: '1' }), by('editor'));
  assert.deepEqual(owners(changed), { me: 'b', editor: 'a' });
  const removed = updated(data({ a: '2', b: '1' }), changed, data({ b: '1' }), by('editor'));
  assert.deepEqual(owners(removed), { me: 'b' });
});
