import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtins } from '../../../stdlib/builtins/all.ts';
import { helpers } from '../../../stdlib/reference/helpers.ts';
import { pages } from '../../../stdlib/reference/pages.ts';
import { signatures } from '../../../stdlib/reference/signature.ts';
import { builtin } from '../../../stdlib/schema/builtin.ts';
import { stringMap } from '../../../stdlib/schema/collection-types.ts';
import { optional, required, withDefault } from '../../../stdlib/schema/parameter.ts';
import { bool, int, string } from '../../../stdlib/schema/scalar-types.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the generated files say what the schemas say', () => {
  for (const { path: file, text } of pages) {
    test(file, () => {
      const there = readFileSync(path.join(root, file), 'utf8');
      assert.equal(there, text, `"${file}" is not up to date: run node --import tsx stdlib/reference/write.ts`);
    });
  }
});

test('each way to call a builtin has a declaration', () => {
  const sample = builtin({
    name: 'tools.sample',
    doc: '',
    parameters: {
      name: required(string, 'Its name.'),
      count: optional(int, 'How many.'),
      loud: withDefault(bool, false, ''),
      late: withDefault(bool, false, ''),
      env: optional(stringMap, ''),
      never: withDefault(bool, false, ''),
    },
    returns: 'void',
    run: () => undefined,
  });
  assert.deepEqual(
    signatures(sample).map(({ text }) => text),
    [
      'function sample(options: { /** Its name. */ name: string } & ToolsSampleOptions): void;',
      'function sample(name: string, count?: number, loud?: boolean, late?: boolean): void;',
      'function sample(name: string, count: number, loud: boolean, options?: ToolsSampleOptions): void;',
      'function sample(name: string, count: number, options?: ToolsSampleOptions): void;',
      'function sample(name: string, options?: ToolsSampleOptions): void;',
    ],
  );
  assert.deepEqual(signatures(sample).at(-2)?.parameters, [
    ['name', 'Its name.'],
    ['count', 'How many.'],
    ['options', 'What else is to be said, by name.'],
  ]);
});

test('every builtin and every parameter is described', () => {
  for (const { name, doc, parameters, rest } of builtins) {
    assert.match(doc, /^[A-Z`].*\.$/s, `the doc of ${name} is no sentence`);
    for (const [parameter, { doc: words }] of Object.entries(parameters)) {
      assert.notEqual(words, '', `${name} does not describe "${parameter}"`);
    }
    assert.notEqual(rest?.doc, '', `${name} does not describe its rest`);
  }
});

/** What stands between the outer parentheses of a declaration, without what is inside of types. */
function parameterList(text: string): string {
  let inner = text.slice(text.indexOf('(') + 1);
  for (let before = ''; before !== inner; ) {
    before = inner;
    inner = inner.replace(/\/\*.*?\*\/|\([^()]*\)|\{[^{}]*\}|<[^<>]*[^<>=]>/g, '');
  }
  return inner.slice(0, inner.indexOf(')'));
}

test('every parameter that a declaration names is described', () => {
  for (const one of builtins) {
    for (const { text, parameters } of signatures(one)) {
      const head = parameterList(text);
      const named = [...head.matchAll(/(?:^|, *|\.\.\.)(\w+)\??:/g)].map(([, name]) => name);
      assert.deepEqual(
        parameters.map(([name]) => name),
        named,
        text,
      );
      for (const [name, doc] of parameters) assert.notEqual(doc, '', `${one.name}: ${name}`);
    }
  }
});

test('nothing is of type any, but what a caller may say more of', () => {
  const [declarations] = pages;
  const types = declarations?.text.split('\n').filter((line) => !/^ *(\/\*)?\*/.test(line)) ?? [];
  // What Starlark does for values of any type takes any.
  const isHelper = (line: string) => Object.hasOwn(helpers, /export function (\w+)[(<]/.exec(line)?.[1] ?? '');
  const wrong = types.filter(
    (line) => !isHelper(line) && /\bany\b/.test(line.replace(/<T [^(]*>(?=\()/, '').replaceAll(/\/\*\*.*?\*\//g, '')),
  );
  assert.deepEqual(wrong, []);
});
