/** A command with everything that is needed to start it. */
export interface Command {
  readonly argv: readonly string[];
  /** Absolute path. */
  readonly dir: string;
  /** `NAME=value` pairs that are added to the environment, in order. */
  readonly env: readonly string[];
}
