import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { changeLock, formatLock, parseLock, readLock } from '../../../stdlib/extensions/lock-file.ts';
import { makeProject } from '../../support/program.ts';

const one = '1'.repeat(40);
const two = '2'.repeat(40);

test('the file is sorted, and a line for each value', () => {
  const text = formatLock([
    { url: 'https://b.test/x', ref: '', commit: one },
    { url: 'https://a.test/x', ref: 'v2', commit: two },
    { url: 'https://a.test/x', ref: '', commit: one },
  ]);
  assert.equal(
    text,
    `{
  "version": 1,
  "repositories": [
    {
      "url": "https://a.test/x",
      "commit": "${one}"
    },
    {
      "url": "https://a.test/x",
      "ref": "v2",
      "commit": "${two}"
    },
    {
      "url": "https://b.test/x",
      "commit": "${one}"
    }
  ]
}
`,
  );
  const parsed = parseLock(text);
  assert.ok(parsed.ok);
  assert.equal(formatLock(parsed.pins), text);
});

test('what is wrong with a file is said', () => {
  const faults: [text: string, message: RegExp][] = [
    ['', /JSON/],
    ['[]', /^version undefined is not 1$/],
    ['null', /^version undefined is not 1$/],
    ['{"version": 2, "repositories": []}', /^version 2 is not 1$/],
    ['{"version": 1}', /^"repositories" is not a list$/],
    ['{"version": 1, "repositories": [null]}', /^repositories\[0\] is not/],
    [`{"version": 1, "repositories": [{"url": "x", "commit": "${one.slice(1)}"}]}`, /full commit hash$/],
    [`{"version": 1, "repositories": [{"url": "x", "commit": "../../../etc"}]}`, /full commit hash$/],
    [`<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n`, /^it has a merge conflict$/],
  ];
  for (const [text, message] of faults) {
    const parsed = parseLock(text);
    assert.ok(!parsed.ok, `${text} was read`);
    assert.match(parsed.message, message);
  }
});

test('a change keeps what others pinned meanwhile, and is written only if it changes something', (t) => {
  const file = path.join(makeProject(t, {}), 'tilt.lock');
  assert.deepEqual(readLock(file), { ok: true, pins: [] });
  assert.equal(changeLock(file, { set: [] }), undefined);
  assert.throws(() => statSync(file));
  assert.equal(changeLock(file, { set: [{ url: 'https://a.test', ref: '', commit: one }] }), undefined);
  assert.equal(changeLock(file, { set: [{ url: 'https://b.test', ref: 'v1', commit: one }] }), undefined);
  const { ino } = statSync(file);
  assert.equal(changeLock(file, { set: [{ url: 'https://b.test', ref: 'v1', commit: one }] }), undefined);
  assert.equal(statSync(file).ino, ino);
  assert.equal(
    changeLock(file, {
      set: [{ url: 'https://a.test', ref: '', commit: two }],
      remove: [{ url: 'https://b.test', ref: 'v1' }],
    }),
    undefined,
  );
  assert.equal(readFileSync(file, 'utf8'), formatLock([{ url: 'https://a.test', ref: '', commit: two }]));
  assert.deepEqual(readdirSync(path.dirname(file)), ['tilt.lock']);
});

test('a broken file is not replaced', (t) => {
  const file = path.join(makeProject(t, {}), 'tilt.lock');
  writeFileSync(file, '{');
  assert.match(changeLock(file, { set: [{ url: 'u', ref: '', commit: one }] }) ?? '', /JSON/);
  assert.equal(readFileSync(file, 'utf8'), '{');
});
