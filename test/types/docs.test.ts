import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { tsc } from './checkers.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Pages whose pieces of code are checked elsewhere, as files that import each other. */
const APART = ['docs/extensions.md'];

test('the Tiltfiles in the README and in docs/ are right', (t) => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-docs-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => path.join('docs', name))];
  let count = 0;
  for (const page of pages.filter((name) => name.endsWith('.md') && !APART.includes(name))) {
    for (const [, code = ''] of readFileSync(path.join(root, page), 'utf8').matchAll(/^```[tj]s\n([\s\S]*?)^```$/gm)) {
      writeFileSync(path.join(folder, `${path.basename(page, '.md')}-${++count}.ts`), code);
    }
  }
  assert.ok(count >= 3, `only ${count} pieces of code`);
  const config = {
    extends: path.join(root, 'test/types/fixtures/tsconfig.json'),
    include: ['*.ts', path.join(root, 'stdlib/*.d.ts')],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { errors, output } = tsc(['-p', '.'], folder);
  assert.deepEqual(errors, [], output);
});
