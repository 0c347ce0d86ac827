import type { StackFrame } from './position.ts';
import { BUILTIN_FILE } from './stack.ts';

/** The namespace of builtins that scripts know under another name: `__environ.get`. */
const HIDDEN = /^__\w+\./;

/**
 * A stack and its error as Starlark shows them, outermost frame first. The innermost frame of a builtin becomes a part of the last line.
 *
 *     Traceback (most recent call last):
 *       /project/Tiltfile:14:5: in <toplevel>
 *       /project/Tiltfile:9:13: in deploy
 *     Error in fail: no image
 */
export function tracebackText(frames: readonly StackFrame[], message: string): string {
  const [innermost, ...rest] = frames;
  const inBuiltin = innermost?.file === BUILTIN_FILE;
  const last = `Error${inBuiltin ? ` in ${innermost.functionName.replace(HIDDEN, '')}` : ''}: ${message}`;
  return `${callsText(inBuiltin ? rest : frames, '  ')}\n${last}`;
}

/** The same of a stack alone. */
export function callsText(frames: readonly StackFrame[], indent: string): string {
  const lines = frames.map(({ file, line, column, functionName }) =>
    file === BUILTIN_FILE
      ? `${indent}${file}: in ${functionName}`
      : `${indent}${file}:${line}:${column}: in ${functionName}`,
  );
  return ['Traceback (most recent call last):', ...lines.reverse()].join('\n');
}
