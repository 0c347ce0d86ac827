import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtins } from '../../../stdlib/builtins/all.ts';
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
      name: required(string, ''),
      count: optional(int, ''),
      loud: withDefault(bool, false, ''),
      late: withDefault(bool, false, ''),
      env: optional(stringMap, ''),
      never: withDefault(bool, false, ''),
    },
    returns: 'void',
    run: () => undefined,
  });
  assert.deepEqual(signatures(sample), [
    'function sample(name: string, options?: ToolsSampleOptions): void;',
    'function sample(name: string, count: number, options?: ToolsSampleOptions): void;',
    'function sample(name: string, count: number, loud: boolean, options?: ToolsSampleOptions): void;',
    'function sample(name: string, count?: number, loud?: boolean, late?: boolean): void;',
    'function sample(options: { name: string } & ToolsSampleOptions): void;',
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

test('editors accept right calls and mark wrong ones', () => {
  const project = path.join(root, 'test/stdlib/reference/fixtures');
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
