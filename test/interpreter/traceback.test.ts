import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILTIN_FILE } from '../../interpreter/stack.ts';
import { tracebackText } from '../../interpreter/traceback.ts';

const top = { file: '/p/Tiltfile', line: 3, column: 5, functionName: '<toplevel>' };
const builtin = (functionName: string) => ({ file: BUILTIN_FILE, line: 1, column: 1, functionName });

test('the outermost call comes first, and a builtin stands before the message', () => {
  const inner = { file: '/p/Tiltfile', line: 1, column: 7, functionName: 'deploy' };
  assert.equal(
    tracebackText([builtin('fail'), inner, top], 'no image'),
    [
      'Traceback (most recent call last):',
      '  /p/Tiltfile:3:5: in <toplevel>',
      '  /p/Tiltfile:1:7: in deploy',
      'Error in fail: no image',
    ].join('\n'),
  );
});

test('a builtin with a name that scripts do not know goes by the last part of it', () => {
  assert.match(tracebackText([builtin('__environ.get'), top], 'refused'), /^Error in get: refused$/m);
});

test('an error outside of builtins names none', () => {
  assert.match(tracebackText([top], 'odd'), /^Error: odd$/m);
});
