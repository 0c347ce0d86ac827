import { startEvaluator } from '../../interpreter/evaluate.ts';
import type { EffectRecord, EvaluationHost, Limits } from '../../interpreter/evaluation.ts';
import type { ScriptFailure } from '../../interpreter/failure.ts';
import type { Permissions } from '../../interpreter/permissions.ts';
import type { LoadedTiltfile } from '../../stdlib/declarations.ts';
import type { LibraryOptions } from '../../stdlib/session.ts';

export const DEFAULT_LIMITS: Limits = { memoryBytes: 512 * 1024 * 1024, stackBytes: 512 * 1024, computeMs: 60_000 };

export interface LoadRequest {
  readonly options: LibraryOptions;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** What the Tiltfile may do; everything by default. */
  readonly permissions?: Permissions | undefined;
}

/** `record` says what the script did, also up to a failure: changes of the files in it can change the outcome. */
export type LoadOutcome =
  | { readonly ok: true; readonly tiltfile: LoadedTiltfile; readonly record: EffectRecord }
  | { readonly ok: false; readonly failure: ScriptFailure; readonly record: EffectRecord };

/** Evaluates Tiltfiles, one after another, in a worker that stays warm between them. */
export interface Loader {
  /** Ends soon after the signal aborts, with a failure of kind `stopped`. */
  load(request: LoadRequest, host: EvaluationHost, signal: AbortSignal): Promise<LoadOutcome>;
  dispose(): Promise<void>;
}

/** Boots the worker at once. */
export function bootLoader(): Loader {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const evaluator = startEvaluator(new URL(`./worker.${extension}`, import.meta.url));
  return {
    async load({ options, environment, limits, permissions }, host, signal) {
      const request = { file: options.mainFile, environment, limits, permissions, libraryOptions: options };
      const evaluation = evaluator.evaluate<LoadedTiltfile>(request, host);
      const stop = (): void => evaluation.stop();
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const outcome = await evaluation.outcome;
        const { record } = outcome;
        return outcome.ok
          ? { ok: true, tiltfile: outcome.result, record }
          : { ok: false, failure: outcome.failure, record };
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    async dispose() {
      await evaluator.dispose();
    },
  };
}
