import { type ChildProcess, spawn } from 'node:child_process';
import { cpuTime, endTree, peakMemory } from './process-tree.ts';

/** How a program is started. */
export interface Start {
  readonly command: readonly [file: string, ...words: string[]];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** How a program that was started ended. Times are milliseconds since just before it was started. */
export type End =
  | {
      readonly kind: 'exited';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly wall: number;
      /** Of the program's own process, without its children. */
      readonly peakBytes: number | undefined;
    }
  | { readonly kind: 'not started'; readonly message: string }
  | { readonly kind: 'over time'; readonly afterMs: number };

const POLL_MS = 5;
/** How long output may still come after the end, where a child that lives on holds the pipe. */
const LAST_OUTPUT_MS = 300;
const KEPT_OUTPUT = 4000;

/** A program that runs, its output read and its memory watched. */
export class Run {
  readonly end: Promise<End>;
  /** Milliseconds from start to the first byte on stdout or stderr; never settles when there is none. */
  readonly firstOutput: Promise<number>;
  readonly #child: ChildProcess;
  readonly #started: number;
  #peakBytes: number | undefined;
  #output = '';

  constructor(start: Start, limitMs: number) {
    const [file, ...words] = start.command;
    this.#started = performance.now();
    const child = spawn(file, words, { cwd: start.folder, env: start.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    running.add(this);
    const poll = setInterval(() => this.#watchMemory(), POLL_MS);

    this.firstOutput = new Promise((resolve) => {
      const read = (chunk: Buffer): void => {
        resolve(performance.now() - this.#started);
        this.#output = (this.#output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
    });
    this.end = new Promise((resolve) => {
      const settle = (end: End): void => {
        clearInterval(poll);
        clearTimeout(limit);
        running.delete(this);
        resolve(end);
      };
      const limit = setTimeout(() => {
        this.kill();
        settle({ kind: 'over time', afterMs: limitMs });
      }, limitMs);
      child.once('error', (error) => settle({ kind: 'not started', message: error.message }));
      child.once('exit', (code, signal) => {
        const wall = performance.now() - this.#started;
        clearInterval(poll);
        const enough = setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, LAST_OUTPUT_MS);
        child.once('close', () => {
          clearTimeout(enough);
          settle({ kind: 'exited', code, signal, wall, peakBytes: this.#peakBytes });
        });
      });
    });
  }

  /** When it was started, in milliseconds since 1970. */
  get startedAt(): number {
    return performance.timeOrigin + this.#started;
  }

  /** The time that the program's own process has computed so far, in milliseconds; nothing where there is no /proc. */
  cpuTime(): number | undefined {
    return this.#child.pid === undefined ? undefined : cpuTime(this.#child.pid);
  }

  /** The last of what the program wrote. */
  get output(): string {
    return this.#output;
  }

  /** Asks the program to end, as Ctrl-C does. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  /** Ends the program and what it started. */
  kill(): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      endTree(this.#child.pid);
    }
  }

  #watchMemory(): void {
    if (this.#child.pid !== undefined) this.#peakBytes = peakMemory(this.#child.pid) ?? this.#peakBytes;
  }
}

const running = new Set<Run>();

/** Ends everything that still runs, when the bench itself is stopped. */
export function killRunning(): void {
  for (const run of running) run.kill();
}
