import { Commands } from './commands.ts';
import type { EffectRecord, EvaluationHost, EvaluationOutcome, EvaluationRequest } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import { type Limit, limitMessage } from './limits.ts';
import type { PermissionRequest } from './permissions.ts';
import type { Servant } from './servant.ts';
import { type Answer, type Answered, type ToMain, type ToWorker, Word } from './wire.ts';

/** How long a worker may take to answer when it was told to stop, in milliseconds; after that it is ended. */
const STOP_MS = 200;
/** How often the main thread looks whether a script computes without end where QuickJS cannot be interrupted. */
const LOOK_MS = 500;
const PARALLEL_COMMANDS = 8;
/** How much longer than its limit such a script may go on. */
const SLACK_MS = 2000;

const nowhere = { position: undefined, stack: [], codeFrame: undefined, traceback: undefined, builtin: undefined };

/** One evaluation as the main thread sees it. */
export class RunningEvaluation<T> {
  readonly outcome: Promise<EvaluationOutcome<T>>;
  readonly #servant: Servant;
  readonly #request: EvaluationRequest;
  readonly #host: EvaluationHost;
  readonly #runner: Commands;
  readonly #lose: () => void;
  readonly #files = new Set<string>();
  readonly #commands: (readonly string[])[] = [];
  readonly #variables = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #refused: PermissionRequest[] = [];
  readonly #watchdog: NodeJS.Timeout;
  #stopTimer: NodeJS.Timeout | undefined;
  /** Time in which the script computed and could not be interrupted. */
  #computing = 0;
  #beat = 0;
  #settled = false;
  #resolve: (outcome: EvaluationOutcome<T>) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  /** `lose` is called when the worker must not be used again. */
  constructor(servant: Servant, request: EvaluationRequest, host: EvaluationHost, lose: () => void) {
    this.#servant = servant;
    this.#request = request;
    this.#host = host;
    this.#lose = lose;
    this.#runner = new Commands({
      host,
      parallel: request.limits.parallelCommands ?? PARALLEL_COMMANDS,
      answer: (answered) => this.#answer(answered),
      fail: (error) => {
        this.#lose();
        this.#settle(() => this.#reject(error), true);
      },
    });
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { worker, words } = servant;
    Atomics.store(words, Word.stop, 0);
    Atomics.store(words, Word.inHost, 1);
    worker.ref();
    worker.on('message', this.#onMessage);
    worker.on('error', this.#onError);
    worker.on('exit', this.#onExit);
    const message: ToWorker = { type: 'evaluate', request };
    worker.postMessage(message);
    this.#watchdog = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Ends the script, wherever it is; running commands are aborted first. */
  stop(): void {
    if (this.#settled || this.#stopTimer) return;
    Atomics.store(this.#servant.words, Word.stop, 1);
    this.#runner.stop();
    this.#stopTimer = setTimeout(() => this.#end('stopped'), STOP_MS);
  }

  readonly #onMessage = (message: ToMain): void => {
    switch (message.type) {
      case 'print':
        this.#host.print(message.text, message.level);
        return;
      case 'record':
        this.#keep(message);
        return;
      case 'command':
        this.#runner.add(message);
        return;
      case 'sync':
        this.#answer({ id: message.id, answer: undefined });
        return;
      case 'done':
        this.#settle(() => this.#resolve({ ...message.ending, record: this.#record() } as EvaluationOutcome<T>));
        return;
      case 'bug': {
        const error = new Error(message.message);
        error.name = message.name;
        error.stack = message.stack;
        this.#settle(() => this.#reject(error));
      }
    }
  };

  readonly #onError = (error: Error): void => {
    // What the script had the host keep for it was too much.
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      this.#end('memory-limit');
      return;
    }
    this.#lose();
    this.#settle(() => this.#reject(error));
  };

  readonly #onExit = (): void => {
    this.#lose();
    this.#settle(() => this.#reject(new Error('the worker that evaluates scripts ended by itself')));
  };

  #keep(message: ToMain & { type: 'record' }): void {
    switch (message.what) {
      case 'command':
        this.#commands.push(message.value);
        return;
      case 'refused':
        this.#refused.push(message.value);
        return;
      case 'file':
        this.#files.add(message.value);
        return;
      case 'variable':
        this.#variables.add(message.value);
        return;
      case 'changed':
        this.#changed.add(message.value);
    }
  }

  #answer(answered: Answered): void {
    if (this.#settled) return;
    const { answers, words } = this.#servant;
    answers.postMessage(answered, ownBuffers(answered.answer));
    Atomics.add(words, Word.answers, 1);
    Atomics.notify(words, Word.answers);
  }

  #look(): void {
    const { words } = this.#servant;
    const beat = Atomics.load(words, Word.beat);
    const dead = beat === this.#beat && Atomics.load(words, Word.inHost) === 0;
    this.#beat = beat;
    if (!dead) return;
    this.#computing += LOOK_MS;
    if (this.#computing < this.#request.limits.computeMs + SLACK_MS) return;
    this.#end('time-limit');
  }

  /** Ends the worker, when it does not end by itself. */
  #end(kind: Limit): void {
    const failure: ScriptFailure = { ...nowhere, kind, message: limitMessage(kind, this.#request.limits) };
    this.#lose();
    this.#settle(() => this.#resolve({ ok: false, failure, record: this.#record() }), true);
  }

  #record(): EffectRecord {
    return {
      filesRead: [...this.#files],
      commandsRun: this.#commands,
      variablesRead: [...this.#variables],
      variablesChanged: [...this.#changed],
      refused: this.#refused,
    };
  }

  /** What still runs is ended, and the outcome waits for that, so that nothing is left running. */
  #settle(settle: () => void, terminate = false): void {
    if (this.#settled) return;
    this.#settled = true;
    clearInterval(this.#watchdog);
    clearTimeout(this.#stopTimer);
    const { worker } = this.#servant;
    worker.off('message', this.#onMessage);
    worker.off('error', this.#onError);
    worker.off('exit', this.#onExit);
    worker.unref();
    if (terminate) void worker.terminate();
    this.#runner.stop();
    void this.#runner.ended().then(settle);
  }
}

/** Buffers that can be handed over instead of copied: those that are used as a whole. */
function ownBuffers(answer: Answer | undefined): ArrayBuffer[] {
  if (!answer?.ok) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const bytes of [answer.value.stdout, answer.value.stderr]) {
    const whole = bytes.byteLength > 0 && bytes.byteLength === bytes.buffer.byteLength;
    if (whole && bytes.buffer instanceof ArrayBuffer) buffers.add(bytes.buffer);
  }
  return [...buffers];
}
