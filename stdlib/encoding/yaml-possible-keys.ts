import type { Cursor, Mark } from './yaml-cursor.ts';

/** A token that turns out to be a key when a `:` follows it on its line. */
export interface PossibleKey {
  readonly tokenNumber: number;
  /** It stands where only a key can stand. */
  readonly required: boolean;
  readonly mark: Mark;
}

/** How far behind a key its `:` may be. */
const longestKey = 1024;

/** The tokens that may yet become keys: one in the block context, and one in each flow collection that is open. */
export class PossibleKeys {
  readonly #cursor: Cursor;
  readonly #levels: (PossibleKey | undefined)[] = [undefined];

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  openFlow(): void {
    this.#levels.push(undefined);
  }

  closeFlow(): void {
    this.#levels.pop();
  }

  set(key: PossibleKey): void {
    this.remove();
    this.#levels[this.#levels.length - 1] = key;
  }

  /** The one of the innermost collection, when it can still be one. */
  current(): PossibleKey | undefined {
    return this.#valid(this.#levels.length - 1);
  }

  /** What comes now shows that the innermost one is no key. */
  remove(): void {
    const key = this.#levels[this.#levels.length - 1];
    if (key?.required) throw this.#noColon(key);
    this.#levels[this.#levels.length - 1] = undefined;
  }

  /** It has become a key. */
  clear(): void {
    this.#levels[this.#levels.length - 1] = undefined;
  }

  /** Whether a token may yet become a key. */
  isPending(tokenNumber: number): boolean {
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      if (this.#levels[level]?.tokenNumber === tokenNumber) return this.#valid(level) !== undefined;
    }
    return false;
  }

  #valid(level: number): PossibleKey | undefined {
    const key = this.#levels[level];
    if (key === undefined) return undefined;
    const { line, index } = this.#cursor;
    if (key.mark.line >= line && key.mark.index + longestKey >= index) return key;
    if (key.required) throw this.#noColon(key);
    this.#levels[level] = undefined;
    return undefined;
  }

  #noColon(key: PossibleKey): Error {
    return this.#cursor.failure("could not find expected ':'", key.mark);
  }
}
