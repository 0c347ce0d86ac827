import type { Command } from './command.ts';
import type { IgnoreRule } from './ignore.ts';

/** A deploy by commands of the user's. */
export interface CustomDeploy {
  /** Applies objects and prints what it applied as YAML. */
  readonly apply: Command;
  readonly delete: Command;
  /** Absolute paths whose changes deploy it again. */
  readonly watchPaths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
}
