import type { EvaluationHost } from './evaluation.ts';
import type { Answered, ToMain } from './wire.ts';

type CommandMessage = ToMain & { readonly type: 'command' };

export interface CommandsParts {
  readonly host: EvaluationHost;
  /** So many of those that run beside the script run at the same time. */
  readonly parallel: number;
  answer(answered: Answered): void;
  /** The host has a bug. */
  fail(error: Error): void;
}

/** The commands of one evaluation, in the main thread. */
export class Commands {
  readonly #parts: CommandsParts;
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #waiting: CommandMessage[] = [];
  #beside = 0;

  constructor(parts: CommandsParts) {
    this.#parts = parts;
  }

  /** Runs a command at once, or when its turn comes. */
  add(message: CommandMessage): void {
    if (message.beside && this.#beside >= this.#parts.parallel) this.#waiting.push(message);
    else this.#start(message);
  }

  #start(message: CommandMessage): void {
    if (message.beside) this.#beside += 1;
    const run = this.#run(message).finally(() => {
      this.#running.delete(run);
      if (!message.beside) return;
      this.#beside -= 1;
      const next = this.#waiting.shift();
      if (next) this.#start(next);
    });
    this.#running.add(run);
  }

  async #run({ id, command, environment, beside }: CommandMessage): Promise<void> {
    const { host, answer, fail } = this.#parts;
    const print = (text: string) => host.print(text, 'info');
    const lines = beside ? wholeLines(print) : { write: print, end: () => undefined };
    const output = command.quiet ? () => undefined : lines.write;
    try {
      const ended = await host.runCommand(command, environment, output, this.#abort.signal);
      lines.end();
      answer({ id, answer: ended });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Ends what runs and forgets what waits. */
  stop(): void {
    this.#waiting.length = 0;
    this.#abort.abort();
  }

  /** Resolves when nothing runs any more. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

/** Hands on only whole lines, so that those of several commands do not mix. */
function wholeLines(print: (text: string) => void): { write(text: string): void; end(): void } {
  let rest = '';
  return {
    write(text) {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) print(rest + text.slice(0, end));
      rest = (end > 0 ? '' : rest) + text.slice(end);
    },
    end() {
      if (rest !== '') print(`${rest}\n`);
    },
  };
}
