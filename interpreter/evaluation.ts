import type { Command, CommandResult, EffectResult, LogLevel } from './broker.ts';
import type { ScriptFailure } from './failure.ts';

/** What the main thread gives to a worker that evaluates scripts. */
export interface EvaluationRequest {
  /** Absolute path of the main script. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** Handed to the library's factory in the worker: plain data. */
  readonly libraryOptions: unknown;
}

export interface Limits {
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Time in which the script itself may compute, in milliseconds; waiting for commands does not count. */
  readonly computeMs: number;
}

/** How an evaluation ended: `result` is what the library's `finish` answered (plain data that was cloned). */
export type EvaluationOutcome<T> =
  | { readonly ok: true; readonly result: T; readonly record: EffectRecord }
  | { readonly ok: false; readonly failure: ScriptFailure; readonly record: EffectRecord };

/** What a script did to the world, for reloads and for plans. Absolute paths, each once, in order of first use. */
export interface EffectRecord {
  readonly filesRead: readonly string[];
  readonly commandsRun: readonly (readonly string[])[];
  readonly variablesRead: readonly string[];
}

/** What the evaluation needs of the main thread. */
export interface EvaluationHost {
  /** Runs a command; `output` gets its text as it comes. Must end soon after `signal` aborts. */
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
