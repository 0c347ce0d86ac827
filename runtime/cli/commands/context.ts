import type { Loader } from '../../load/loader.ts';
import type { CommandLine } from '../arguments.ts';

/** What the commands of one command line share. */
export interface CommandContext {
  readonly line: CommandLine;
  /** The words after `--`. */
  readonly tiltfileArgs: readonly string[];
  /** There when the command line was announced as one that reads a Tiltfile (`readsTiltfile`). */
  readonly loader: Loader | undefined;
  /** The loader, by a command that always reads a Tiltfile. */
  needed(): Loader;
  /** Tells the exit code of the command. */
  exit(code: number): void;
}
