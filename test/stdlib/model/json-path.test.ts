import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValues, withValueAt } from '../../../stdlib/model/json-path.ts';
import { parseJsonPath } from '../../../stdlib/model/json-path-parse.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';

const SHOP: Json = {
  spec: {
    image: 'a',
    parts: [
      { name: 'x', image: 'b', weight: 3, isBuilt: true },
      { name: 'y', image: 'c', weight: 1, isBuilt: false },
      { name: 'z', image: 'd', weight: 2.5, isBuilt: true },
    ],
    'dotted.key': { image: 'e' },
    empty: null,
  },
};

function found(path: string, root: Json = SHOP): readonly Json[] | string {
  const parsed = parseJsonPath(path);
  if (!parsed.ok) return parsed.message;
  const values = findValues(root, parsed.nodes);
  return values.ok ? values.values.map(({ value }) => value) : values.message;
}

for (const [path, values] of [
  ['{.spec.image}', ['a']],
  ['{$.spec.image}', ['a']],
  ['{ .spec .image }', ['a']],
  ['{.spec.parts[0].image}', ['b']],
  ['{.spec.parts[-1].image}', ['d']],
  ['{.spec.parts[*].image}', ['b', 'c', 'd']],
  ['{.spec.parts.*.image}', ['b', 'c', 'd']],
  ['{.spec.parts[1:].image}', ['c', 'd']],
  ['{.spec.parts[:2].image}', ['b', 'c']],
  ['{.spec.parts[:-1].image}', ['b', 'c']],
  ['{.spec.parts[::2].image}', ['b', 'd']],
  ['{.spec.parts[1:1].image}', []],
  ['{.spec.parts[0,2].image}', ['b', 'd']],
  ["{.spec['image']}", ['a']],
  ["{.spec.parts[0]['name','image']}", ['x', 'b']],
  ['{.spec.dotted\\.key.image}', ['e']],
  ["{.spec['dotted\\.key'].image}", ['e']],
  ['{..image}', ['a', 'b', 'c', 'd', 'e']],
  ['{.spec.parts[?(@.name=="y")].image}', ['c']],
  ["{.spec.parts[?(@.name != 'y')].image}", ['b', 'd']],
  ['{.spec.parts[?(@.isBuilt==true)].image}', ['b', 'd']],
  ['{.spec.parts[?(@.name>"x")].image}', ['c', 'd']],
  ['{.spec.parts[?(@.image)].name}', ['x', 'y', 'z']],
  ['{.spec.parts[?(@.nosuch)].name}', []],
  ['{.spec.empty.image}', 'image is not found'],
  ['{.spec.image}{.spec.parts[0].image}', ['a', 'b']],
  ['{range .spec.parts[*]}{.image}{.name}{end}', ['b', 'x', 'c', 'y', 'd', 'z']],
  ['{range .spec.parts[0:2]}{.image}{end}{.spec.image}', ['b', 'c', 'a']],
  // Without braces it is text.
  ['spec.image', ['spec.image']],
  ['{"literal"}', ['literal']],
  ['{.nosuch}', 'nosuch is not found'],
  ['{.spec.parts.image}', 'image is not found'],
  ['{.spec.image[0]}', 'string is not array or slice'],
  ['{.spec[0]}', 'map[string]interface {} is not array or slice'],
  ['{.spec.parts[3]}', 'array index out of bounds: index 3, length 3'],
  ['{.spec.parts[1:9]}', 'array index out of bounds: index 8, length 3'],
  ['{.spec.parts[2:1]}', 'starting index 2 is greater than ending index 1'],
  ['{.spec.parts[::0]}', 'step must be > 0'],
  ['{.spec.parts[?(@.nosuch=="y")]}', 'nosuch is not found'],
  ['{.spec.parts[?(@.weight=="3")]}', 'incompatible types for comparison'],
  ['{.spec.parts[?(@.isBuilt<true)]}', 'invalid type for comparison'],
  ['{.spec.parts[?(@.name~="y")].image}', 'name~ is not found'],
  ['{end}', 'not in range, nothing to end'],
  ['{nosuch}', 'unrecognized identifier nosuch'],
  ['{.spec.image', 'unclosed action'],
  ['{.spec.parts[0', 'unterminated array'],
  ['{.spec.parts[x]}', 'invalid array index x'],
  ['{.spec.parts[?(@.a=="b")', 'unclosed array expect ]'],
  ['{.spec.parts[?(@.a', 'unterminated filter'],
  ['{"a}', 'unterminated quoted string'],
  ['{|}', "unrecognized character in action: U+007C '|'"],
  ['{1.2.3}', 'cannot parse number 1.2.3'],
] as const) {
  test(`the path ${path}`, () => assert.deepEqual(found(path), values));
}

test('values are replaced at their places, and the rest stays as it was', () => {
  const parsed = parseJsonPath('{.spec.parts[*].image}');
  assert.ok(parsed.ok);
  const values = findValues(SHOP, parsed.nodes);
  assert.ok(values.ok);
  let changed: Json = SHOP;
  for (const { place, value } of values.values) if (place) changed = withValueAt(changed, place, `${value}!`);
  assert.deepEqual(found('{..image}', changed), ['a', 'b!', 'c!', 'd!', 'e']);
  assert.deepEqual(found('{..image}'), ['a', 'b', 'c', 'd', 'e']);
});
