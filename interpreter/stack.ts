import type { StackFrame } from './position.ts';

/** A frame as QuickJS wrote it: its column counts characters, in the text that QuickJS was given. */
export interface RawFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
  /** The name of the function, where it is not the one that QuickJS knows. */
  readonly functionName?: string;
}

/** Modules of Starlark's run-time; functions in them whose names begin with `$` are Starlark's builtins. */
export const STARLARK_RUNTIME = 'tilt:starlark:';

const FRAME = /^ {4}at (?:(.*?) \()?(.+):(\d+):(\d+)\)?$/;
const MOST_FRAMES = 100;

/** The file of frames that are functions of the run-time itself, as Starlark's tracebacks call it. */
export const BUILTIN_FILE = '<builtin>';

/**
 * The user's frames in the text of an error's `stack`, innermost first, with the columns of their author's text. `place` answers
 * nothing for files of the sandbox itself; frames of native functions have no file.
 * `builtins` adds frames of Starlark's builtins, whose file is `<builtin>`.
 * Code outside of any function is called `<toplevel>`; QuickJS calls it and functions without a name `<anonymous>`.
 */
export function userFrames(
  stack: string,
  place: (frame: RawFrame) => Place | undefined,
  { builtins = false }: { readonly builtins?: boolean } = {},
): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  let inner: RawFrame | undefined;
  const finish = (outer: RawFrame | undefined) => {
    if (!inner) return;
    const anonymous = inner.functionName === '' || inner.functionName === '<anonymous>';
    // Under a module's own code is nothing of the user's: what called it is the sandbox.
    const isOutermost = outer === undefined || (outer.file !== inner.file && place(outer) === undefined);
    const name = anonymous && isOutermost ? '<toplevel>' : inner.functionName || '<anonymous>';
    frames.push({ file: inner.file, line: inner.line, column: inner.column, functionName: name });
    inner = undefined;
  };
  for (const frame of rawFrames(stack)) {
    finish(frame);
    if (frames.length === MOST_FRAMES) break;
    if (builtins && frame.file.startsWith(STARLARK_RUNTIME) && frame.functionName.startsWith('$')) {
      frames.push({ file: BUILTIN_FILE, line: 0, column: 0, functionName: frame.functionName.slice(1) });
      continue;
    }
    const placed = place(frame);
    if (placed) inner = { ...frame, ...placed };
  }
  finish(undefined);
  return frames;
}

function* rawFrames(stack: string): Generator<RawFrame> {
  let from = 0;
  while (from < stack.length) {
    const end = stack.indexOf('\n', from);
    const match = FRAME.exec(stack.slice(from, end < 0 ? undefined : end));
    from = end < 0 ? stack.length : end + 1;
    const file = match?.[2];
    if (!file) continue;
    yield { functionName: match[1] ?? '', file, line: Number(match[3]), column: Number(match[4]) };
  }
}

/** The file in which a text could not be parsed: the first frame of such an error's stack names a place and no function. */
export function unparsedFile(stack: string): string | undefined {
  const first = stack.slice(0, stack.indexOf('\n'));
  return first.includes(' (') ? undefined : FRAME.exec(first)?.[2];
}
