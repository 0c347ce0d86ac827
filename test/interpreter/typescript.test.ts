import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { SWC_VERSION, stripTypes } from '../../interpreter/typescript.ts';

const { XDG_CACHE_HOME: before } = process.env;
const folders: string[] = [];
let cache = '';

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'tilt-ts-cache-'));
  folders.push(cache);
  process.env.XDG_CACHE_HOME = cache;
});

after(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('types are taken away and everything else stays at its place', () => {
  const source = `import { type A, b } from './b.ts';\nconst 日本: Array<string> = ['😀'] as const;\nexport class C<T> { private x?: T; f(this: C<T>, y: T): asserts y is T {} }\n`;
  const stripped = stripTypes(source, '/x.ts');
  assert.ok(stripped.ok);
  const lines = stripped.code.split('\n');
  source.split('\n').forEach((line, index) => {
    for (const word of ['import', 'b }', "['😀']", 'export class C', 'f(']) {
      if (line.includes(word)) assert.equal(lines[index]?.indexOf(word), line.indexOf(word), word);
    }
  });
});

test('what cannot be taken away is refused at its place', () => {
  const refused: [source: string, message: RegExp, line: number, column: number][] = [
    ['const a = 1;\n  enum X { A }', /^TypeScript enum is not supported in strip-only mode \(/, 2, 3],
    ['class A {\n  constructor(private x: number) {}\n}', /parameter property/, 2, 23],
    ['namespace N { export const x = 1; }', /namespace/, 1, 1],
    ['const s = "日本😀"; let y: Foo<string = 3;', /^SyntaxError: /, 1, 37],
  ];
  for (const [source, message, line, column] of refused) {
    const result = stripTypes(source, '/x.ts');
    assert.ok(!result.ok);
    assert.match(result.message, message);
    assert.deepEqual(result.position, { file: '/x.ts', line, column });
  }
});

test('results are kept by content, and found again', () => {
  const source = 'export const x: number = 1;';
  const first = stripTypes(source, '/a.ts');
  const folder = join(cache, 'tilt-ts', 'types');
  const [name, ...others] = readdirSync(folder);
  assert.ok(name !== undefined && others.length === 0);
  assert.ok(first.ok);
  const kept = readFileSync(join(folder, name), 'utf8');
  assert.ok(kept.endsWith(first.code));
  writeFileSync(join(folder, name), kept.replace(first.code, 'from the cache'));
  assert.deepEqual(stripTypes(source, '/other.ts'), { ok: true, code: 'from the cache' });
  writeFileSync(join(folder, name), 'what is for another text');
  assert.deepEqual(stripTypes(source, '/a.ts'), first);
  assert.ok(stripTypes(`${source}\n`, '/a.ts').ok);
  assert.equal(readdirSync(folder).length, 2);
});

test('a cache folder that cannot be used does no harm', () => {
  writeFileSync(join(cache, 'tilt-ts'), 'a file where the folder should be');
  assert.ok(stripTypes('let a: 1;', '/a.ts').ok);
  rmSync(join(cache, 'tilt-ts'));
  chmodSync(cache, 0o500);
  assert.ok(stripTypes('let b: 1;', '/a.ts').ok);
  chmodSync(cache, 0o700);
  process.env.XDG_CACHE_HOME = '/dev/null';
  assert.ok(stripTypes('let c: 1;', '/a.ts').ok);
});

test('the cache does not grow without end', () => {
  const folder = join(cache, 'tilt-ts', 'types');
  stripTypes('let a: 0;', '/a.ts');
  for (let i = 0; i < 600; i++) writeFileSync(join(folder, `old-${i}`), '');
  stripTypes('let a: 1;', '/a.ts');
  assert.ok(readdirSync(folder).length <= 301);
});

test('the version in the keys of the cache is that of the package', () => {
  const require = createRequire(import.meta.url);
  const path = join(dirname(require.resolve('@swc/wasm-typescript')), 'package.json');
  assert.equal((JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version, SWC_VERSION);
});
