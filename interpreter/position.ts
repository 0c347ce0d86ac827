/** A place in a script, as its author sees it: 1-based line and column in the file that they wrote. */
export interface SourcePosition {
  /** Absolute path of the file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One frame of a script's call stack, innermost first in a list. */
export interface StackFrame extends SourcePosition {
  /** The function's name; `<toplevel>` for a module's own code. */
  readonly functionName: string;
}
