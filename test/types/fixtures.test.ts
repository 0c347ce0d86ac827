import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { skipWithout } from '../support/testbed.ts';
import { denoCheck, tsc, type Verdict } from './checkers.ts';

// Right and wrong Tiltfiles as editors see them: `// error: …` marks each line that must be red, and no other may be.
const fixtures = path.join(import.meta.dirname, 'fixtures');
const samples = path.join(import.meta.dirname, '../../samples');
const files = [
  ...['right', 'wrong'].flatMap((folder) =>
    readdirSync(path.join(fixtures, folder)).map((name) => path.join(fixtures, folder, name)),
  ),
  ...readdirSync(samples)
    .map((name) => path.join(samples, name, 'Tiltfile.ts'))
    .filter((file) => existsSync(file)),
].sort();

function markedLines(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.includes('// error: ') ? [`${file}:${index + 1}`] : []));
}

function check(check: () => Verdict) {
  let verdict: Verdict | undefined;
  for (const file of files) {
    test(path.relative(path.join(fixtures, '../../..'), file), () => {
      verdict ??= check();
      const found = verdict.errors.filter((place) => place.startsWith(`${file}:`));
      assert.deepEqual(found, [...markedLines(file)].sort(), verdict.output);
      assert.equal(found.length > 0, file.includes('/wrong/'), 'a wrong file marks errors, a right one has none');
    });
  }
  test('nothing else is red', () => {
    verdict ??= check();
    assert.deepEqual(
      verdict.errors.filter((place) => !files.some((file) => place.startsWith(`${file}:`))),
      [],
      verdict.output,
    );
  });
}

describe('tsc', () => check(() => tsc(['-p', fixtures], fixtures)));

describe('deno check', { skip: skipWithout('deno') }, () =>
  check(() => denoCheck(['--config', path.join(fixtures, 'deno.json'), ...files], fixtures)),
);

test('there are right and wrong ones, and samples', () => {
  for (const kind of ['/right/', '/wrong/', '/samples/'])
    assert.ok(
      files.some((file) => file.includes(kind)),
      kind,
    );
});
