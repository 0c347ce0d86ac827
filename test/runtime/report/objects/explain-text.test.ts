import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExplainRequest, explainText } from '../../../../runtime/report/objects/explain-text.ts';

const SCHEMAS = {
  'dev.test.Meta': { type: 'object', properties: { name: { type: 'string', description: 'Its name.' } } },
};
const REQUEST: ExplainRequest = {
  group: 'test.dev',
  version: 'v1',
  kind: 'Lamp',
  schema: {
    type: 'object',
    description: `Gives light. ${'Its light is warm. '.repeat(5).trim()}`,
    properties: {
      metadata: { description: 'What all have.', allOf: [{ $ref: '#/components/schemas/dev.test.Meta' }] },
      spec: {
        type: 'object',
        properties: {
          since: { type: 'string', format: 'date-time' },
          bulbs: { type: 'array', items: { type: 'object', properties: { watts: { type: 'integer' } } } },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  },
  schemas: SCHEMAS,
  path: [],
  isRecursive: false,
};

function explained(more: Partial<ExplainRequest>) {
  return explainText({ ...REQUEST, ...more });
}

test('a kind is explained with its fields, in the form of kubectl', () => {
  assert.deepEqual(explained({}), {
    ok: true,
    text: `GROUP:      test.dev
KIND:       Lamp
VERSION:    v1

DESCRIPTION:
    Gives light. Its light is warm. Its light is warm. Its light is warm. Its
    light is warm. Its light is warm.

FIELDS:
  metadata\t<Meta>
    What all have.

  spec\t<Object>
    <no description>

`,
  });
});

test('a field is explained with its type, also one behind a reference or in a list', () => {
  const bulbs = explained({ path: ['spec', 'bulbs'] });
  assert.match(
    bulbs.ok ? bulbs.text : '',
    /\nFIELD: bulbs <\[\]Object>\n\nDESCRIPTION:\n {4}<no.*\n\nFIELDS:\n {2}watts\t<integer>\n/,
  );
  const name = explained({ path: ['metadata', 'name'] });
  assert.match(name.ok ? name.text : '', /\nFIELD: name <string>\n\nDESCRIPTION:\n {4}Its name\.\n\n$/);
});

test('all fields of fields, without their descriptions', () => {
  const all = explained({ isRecursive: true });
  assert.match(
    all.ok ? all.text : '',
    /FIELDS:\n {2}metadata\t<Meta>\n {4}name\t<string>\n {2}spec\t<Object>\n {4}bulbs\t<\[\]Object>\n {6}watts\t<integer>\n {4}labels\t<map\[string\]string>\n {4}since\t<Time>\n\n$/,
  );
});

test('a field that does not exist is told with those that do', () => {
  assert.deepEqual(explained({ path: ['spec', 'bulb'] }), {
    ok: false,
    message: 'field "bulb" does not exist: Lamp.spec has since, bulbs, labels',
  });
  assert.deepEqual(explained({ path: ['spec', 'since', 'year'] }), {
    ok: false,
    message: 'field "year" does not exist: Lamp.spec.since has no fields',
  });
});
