import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Evaluation, EvaluationHost, EvaluationOutcome, EvaluationRequest } from './evaluation.ts';
import { RunningEvaluation } from './running-evaluation.ts';
import { WORDS, type WorkerStart } from './wire.ts';

/** QuickJS recurses on the thread's own stack: it must be larger than what `Limits.stackBytes` can make of it. */
const WORKER_STACK_MB = 32;

/** Evaluates scripts in a worker thread, one after another. */
export interface Evaluator {
  /** The outcome rejects only for a bug of the host or a worker that cannot start. */
  evaluate<T>(request: EvaluationRequest, host: EvaluationHost): Evaluation<T>;
  /** Ends the worker and what runs in it. */
  dispose(): void;
}

/** A worker with its side channels. */
export interface Servant {
  readonly worker: Worker;
  readonly answers: MessagePort;
  readonly words: Int32Array;
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

function startServant(workerUrl: URL): Servant {
  const channel = new MessageChannel();
  const words = new Int32Array(new SharedArrayBuffer(WORDS * 4));
  const start: WorkerStart = { answers: channel.port2, words };
  const worker = new Worker(loadable(workerUrl), {
    workerData: start,
    transferList: [channel.port2],
    resourceLimits: { stackSizeMb: WORKER_STACK_MB },
  });
  worker.unref();
  channel.port1.unref();
  return { worker, answers: channel.port1, words };
}

/** Under Node 20 a worker cannot load TypeScript by itself: when this program runs from its sources, tsx is put in front. */
function loadable(workerUrl: URL): URL {
  if (!workerUrl.pathname.endsWith('.ts') || 'Deno' in globalThis) return workerUrl;
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(workerUrl.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
