/** A place in a Tiltfile: 1-based line and column in the file that its author wrote. */
export interface SourcePosition {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
