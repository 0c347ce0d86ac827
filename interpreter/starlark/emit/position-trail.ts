/**
 * Follows which place go.starlark.net would know at each of its instructions. Most operations have a place of their own; a slice takes that
 * of whatever came before it, and a call whose arguments do not fit that of the function's first instruction.
 */
export class PositionTrail {
  /** Given to the next instruction. */
  #pending: number | undefined;
  #last: number;
  #first: number | undefined;

  /** @param start Offset of the `def`, `lambda`, or the file's beginning. */
  constructor(start: number) {
    this.#pending = start;
    this.#last = start;
  }

  /** The next instruction stands here, unless one with a place of its own comes first. */
  set(offset: number): void {
    this.#pending = offset;
  }

  /** An instruction without a place. */
  step(): void {
    this.#last = this.#pending ?? this.#last;
    this.#first ??= this.#last;
    this.#pending = undefined;
  }

  /** An instruction at a place. */
  stepAt(offset: number): void {
    this.#pending = offset;
    this.step();
  }

  get last(): number {
    return this.#last;
  }

  /** Of the first instruction; a function without any has one that answers None. */
  get first(): number {
    return this.#first ?? this.#pending ?? this.#last;
  }
}
