import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, ConnectionError } from '../clients/kubernetes/errors.ts';
import type { ConnectionNotes } from './connection-notes.ts';

export type Note = (text: string, level?: 'info' | 'warn') => void;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
const ACCOUNT_WAIT_MS = 10_000;
const WRITER_WAIT_MS = 10_000;

/** Work on one object in the cluster. It may take as long as its signal lets it. */
export class ObjectWork {
  readonly client: KubernetesClient;
  readonly signal: AbortSignal;
  readonly note: Note;
  readonly #connection: ConnectionNotes;
  readonly #warned = new Set<string>();
  /** What it waits for now, for the words when its time is up. */
  waitsFor = '';
  /** Why it waits, as the cluster or the network says; empty when that is known without words. */
  why = '';
  /** Whether it waits for the cluster to answer at all. */
  isCutOff = false;

  constructor(client: KubernetesClient, signal: AbortSignal, note: Note, connection: ConnectionNotes) {
    this.client = client;
    this.signal = signal;
    this.note = note;
    this.#connection = connection;
  }

  /** Tells each remark of the server once. */
  readonly warn = (text: string): void => {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.note(`${text}\n`, 'warn');
  };

  /** Does a step, and again what fails only for now. Throws what fails for good, and when the signal aborts. */
  async step<T>(task: () => Promise<T>): Promise<T> {
    const start = Date.now();
    let told = '';
    try {
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        try {
          const result = await task();
          this.#answered();
          this.waitsFor = '';
          return result;
        } catch (error) {
          this.signal.throwIfAborted();
          if (error instanceof ApiError) this.#answered();
          const wait = waitFor(error);
          if (wait === undefined || Date.now() - start > (wait.limitMs ?? Number.POSITIVE_INFINITY)) throw error;
          this.waitsFor = wait.what;
          this.why = error instanceof Error ? error.message : '';
          if (error instanceof ConnectionError) this.#cutOff(error.message);
          if (wait.isTold && told !== wait.what) this.note(`Waiting for ${wait.what}\n`);
          told = wait.what;
          await delay(pause, undefined, { signal: this.signal });
        }
      }
    } finally {
      this.#connection.stopped(this);
    }
  }

  /** Looks again and again until a condition holds. `what` stands after "waiting for". */
  async until(what: string, isMet: () => Promise<boolean>): Promise<void> {
    for (;;) {
      if (await this.step(isMet)) break;
      this.waitsFor = what;
      await delay(FIRST_PAUSE_MS, undefined, { signal: this.signal });
    }
    this.waitsFor = '';
  }

  #cutOff(reason: string): void {
    this.isCutOff = true;
    this.#connection.lost(this, reason, (text, level) => this.note(`${text}\n`, level));
  }

  #answered(): void {
    if (this.isCutOff) this.#connection.back(this);
    this.isCutOff = false;
  }
}

interface Wait {
  /** Stands after "waiting for". */
  readonly what: string;
  readonly limitMs?: number;
  readonly isTold: boolean;
}

/** What has to come before it is worth trying again; `undefined` when nothing helps. */
function waitFor(error: unknown): Wait | undefined {
  if (error instanceof ConnectionError) return { what: 'the cluster to answer', isTold: false };
  if (!(error instanceof ApiError)) return undefined;
  const { status, reason, message } = error;
  const leaving = /in namespace "?([^" ]+)"? because it is being terminated/.exec(message);
  if (leaving) return { what: `the namespace "${leaving[1]}", which is being deleted, to be gone`, isTold: true };
  // A webhook whose server has just been applied, too.
  const webhook = /failed calling webhook "([^"]+)"/.exec(message);
  if (webhook && status >= 500) return { what: `the server of the webhook "${webhook[1]}"`, isTold: true };
  if (
    status === 429 ||
    status === 503 ||
    status === 504 ||
    reason === 'ServerTimeout' ||
    /etcdserver: /.test(message)
  ) {
    return { what: 'the cluster, which is too busy', isTold: false };
  }
  // Another writer came between: a controller, or another session.
  if (reason === 'Conflict' || reason === 'AlreadyExists') {
    return { what: 'another writer', limitMs: WRITER_WAIT_MS, isTold: false };
  }
  // In a new namespace pods have to wait for its service account and that account's token.
  const account = /error looking up service account (\S+?): .* not found/.exec(message);
  if (status !== 403 || !account) return undefined;
  return { what: `the service account "${account[1]}"`, limitMs: ACCOUNT_WAIT_MS, isTold: false };
}
