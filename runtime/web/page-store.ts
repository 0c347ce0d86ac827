import { useEffect, useState } from 'preact/hooks';
import { type ConnectionState, connect, type Known } from './connection.ts';
import { LogBook } from './log-book.ts';
import { EMPTY_VIEW, type ViewState, withMessage } from './view-state.ts';
import type { Snapshot, ViewMessage } from './wire.ts';

/** A session that was saved is shown, or why it cannot be. */
export type SavedState =
  | { readonly kind: 'snapshot'; readonly createdAt: string }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Everything that the page shows, and who is told of changes: at most once a frame. */
export class PageStore {
  view: ViewState = EMPTY_VIEW;
  readonly book = new LogBook();
  connection: ConnectionState | SavedState = { kind: 'connecting' };
  readonly #listeners = new Set<() => void>();
  #frame = 0;
  /** What the newest message said of itself. */
  #run: string | undefined;
  #version: number | undefined;

  /** Follows the running program. */
  follow(): () => void {
    return connect({
      known: () => this.#known(),
      message: (message) => this.take(message),
      state: (state) => {
        this.connection = state;
        this.#tell();
      },
    });
  }

  /** Shows a session that was saved. */
  show(snapshot: Snapshot): void {
    this.connection = { kind: 'snapshot', createdAt: snapshot.createdAt ?? '' };
    this.take({ ...snapshot.view, isComplete: true });
  }

  /** Says why there is nothing to show. */
  fail(message: string): void {
    this.connection = { kind: 'unreadable', message };
    this.#tell();
  }

  take(message: ViewMessage): void {
    const before = this.view;
    this.view = withMessage(before, message);
    const isOther =
      message.isComplete === true && before.startedAt !== undefined && before.startedAt !== this.view.startedAt;
    if (isOther) this.book.clear();
    this.#run = message.tiltStartTime ?? this.#run;
    this.#version = message.version ?? (isOther ? undefined : this.#version);
    if (message.logList !== undefined) this.book.add(message.logList);
    this.#tell();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #known(): Known | undefined {
    if (this.#run === undefined || this.#version === undefined) return undefined;
    return { run: this.#run, version: String(this.#version), checkpoint: String(this.book.checkpoint) };
  }

  #tell(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** What `select` takes of the store; the component is drawn again when that is another value. */
export function useStore<T>(store: PageStore, select: (store: PageStore) => T): T {
  const [, redraw] = useState({});
  const selected = select(store);
  useEffect(() => {
    let last = select(store);
    const look = () => {
      const next = select(store);
      if (Object.is(next, last)) return;
      last = next;
      redraw({});
    };
    look();
    return store.subscribe(look);
  }, [store, select]);
  return selected;
}
