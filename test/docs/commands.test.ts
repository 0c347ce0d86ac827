import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeProject, runProgram } from '../support/program.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test('the README names every command that there is, and no other', async (t) => {
  const { stdout } = await runProgram(t, ['--help'], { cwd: makeProject(t, {}) });
  const there = new Set([...stdout.matchAll(/^ {2}([a-z][a-z-]*)[ \n]/gm)].map(([, name = '']) => name));
  there.delete('help');
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const lines = [...readme.matchAll(/^ {4}tilt-ts (.*)$/gm)].map(([, line = '']) => line.replace(/ {2,}.*/, ''));
  assert.ok(lines.length > 10, 'the README lists no commands');
  const parts = lines.flatMap((line) => line.replaceAll(/\[.*?\](?!\])/g, '').split(/ \| |; /));
  const named = new Set(parts.map((part) => part.trim().split(' ', 1)[0] ?? ''));
  assert.deepEqual(
    [...named].filter((name) => !there.has(name)),
    [],
  );
  assert.deepEqual(
    [...there].filter((name) => !named.has(name)),
    [],
  );
});
