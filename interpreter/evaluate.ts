import type { Evaluation, EvaluationHost, EvaluationOutcome, EvaluationRequest } from './evaluation.ts';
import { RunningEvaluation } from './running-evaluation.ts';
import { type Servant, startServant } from './servant.ts';

/** Evaluates scripts in a worker thread, one after another. */
export interface Evaluator {
  /** The outcome rejects only for a bug of the host or a worker that cannot start. */
  evaluate<T>(request: EvaluationRequest, host: EvaluationHost): Evaluation<T>;
  /** Ends the worker and what runs in it. */
  dispose(): void;
}

/** Starts a worker at once, whose module must call `serveEvaluations`. An idle worker does not keep the process alive. */
export function startEvaluator(workerUrl: URL): Evaluator {
  let servant: Servant | undefined = startServant(workerUrl);
  let running: { stop(): void } | undefined;
  let disposed = false;

  return {
    evaluate<T>(request: EvaluationRequest, host: EvaluationHost): Evaluation<T> {
      if (disposed) throw new Error('this evaluator was disposed of');
      if (running) throw new Error('a script is being evaluated already');
      servant ??= startServant(workerUrl);
      const evaluation = new RunningEvaluation<T>(servant, request, host, () => {
        servant = undefined;
      });
      running = evaluation;
      const done = () => {
        running = undefined;
      };
      evaluation.outcome.then(done, done);
      return { outcome: evaluation.outcome as Promise<EvaluationOutcome<T>>, stop: () => evaluation.stop() };
    },
    dispose() {
      disposed = true;
      running?.stop();
      void servant?.worker.terminate();
      servant = undefined;
    },
  };
}
