import type { StackFrame } from './position.ts';

/** A frame as QuickJS wrote it: its column counts characters, in the text that QuickJS was given. */
export interface RawFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /^ {4}at (?:(.*?) \()?(.+):(\d+):(\d+)\)?$/;
const MOST_FRAMES = 100;

/** Reads the text of an error's `stack`, innermost first; frames of native functions are left out. */
export function parseStack(text: string): readonly RawFrame[] {
  const frames: RawFrame[] = [];
  let from = 0;
  while (from < text.length && frames.length < MOST_FRAMES) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? undefined : end);
    from = end < 0 ? text.length : end + 1;
    const match = FRAME.exec(line);
    const file = match?.[2];
    if (!file) continue;
    frames.push({ functionName: match[1] ?? '', file, line: Number(match[3]), column: Number(match[4]) });
  }
  return frames;
}

/** True for a stack that begins at a place in a text that could not be parsed: such a frame names no function. */
export function isParseError(stack: string): boolean {
  return /^ {4}at [^\n(]*:\d+:\d+(\n|$)/.test(stack) && !/^ {4}at [^\n]* \(/.test(stack);
}

/**
 * Frames of the user's files, with the columns of their author's text. `place` answers nothing for files of the sandbox itself.
 * Code outside of any function is called `<toplevel>`; QuickJS calls it and functions without a name `<anonymous>`.
 */
export function userFrames(
  raw: readonly RawFrame[],
  place: (frame: RawFrame) => { readonly line: number; readonly column: number } | undefined,
): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  raw.forEach((frame, index) => {
    const placed = place(frame);
    if (!placed) return;
    const outer = raw[index + 1];
    const outermost = outer === undefined || outer.file !== frame.file;
    const anonymous = frame.functionName === '' || frame.functionName === '<anonymous>';
    const functionName = !anonymous ? frame.functionName : outermost ? '<toplevel>' : '<anonymous>';
    frames.push({ file: frame.file, line: placed.line, column: placed.column, functionName });
  });
  return frames;
}
