import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantsColour } from '../../../runtime/report/colour.ts';

const CASES: readonly (readonly [Readonly<Record<string, string>>, terminal: boolean, pipe: boolean])[] = [
  [{}, true, false],
  [{ TERM: 'dumb' }, false, false],
  [{ NO_COLOR: '1' }, false, false],
  [{ NO_COLOR: '' }, true, false],
  [{ FORCE_COLOR: '1' }, true, true],
  [{ FORCE_COLOR: '0' }, false, false],
  [{ FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
];
for (const [environment, terminal, pipe] of CASES) {
  test(`colours with ${JSON.stringify(environment)}`, () => {
    assert.deepEqual([wantsColour({ isTTY: true }, environment), wantsColour({}, environment)], [terminal, pipe]);
  });
}
