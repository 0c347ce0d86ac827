import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiObject, ObjectGroup } from '../../../../runtime/report/objects/api-object.ts';
import { objectText } from '../../../../runtime/report/objects/object-text.ts';
import { parseFormat } from '../../../../runtime/report/objects/output-format.ts';

const object = (kind: string, name: string): ApiObject => ({
  apiVersion: 'tilt.dev/v1alpha1',
  kind,
  metadata: { name, creationTimestamp: '2026-01-01T10:00:00Z' },
});
const resources: ObjectGroup = {
  resource: 'uiresources',
  singular: 'uiresource',
  group: 'tilt.dev',
  objects: [object('UIResource', 'web'), object('UIResource', 'a-long-name')],
};
const sessions: ObjectGroup = {
  resource: 'sessions',
  singular: 'session',
  group: 'tilt.dev',
  objects: [object('Session', 'Tiltfile')],
};

function print(groups: readonly ObjectGroup[], output?: string, isSingle = false): string {
  const parsed = parseFormat(output, (path) =>
    path === 'columns' ? { text: 'NAME KIND\n.metadata.name .kind\n' } : { problem: `Cannot read "${path}"` },
  );
  if (!parsed.ok) return parsed.message;
  const text = objectText(groups, parsed.format, {
    isSingle,
    yaml: (value) => `yaml of ${JSON.stringify(value).length}`,
  });
  return text.ok ? text.text : text.message;
}

test('objects are printed as tables, one for each kind', () => {
  assert.equal(
    print([resources]),
    `NAME          CREATED AT
web           2026-01-01T10:00:00Z
a-long-name   2026-01-01T10:00:00Z
`,
  );
  assert.equal(
    print([resources, sessions]),
    `NAME                              CREATED AT
uiresource.tilt.dev/web           2026-01-01T10:00:00Z
uiresource.tilt.dev/a-long-name   2026-01-01T10:00:00Z

NAME                        CREATED AT
session.tilt.dev/Tiltfile   2026-01-01T10:00:00Z
`,
  );
});

test('names, JSON, paths and columns of objects', () => {
  assert.equal(print([resources], 'name'), 'uiresource.tilt.dev/web\nuiresource.tilt.dev/a-long-name\n');
  assert.deepEqual(JSON.parse(print([sessions], 'json', true)), object('Session', 'Tiltfile'));
  assert.match(print([sessions], 'json', true), /^\{\n {4}"apiVersion"/);
  const list = JSON.parse(print([resources], 'json'));
  assert.deepEqual([list.kind, list.items.length, list.metadata], ['List', 2, { resourceVersion: '' }]);
  assert.match(print([sessions], 'yaml', true), /^yaml of /);
  assert.equal(print([sessions], 'jsonpath={.metadata.name}', true), 'Tiltfile');
  assert.equal(print([resources], 'jsonpath={.items[*].metadata.name}'), 'web a-long-name');
  assert.equal(
    print([resources], 'custom-columns=N:.metadata.name,X:.status.x'),
    'N             X\nweb           <none>\na-long-name   <none>\n',
  );
  assert.equal(print([sessions], 'custom-columns-file=columns'), 'NAME       KIND\nTiltfile   Session\n');
});

test('a form that is not known is refused with those that are', () => {
  assert.match(print([resources], 'xml'), /^Cannot print objects as "xml": there are json, yaml, name/);
  assert.match(print([resources], 'go-template={{.}}'), /Go's templates are not known/);
  assert.match(print([resources], 'custom-columns=N'), /Cannot read the column "N"/);
  assert.equal(print([resources], 'jsonpath-file=none'), 'Cannot read "none"');
  assert.match(print([resources], 'jsonpath={.a'), /unclosed action/);
});
