import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectGroup } from '../../../../runtime/report/objects/api-object.ts';
import { objectTables, sortedBy } from '../../../../runtime/report/objects/object-table.ts';

function group(...objects: readonly (readonly [string, number, Readonly<Record<string, string>>?])[]): ObjectGroup {
  return {
    resource: 'lamps',
    singular: 'lamp',
    group: 'test.dev',
    objects: objects.map(([name, watts, labels]) => ({
      apiVersion: 'test.dev/v1',
      kind: 'Lamp',
      metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z', ...(labels === undefined ? {} : { labels }) },
      spec: { watts, name },
    })),
  };
}

const LAMPS = group(['big', 100, { room: 'hall', 'a.b/floor': '1' }], ['small', 9], ['mid', 40, { room: 'bath' }]);

test('tables without headers, with labels, and with columns of labels', () => {
  assert.equal(
    objectTables([LAMPS], { headers: false }),
    'big     2026-01-01T00:00:00Z\nsmall   2026-01-01T00:00:00Z\nmid     2026-01-01T00:00:00Z\n',
  );
  assert.equal(
    objectTables([LAMPS], { showLabels: true, labelColumns: ['room', 'a.b/floor'] }),
    `NAME    CREATED AT             ROOM   FLOOR   LABELS
big     2026-01-01T00:00:00Z   hall   1       a.b/floor=1,room=hall
small   2026-01-01T00:00:00Z                  <none>
mid     2026-01-01T00:00:00Z   bath           room=bath
`,
  );
});

test('objects in the order of what a path finds: numbers by size, text by letters', () => {
  const names = (path: string) => {
    const sorted = sortedBy([LAMPS], path);
    assert.ok(sorted.ok);
    return sorted.groups[0]?.objects.map(({ metadata }) => metadata.name);
  };
  assert.deepEqual(names('.spec.watts'), ['small', 'mid', 'big']);
  assert.deepEqual(names('{.metadata.name}'), ['big', 'mid', 'small']);
  assert.equal(sortedBy([LAMPS], '.spec[').ok, false);
});
