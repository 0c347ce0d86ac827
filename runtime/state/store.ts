import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { SessionEvent } from './event.ts';
import { initialState, reduce } from './reduce.ts';
import type { State } from './state.ts';

/** Called after a change of the state, with the events that made it. */
export type StateListener = (state: State, events: readonly SessionEvent[]) => void;

/** Holds the state of a session. Events are reduced one after the other, in the order in which they come. */
export class Store {
  #state: State;
  #listeners: readonly StateListener[] = [];

  constructor(at: number, given?: Partial<CiSettings>, args?: readonly string[]) {
    this.#state = initialState(at, given, args);
  }

  get state(): State {
    return this.#state;
  }

  /** Reduces the events, then tells the listeners once. */
  apply(events: readonly SessionEvent[]): void {
    for (const event of events) this.#state = reduce(this.#state, event);
    for (const listener of this.#listeners) listener(this.#state, events);
  }

  /** Answers how to unsubscribe. */
  subscribe(listener: StateListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== listener);
    };
  }
}
