import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, apiError, isApiError, networkErrorWords, UnreachableError } from './errors.ts';
import { splitLines } from './lines.ts';
import type { ApiObject } from './objects.ts';
import type { RequestOptions } from './transport.ts';
import { withoutManagedFields } from './trim.ts';

/** What the collection needs of the client. */
interface Source {
  json<T>(path: string, options?: RequestOptions): Promise<T>;
  stream(path: string, options?: RequestOptions): Promise<AsyncIterable<Buffer>>;
}

/** What happened: `object` was added, changed or deleted; `undefined` when everything was read anew. */
export type CollectionChange<T> = { readonly object: T; readonly deleted: boolean } | undefined;

interface List {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly items?: readonly ApiObject[] | null;
}
interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ApiObject & { readonly code?: number };
}

const WATCH_SECONDS = 240;
const PAGE_SIZE = 500;
// A watch that ends sooner was not ended for its age.
const SHORT_WATCH_MS = 1_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * The objects at one path of the API, by uid: listed once, then watched. A lost connection is made again with growing
 * delays, going on where it ended; when the cluster has forgotten that point, everything is listed anew.
 */
export class Collection<T extends ApiObject> {
  readonly #source: Source;
  readonly #path: string;
  readonly #keep: (object: T) => T | undefined;
  readonly #items = new Map<string, T>();
  readonly #listeners = new Set<(change: CollectionChange<T>) => void>();
  #running: AbortController | undefined;
  #version: string | undefined;
  #problem: Error | undefined;
  #listed = pending();

  /**
   * `path` may have a query with selectors. `keep` answers what to keep of an object: all of it but who manages its
   * fields, if not given; `undefined` leaves the object out.
   */
  constructor(source: Source, path: string, keep: (object: T) => T | undefined = withoutManagedFields) {
    this.#source = source;
    this.#path = path;
    this.#keep = keep;
  }

  get items(): Iterable<T> {
    return this.#items.values();
  }

  /** Why the cluster cannot be read at the moment. */
  get problem(): Error | undefined {
    return this.#problem;
  }

  /** Resolves when all objects have been listed since the first subscription; waits as long as the cluster is away. */
  get listed(): Promise<void> {
    return this.#listed.promise;
  }

  /** The listener is called after each change. Answers how to end it; without subscribers nothing is watched. */
  subscribe(listener: (change: CollectionChange<T>) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#running) {
      const controller = new AbortController();
      this.#running = controller;
      void this.#run(controller.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#version = undefined;
    this.#items.clear();
    this.#listed = pending();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let pause = 0;
    while (!signal.aborted) {
      try {
        if (pause > 0) await delay(pause, undefined, { signal });
        if (this.#version === undefined) await this.#list(signal);
        const start = performance.now();
        await this.#watch(signal);
        // The server ends a watch now and then.
        pause = performance.now() - start < SHORT_WATCH_MS ? longer(pause) : 0;
      } catch (error) {
        if (signal.aborted) return;
        if (isApiError(error, 410)) this.#version = undefined;
        else this.#setProblem(problemOf(error));
        pause = longer(pause);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const found = new Map<string, T>();
    let version = '';
    let next = '';
    do {
      const query = { limit: String(PAGE_SIZE), ...(next !== '' && { continue: next }) };
      const list = await this.#source.json<List>(this.#withQuery(query), { signal });
      signal.throwIfAborted();
      for (const object of list.items ?? []) {
        const kept = this.#keep(object as T);
        if (kept) found.set(object.metadata.uid, kept);
      }
      version = list.metadata?.resourceVersion ?? '';
      next = list.metadata?.continue ?? '';
    } while (next !== '');
    this.#items.clear();
    for (const [uid, object] of found) this.#items.set(uid, object);
    this.#version = version;
    this.#listed.resolve();
    this.#tell(undefined);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const query = {
      watch: '1',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(WATCH_SECONDS),
      resourceVersion: this.#version ?? '',
    };
    // Beyond the time after which the server would have ended it, the connection is dead.
    const limit = AbortSignal.any([signal, AbortSignal.timeout((WATCH_SECONDS + 15) * 1000)]);
    const stream = await this.#source.stream(this.#withQuery(query), { signal: limit });
    this.#setProblem(undefined);
    for await (const line of splitLines(stream)) {
      if (signal.aborted) return;
      if (line !== '') this.#take(JSON.parse(line) as WatchEvent);
    }
  }

  #take(event: WatchEvent): void {
    if (event.type === 'ERROR') throw apiError(event.object.code ?? 500, JSON.stringify(event.object));
    const { uid, resourceVersion } = event.object.metadata;
    this.#version = resourceVersion;
    if (event.type === 'BOOKMARK') return;
    const object = this.#keep(event.object as ApiObject as T);
    if (!object) return;
    const deleted = event.type === 'DELETED';
    if (deleted) this.#items.delete(uid);
    else this.#items.set(uid, object);
    this.#tell({ object, deleted });
  }

  #withQuery(query: Readonly<Record<string, string>>): string {
    return `${this.#path}${this.#path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;
  }

  #setProblem(problem: Error | undefined): void {
    if (problem?.message === this.#problem?.message) return;
    this.#problem = problem;
    this.#tell(undefined);
  }

  #tell(change: CollectionChange<T>): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function problemOf(error: unknown): Error {
  if (error instanceof ApiError || error instanceof UnreachableError) return error;
  return error instanceof Error
    ? new UnreachableError(networkErrorWords(error), { cause: error })
    : new Error(String(error));
}

function longer(pause: number): number {
  return Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
}

function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
