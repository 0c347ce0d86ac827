import type { Command, CommandResult, EffectResult, LogLevel } from './broker.ts';
import type { ScriptFailure } from './failure.ts';
import type { PermissionRequest, Permissions } from './permissions.ts';

/** What the main thread gives to a worker that evaluates scripts. */
export interface EvaluationRequest {
  /** Absolute path of the main script. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** What the script may do; everything by default. */
  readonly permissions?: Permissions | undefined;
  /** Handed to the library's factory in the worker: plain data. */
  readonly libraryOptions: unknown;
}

export interface Limits {
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Time in which the script itself may compute, in milliseconds; waiting for commands does not count. */
  readonly computeMs: number;
  /** So many commands run at the same time beside the script; further ones wait for their turn. By default 8. */
  readonly parallelCommands?: number;
}

/** How an evaluation ended: `result` is what the library's `finish` answered (plain data that was cloned). */
export type EvaluationOutcome<T> =
  | { readonly ok: true; readonly result: T; readonly record: EffectRecord }
  | { readonly ok: false; readonly failure: ScriptFailure; readonly record: EffectRecord };

/**
 * What a script did to the world, for reloads and for plans. Absolute paths and names of variables stand there once, in order of
 * first use.
 */
export interface EffectRecord {
  readonly filesRead: readonly string[];
  readonly commandsRun: readonly (readonly string[])[];
  readonly variablesRead: readonly string[];
  /** Set or removed. */
  readonly variablesChanged: readonly string[];
  /** What the permissions refused, in order; also what the script caught. */
  readonly refused: readonly PermissionRequest[];
}

/** What the evaluation needs of the main thread. */
export interface EvaluationHost {
  /** Runs a command; `output` gets its text as it comes. Several can run at a time. Must end soon after `signal` aborts. */
  runCommand(
    command: Command,
    environment: Readonly<Record<string, string>>,
    output: (text: string) => void,
    signal: AbortSignal,
  ): Promise<EffectResult<CommandResult>>;
  print(text: string, level: LogLevel): void;
}

/** A running evaluation. */
export interface Evaluation<T> {
  readonly outcome: Promise<EvaluationOutcome<T>>;
  /** Ends the script at once; the outcome is a failure of kind `stopped`. */
  stop(): void;
}
