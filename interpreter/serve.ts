import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Command, PermissionPolicy } from './broker.ts';
import { type Engine, FRESH_BYTES, startEngine } from './engine.ts';
import { type CreateLibrary, evaluateScript } from './evaluate-script.ts';
import type { EvaluationRequest } from './evaluation.ts';
import { type Answer, type ToMain, type ToWorker, Word, type WorkerStart } from './wire.ts';
import { allowEverything, type Mainland } from './worker-broker.ts';

/**
 * Makes this worker serve evaluations for the main thread's `startEvaluator`. `createLibrary` is asked for each of them; what
 * its `finish` answers after the script's end goes to the main thread.
 */
export function serveEvaluations(createLibrary: CreateLibrary, policy: PermissionPolicy = allowEverything): void {
  const port = parentPort;
  if (!port) throw new Error('serveEvaluations must be called in a worker thread');
  const { answers, words } = workerData as WorkerStart;
  const post = (message: ToMain) => port.postMessage(message);
  const mainland: Mainland = { post, command: (command, environment) => askMain(command, environment) };

  function askMain(command: Command, environment: Readonly<Record<string, string>>): Answer {
    const seen = Atomics.load(words, Word.answers);
    post({ type: 'command', command, environment });
    for (;;) {
      const message = receiveMessageOnPort(answers);
      if (message) return message.message as Answer;
      Atomics.wait(words, Word.answers, seen);
    }
  }

  let engine: Promise<Engine> = startEngine();
  engine.catch(() => undefined);
  port.on('message', (message: ToWorker) => void evaluate(message.request));

  async function evaluate(request: EvaluationRequest): Promise<void> {
    try {
      const ready = await engine;
      const { ending, spoilt } = evaluateScript(request, {
        engine: ready,
        createLibrary,
        policy,
        mainland,
        stopRequested: () => {
          Atomics.add(words, Word.beat, 1);
          return Atomics.load(words, Word.stop) === 1;
        },
        onSwitch: (inHost) => Atomics.store(words, Word.inHost, inHost ? 1 : 0),
      });
      if (spoilt || ready.memory.buffer.byteLength > FRESH_BYTES) engine = startEngine();
      post({ type: 'done', ending });
    } catch (error) {
      engine = startEngine();
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      post({ type: 'bug', name, message, stack: stack ?? '' });
    }
  }
}
