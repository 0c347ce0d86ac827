import type { StackFrame } from './position.ts';

/** A frame as QuickJS wrote it: its column counts characters, in the text that QuickJS was given. */
export interface RawFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Place = { readonly line: number; readonly column: number };

const FRAME = /^ {4}at (?:(.*?) \()?(.+):(\d+):(\d+)\)?$/;
const MOST_FRAMES = 100;

/**
 * The user's frames in the text of an error's `stack`, innermost first, with the columns of their author's text. `place` answers
 * nothing for files of the sandbox itself; frames of native functions have no file.
 * Code outside of any function is called `<toplevel>`; QuickJS calls it and functions without a name `<anonymous>`.
 */
export function userFrames(stack: string, place: (frame: RawFrame) => Place | undefined): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  let inner: (RawFrame & Place) | undefined;
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
