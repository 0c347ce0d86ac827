import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Command } from './broker.ts';
import { type Engine, FRESH_BYTES, startEngine } from './engine.ts';
import { type CreateLibrary, evaluateScript } from './evaluate-script.ts';
import type { EvaluationRequest } from './evaluation.ts';
import { type Answer, type Answered, type ToMain, type ToWorker, Word, type WorkerStart } from './wire.ts';
import type { Mainland } from './worker-broker.ts';

/**
 * Makes this worker serve evaluations for the main thread's `startEvaluator`. `createLibrary` is asked for each of them; what
 * its `finish` answers after the script's end goes to the main thread.
 */
export function serveEvaluations(createLibrary: CreateLibrary): void {
  const port = parentPort;
  if (!port) throw new Error('serveEvaluations must be called in a worker thread');
  const { answers, words } = workerData as WorkerStart;
  const post = (message: ToMain) => port.postMessage(message);
  let lastId = 0;
  /** Answers that came while another one was waited for. */
  let early: Answered[] = [];

  const mainland: Mainland = {
    post,
    command(command, environment) {
      const answer = answerTo(ask(command, environment, false));
      if (answer === undefined) throw new Error('a command was acknowledged without a result');
      return answer;
    },
    catchUp() {
      lastId += 1;
      post({ type: 'sync', id: lastId });
      answerTo(lastId);
    },
    start: (command, environment) => ask(command, environment, true),
    next: (ms) => early.shift() ?? receive(ms),
  };

  function ask(command: Command, environment: Readonly<Record<string, string>>, beside: boolean): number {
    lastId += 1;
    post({ type: 'command', id: lastId, command, environment, beside });
    return lastId;
  }

  /** Waits for one answer; others that come meanwhile are kept. */
  function answerTo(id: number): Answer | undefined {
    for (;;) {
      const answered = receive(Number.POSITIVE_INFINITY);
      if (answered?.id === id) return answered.answer;
      if (answered) early.push(answered);
    }
  }

  /** The next answer; nothing when none comes in time or the worker is woken for another reason. */
  function receive(ms: number): Answered | undefined {
    const seen = Atomics.load(words, Word.answers);
    const there = receiveMessageOnPort(answers);
    if (there) return there.message as Answered;
    Atomics.wait(words, Word.answers, seen, ms);
    return receiveMessageOnPort(answers)?.message as Answered | undefined;
  }

  /** Those of commands that an evaluation before left running when it ended. */
  function forgetAnswers(): void {
    early = [];
    while (receiveMessageOnPort(answers)) {
      // The next one.
    }
  }

  let engine: Promise<Engine> = startEngine();
  engine.catch(() => undefined);
  port.on('message', (message: ToWorker) => void evaluate(message.request));

  async function evaluate(request: EvaluationRequest): Promise<void> {
    forgetAnswers();
    try {
      const ready = await engine;
      const { ending, spoilt } = evaluateScript(request, {
        engine: ready,
        createLibrary,
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
