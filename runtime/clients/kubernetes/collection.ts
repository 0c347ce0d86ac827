import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, apiError, isApiError, networkErrorWords, UnreachableError } from './errors.ts';
import { splitLines } from './lines.ts';
import type { ApiObject } from './objects.ts';
import type { RequestOptions } from './transport.ts';

/** What the collection needs of the client. */
interface Source {
  json<T>(path: string, options?: RequestOptions): Promise<T>;
  stream(path: string, options?: RequestOptions): Promise<AsyncIterable<Buffer>>;
}

/** What happened: `object` was added, changed or deleted; `undefined` when everything was read anew. */
export type CollectionChange<T> = { readonly object: T; readonly deleted: boolean } | undefined;

interface List {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly items?: readonly ApiObject[] | null;
}
interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ApiObject & { readonly code?: number };
}

const WATCH_SECONDS = 240;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * The objects at one path of the API, by uid: listed once, then watched. A lost connection is made again with growing
 * delays, going on where it ended; when the cluster has forgotten that point, everything is listed anew.
 */
export class Collection<T extends ApiObject> {
  readonly #source: Source;
  readonly #path: string;
  readonly #items = new Map<string, T>();
  readonly #listeners = new Set<(change: CollectionChange<T>) => void>();
  #running: AbortController | undefined;
  #version: string | undefined;
  #problem: Error | undefined;
  #listed = pending();

  constructor(source: Source, path: string) {
    this.#source = source;
    this.#path = path;
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
        await this.#watch(signal);
        // The server ends a watch now and then.
        pause = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (isApiError(error, 410)) this.#version = undefined;
        else this.#setProblem(problemOf(error));
        pause = Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const list = await this.#source.json<List>(this.#path, { signal });
    signal.throwIfAborted();
    this.#items.clear();
    for (const object of list.items ?? []) this.#items.set(object.metadata.uid, trim(object) as T);
    this.#version = list.metadata?.resourceVersion ?? '';
    this.#listed.resolve();
    this.#tell(undefined);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const query = new URLSearchParams({
      watch: '1',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(WATCH_SECONDS),
      resourceVersion: this.#version ?? '',
    });
    // Beyond the time after which the server would have ended it, the connection is dead.
    const limit = AbortSignal.any([signal, AbortSignal.timeout((WATCH_SECONDS + 15) * 1000)]);
    const stream = await this.#source.stream(`${this.#path}?${query}`, { signal: limit });
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
    const object = trim(event.object) as T;
    const deleted = event.type === 'DELETED';
    if (deleted) this.#items.delete(uid);
    else this.#items.set(uid, object);
    this.#tell({ object, deleted });
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

function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Field ownership is half of an object's size, and nobody reads it here. */
function trim(object: ApiObject): ApiObject {
  const { managedFields, ...metadata } = object.metadata as ApiObject['metadata'] & { managedFields?: unknown };
  return managedFields === undefined ? object : { ...object, metadata };
}
