import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonPathText, relaxedPath } from '../../../../runtime/report/objects/json-path-text.ts';

const OBJECT = {
  kind: 'List',
  items: [
    { metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'w' } }, ports: [80, 443, 8080], on: true, n: 3 },
    { metadata: { name: 'db', labels: {} }, ports: [5432], on: false, n: 11 },
  ],
};

const TEMPLATES: readonly (readonly [template: string, text: string])[] = [
  ['{.kind}', 'List'],
  ['{$.kind}', 'List'],
  ['kind: {.kind}!', 'kind: List!'],
  ['{.items[0].metadata.name}', 'web'],
  ['{.items[-1].metadata.name}', 'db'],
  ['{.items[*].metadata.name}', 'web db'],
  ["{.items[*]['metadata']['name']}", 'web db'],
  ['{..name}', 'web db'],
  ['{.items[0].ports[0:2]}', '80 443'],
  ['{.items[0].ports[1:]}', '443 8080'],
  ['{.items[0].ports[::2]}', '80 8080'],
  ['{.items[0].ports[0,2]}', '80 8080'],
  ['{.items[0].metadata.labels.app\\.kubernetes\\.io/name}', 'w'],
  ["{.items[0].metadata.labels['app\\.kubernetes\\.io/name']}", 'w'],
  ['{range .items[*]}{.metadata.name}{"\\t"}{.ports[0]}{"\\n"}{end}', 'web\t80\ndb\t5432\n'],
  ['{.items[?(@.metadata.name=="db")].ports[0]}', '5432'],
  ['{.items[?(@.metadata.name != "db")].metadata.name}', 'web'],
  ['{.items[?(@.n > 5)].metadata.name}', 'db'],
  ['{.items[?(@.n <= 3)].metadata.name}', 'web'],
  ['{.items[?(@.on==true)].metadata.name}', 'web'],
  ['{.items[?(@.missing)].metadata.name}', ''],
  ['{.items[0].ports}', '[80,443,8080]'],
  ['{.items[0].on} {.items[0].n}', 'true 3'],
  ['{.missing.more}', ''],
  ['{.kind}{" "}{.items[0].metadata.name}', 'List web'],
];

test('a template is rendered as kubectl renders it', () => {
  for (const [template, text] of TEMPLATES)
    assert.deepEqual(jsonPathText(template, OBJECT), { ok: true, text }, template);
});

test('what is wrong with a template is told', () => {
  const message = (template: string) => {
    const text = jsonPathText(template, OBJECT);
    return text.ok ? undefined : text.message;
  };
  assert.equal(message('{.a'), 'Cannot read the JSONPath {.a: unclosed action');
  assert.equal(message('x{end}'), 'Cannot print the JSONPath x{end}: not in range, nothing to end');
});

test('a path needs no braces', () => {
  assert.equal(relaxedPath('items[0].metadata.name'), '{.items[0].metadata.name}');
  assert.equal(relaxedPath('.items[*].n'), '{.items[*].n}');
  assert.equal(relaxedPath('{.kind}'), '{.kind}');
});
