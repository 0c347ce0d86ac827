import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ScriptValue, Tagged } from '../../../interpreter/value.ts';
import { parseObjects } from '../../../stdlib/kubernetes/object-yaml.ts';
import { fakeWorld } from '../../support/fake-call.ts';
import { callBuiltin } from '../../support/tilt-builtins.ts';

const OBJECTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: blue, labels: {app: web, tier: front}}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: my-web}}
- {apiVersion: example.com/v1beta1, kind: Widget, metadata: {name: db}}
`;

/** The kinds and names on either side. */
function parts(yaml: ScriptValue, options: Record<string, ScriptValue> = {}): readonly (readonly string[])[] {
  const world = fakeWorld({ '/project/all.yaml': OBJECTS });
  const answer = callBuiltin('filter_yaml', [yaml, options], { world });
  assert.ok(Array.isArray(answer) && answer.length === 2);
  return answer.map((part) => {
    assert.ok(part instanceof Tagged && part.tag === 'Blob');
    const found = parseObjects(String(part.fields.text));
    assert.ok(found.ok);
    return found.bodies.map(({ kind, metadata }) => `${kind} ${(metadata as { name: string }).name}`);
  });
}

const all = ['Deployment web', 'Service web', 'ConfigMap my-web', 'Widget db'];
const without = (...left: readonly string[]) => all.filter((one) => !left.includes(one));

const cases: readonly (readonly [Record<string, ScriptValue>, readonly string[]])[] = [
  [{}, all],
  [{ name: 'WEB' }, without('Widget db')],
  [{ name: '^web$' }, ['Deployment web', 'Service web']],
  [{ kind: '^deployment$' }, ['Deployment web']],
  [{ kind: 'config|widget' }, ['ConfigMap my-web', 'Widget db']],
  [{ namespace: 'blue' }, ['Deployment web']],
  [{ namespace: '^default$' }, without('Deployment web')],
  [{ api_version: 'beta' }, ['Widget db']],
  [{ api_version: '^v1$', name: 'web', namespace: 'default' }, ['Service web', 'ConfigMap my-web']],
  [{ labels: { app: 'web' } }, ['Deployment web', 'Service web']],
  [{ labels: { app: 'web', tier: 'front' } }, ['Deployment web']],
  [{ labels: { app: 'web' }, kind: 'service' }, ['Service web']],
  [{ labels: {} }, all],
];

describe('objects are parted', () => {
  for (const [options, matching] of cases) {
    test(JSON.stringify(options), () => {
      const [found = [], rest = []] = parts('all.yaml', options);
      assert.deepEqual(found, matching);
      assert.deepEqual([...rest].sort(), without(...matching).sort());
    });
  }

  test('what fits all but the labels comes last in the rest', () => {
    assert.deepEqual(parts('all.yaml', { name: 'web', labels: { tier: 'front' } })[1], [
      'Widget db',
      'Service web',
      'ConfigMap my-web',
    ]);
  });
});

test('paths, blobs, objects and lists of them are parted; nothing is nothing', () => {
  const blob = new Tagged('Blob', { text: OBJECTS });
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } };
  assert.deepEqual(parts(blob)[0], all);
  assert.deepEqual(parts(['all.yaml', blob, object], { kind: 'secret' })[0], ['Secret s']);
  assert.deepEqual(parts(null), [[], []]);
  assert.deepEqual(parts([]), [[], []]);
});

test('what it answers is in the form of Kubernetes: quantities short, no status, no unknown fields', () => {
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: null },
    spec: { containers: [{ name: 'c', image: 'i', resources: { limits: { memory: '1024Mi' } }, speling: 1 }] },
    status: { phase: 'Running' },
  };
  const answer = callBuiltin('filter_yaml', [[body], { kind: 'pod' }]);
  assert.ok(Array.isArray(answer) && answer[0] instanceof Tagged);
  assert.equal(
    String(answer[0].fields.text),
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - image: i\n    name: c\n    resources:\n      limits:\n        memory: 1Gi\n',
  );
});

const wrong: readonly (readonly [ScriptValue[], string])[] = [
  [[], 'filter_yaml: missing argument for yaml'],
  [['gone.yaml'], 'error reading yaml file: open /project/gone.yaml: no such file or directory'],
  [['all.yaml', { labels: 'app=web' }], 'filter_yaml: for parameter "labels": expected dict, got starlark.String'],
  [['all.yaml', { name: ['web'] }], 'filter_yaml: for parameter "name": got list, want string'],
  [
    ['all.yaml', { kind: '*' }],
    'error parsing kind regexp: error parsing regexp: missing argument to repetition operator: `*`',
  ],
  [['all.yaml', { name: '(' }], 'error parsing name regexp: error parsing regexp: missing closing ): `(?i)(`'],
  [['all.yaml', { namespace: '[' }], 'error parsing namespace regexp: error parsing regexp: missing closing ]: `[`'],
  [
    ['all.yaml', { api_version: '\\y' }],
    'error parsing apiVersion regexp: error parsing regexp: invalid escape sequence: `\\y`',
  ],
  [['all.yaml', { lables: {} }], 'filter_yaml: unexpected keyword argument "lables" (did you mean labels?)'],
  [[1], 'expected path | string. Actual type: starlark.Int'],
];

describe('wrong calls', () => {
  for (const [args, message] of wrong) {
    test(message, () => {
      const world = fakeWorld({ '/project/all.yaml': OBJECTS });
      assert.throws(() => callBuiltin('filter_yaml', args, { world }), { name: 'Refusal', message });
    });
  }
});
