import type { LogLevel, LogLine, LogSpan } from './log-line.ts';

/** The session's log: takes text in pieces, hands on whole lines, and keeps the newest of them in bounded memory. */
export interface LogStore {
  /** A writer for one piece of work. `end` completes a line that has no newline yet. */
  open(span: LogSpan): LogWriter;
  /** Called for every line at once, so that none is lost however fast they come. Answers how to unsubscribe. */
  subscribe(listener: LogListener): () => void;
  /** The last `count` lines of a resource (empty: those of the Tiltfile and the program), oldest first. */
  tail(resource: string, count: number): readonly LogLine[];
  /** All lines that are still kept, of all resources, oldest first. */
  lines(): readonly LogLine[];
}

export interface LogWriter {
  write(text: string, level?: LogLevel): void;
  /** A promise while a listener cannot keep up. */
  backlog(): Promise<void> | undefined;
  end(): void;
}

export interface LogListener {
  line(line: LogLine): void;
  /** A promise while it cannot take more without buffering; writers then hold back. */
  backlog?(): Promise<void> | undefined;
}
