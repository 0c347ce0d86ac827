import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeText } from '../../../runtime/engine/cause-text.ts';
import { formatDuration } from '../../../runtime/engine/duration.ts';
import type { Cause } from '../../../runtime/state/cause.ts';

const files = (...paths: readonly string[]): Cause => ({ kind: 'files', paths });

const cases: readonly (readonly [readonly Cause[], string])[] = [
  [[{ kind: 'initial' }], 'Initial Build'],
  [[{ kind: 'initial' }, files('/p/a')], 'Initial Build'],
  [[files('/p/www/index.html')], '1 File Changed: [www/index.html]'],
  [[files('/p/a', '/elsewhere/b')], '2 Files Changed: [a /elsewhere/b]'],
  [[files('/p/a', '/p/b', '/p/c', '/p/d', '/p/e')], '5 Files Changed: [a b c d e]'],
  [[files('/p/a', '/p/b', '/p/c', '/p/d', '/p/e', '/p/f', '/p/g')], '7 Files Changed: [a b c d e … and 2 more]'],
  [[{ kind: 'config' }], 'Config Changed'],
  [[files('/p/a'), { kind: 'config' }], '1 File Changed: [a] | Config Changed'],
  [[{ kind: 'trigger', from: 'cli' }], 'CLI Trigger'],
  [[{ kind: 'trigger', from: 'web' }], 'Web Trigger'],
  [[files('/p/a'), { kind: 'trigger', from: 'cli' }], '1 File Changed: [a]'],
];
for (const [causes, text] of cases) test(text, () => assert.equal(causeText(causes, '/p'), text));

const durations: readonly (readonly [number, string])[] = [
  [0, '0ms'],
  [999, '999ms'],
  [1500, '1.5s'],
  [10_000, '10s'],
  [300_000, '5m0s'],
  [1_800_000, '30m0s'],
  [3_725_500, '1h2m5.5s'],
];
for (const [ms, text] of durations) test(`${ms} ms`, () => assert.equal(formatDuration(ms), text));
