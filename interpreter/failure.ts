import type { SourcePosition, StackFrame } from './position.ts';

/** Why a script did not come to its end. */
export interface ScriptFailure {
  readonly kind:
    | 'missing-file'
    | 'syntax'
    | 'thrown'
    | 'refused'
    | 'time-limit'
    | 'memory-limit'
    | 'stack-limit'
    | 'stopped'
    | 'rejected';
  /** One or more lines, without position. */
  readonly message: string;
  readonly position: SourcePosition | undefined;
  /** Innermost first. */
  readonly stack: readonly StackFrame[];
  /** The lines around the position with a mark under the column, or nothing. */
  readonly codeFrame: string | undefined;
  /** For an error in a Starlark file, its stack and message as Starlark shows them. */
  readonly traceback: string | undefined;
  /** The name of the builtin that refused, for `refused`. */
  readonly builtin: string | undefined;
}
