import type { StackFrame } from './position.ts';
import { BUILTIN_FILE } from './stack.ts';

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
  const lines = (inBuiltin ? rest : frames)
    .map(({ file, line, column, functionName }) =>
      file === BUILTIN_FILE ? `  ${file}: in ${functionName}` : `  ${file}:${line}:${column}: in ${functionName}`,
    )
    .reverse();
  const last = `Error${inBuiltin ? ` in ${innermost.functionName}` : ''}: ${message}`;
  return ['Traceback (most recent call last):', ...lines, last].join('\n');
}
