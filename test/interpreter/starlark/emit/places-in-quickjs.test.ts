import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from '../../evaluate-here.ts';
import { FAILURES } from './failing-programs.ts';

const { fail } = evaluateHere();

test('QuickJS’s own account of where a call came from gives the same places', async () => {
  for (const [program, message, ...frames] of FAILURES) {
    const failure = await fail('main.star', program);
    const stack = failure.stack.map(({ functionName, line, column }) => `${functionName} ${line}:${column}`);
    assert.deepEqual({ message: failure.message, stack }, { message, stack: frames }, program);
  }
});
