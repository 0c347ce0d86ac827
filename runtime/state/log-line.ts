/** The harmless ones first. */
export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Which part of the program a line comes from. */
export type LogSource = 'build' | 'runtime' | 'tiltfile' | 'global';

/** One line of the session's log. */
export interface LogLine {
  /** Counts up by one for each line of the session, from 1. */
  readonly sequence: number;
  /** Milliseconds since the epoch: when the line was complete. */
  readonly at: number;
  /** The resource that it is about; empty for the Tiltfile and the program itself. */
  readonly resource: string;
  readonly source: LogSource;
  readonly level: LogLevel;
  /** The piece of work that wrote it: `build:4`, `serve:web:1`, `pod:web:web-6d5f`. */
  readonly span: string;
  /** Without newline; may hold colours (SGR escapes), no other control characters but tabs. */
  readonly text: string;
}

/** Who writes lines: everything of a line but its time and text. */
export interface LogSpan {
  readonly resource: string;
  readonly source: LogSource;
  readonly span: string;
}
