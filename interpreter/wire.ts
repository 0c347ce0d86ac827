import type { Command, CommandResult, EffectResult, LogLevel } from './broker.ts';
import type { EvaluationRequest } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import type { PermissionRequest } from './permissions.ts';

/** Given to the worker when it starts. */
export interface WorkerStart {
  /** Answers to commands come here while the worker is blocked. */
  readonly answers: import('node:worker_threads').MessagePort;
  /** Shared words, by `Word`. */
  readonly words: Int32Array;
}

/** Indexes into the shared words. */
export const Word = {
  /** Counts the answers and requests to stop; the worker sleeps on it. */
  answers: 0,
  /** 1 when the evaluation shall end. */
  stop: 1,
  /** 1 while code of the host runs in the worker (a builtin), which does not count as the script's own computing. */
  inHost: 2,
  /** Changes as long as QuickJS can be interrupted. */
  beat: 3,
} as const;
export const WORDS = 4;

export type ToWorker = { readonly type: 'evaluate'; readonly request: EvaluationRequest };

export type Answer = EffectResult<CommandResult>;

/** An answer to the command of that number. */
export interface Answered {
  readonly id: number;
  /** Nothing for a message that was only to be acknowledged. */
  readonly answer: Answer | undefined;
}

export type ToMain =
  | { readonly type: 'print'; readonly text: string; readonly level: LogLevel }
  | { readonly type: 'record'; readonly what: 'file' | 'variable' | 'changed'; readonly value: string }
  | { readonly type: 'record'; readonly what: 'refused'; readonly value: PermissionRequest }
  | { readonly type: 'record'; readonly what: 'command'; readonly value: readonly string[] }
  | {
      readonly type: 'command';
      readonly id: number;
      readonly command: Command;
      readonly environment: Readonly<Record<string, string>>;
      /** The script goes on meanwhile: several such commands run at the same time. */
      readonly beside: boolean;
    }
  /** To be acknowledged. */
  | { readonly type: 'sync'; readonly id: number }
  | { readonly type: 'done'; readonly ending: Ending }
  | { readonly type: 'bug'; readonly name: string; readonly message: string; readonly stack: string };

export type Ending =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly failure: ScriptFailure };
