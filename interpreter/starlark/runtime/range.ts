import {
  type Comparison,
  type HashKey,
  type Indexable,
  type Iteration,
  notImplemented,
  StarlarkError,
  StarlarkObject,
  type Value,
} from './value.ts';

/** What `range` answers: its ints are made when they are asked for. */
export class Range extends StarlarkObject implements Indexable {
  override readonly type = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly #length: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.#length = Math.max(0, Math.ceil((stop - start) / step));
  }
  override show(): string {
    const { start, stop, step } = this;
    if (step !== 1) return `range(${start}, ${stop}, ${step})`;
    return start !== 0 ? `range(${start}, ${stop})` : `range(${stop})`;
  }
  override truth(): boolean {
    return this.#length > 0;
  }
  override hash(): HashKey {
    throw new StarlarkError('unhashable: range');
  }
  override iterate(): Iteration {
    return new RangeIteration(this);
  }
  override size(): number {
    return this.#length;
  }
  override indexable(): Indexable {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject): boolean {
    if (operator !== '==' && operator !== '!=') throw notImplemented(this.type, operator, other.type);
    return this.#equals(other as Range) === (operator === '==');
  }
  #equals(other: Range): boolean {
    if (this.#length !== other.#length) return false;
    if (this.#length === 0) return true;
    return this.start === other.start && (this.#length === 1 || this.step === other.step);
  }
  contains(x: number): boolean {
    const delta = x - this.start;
    return delta % this.step === 0 && delta / this.step >= 0 && delta / this.step < this.#length;
  }
  length(): number {
    return this.#length;
  }
  at(index: number): Value {
    return this.start + index * this.step;
  }
  slice(start: number, end: number, step: number): Value {
    return new Range(this.start + this.step * start, this.start + this.step * end, this.step * step);
  }
}

class RangeIteration implements Iteration {
  #value: number;
  #left: number;
  readonly #step: number;
  constructor(range: Range) {
    this.#value = range.start;
    this.#left = range.length();
    this.#step = range.step;
  }
  next(): Value | undefined {
    if (this.#left <= 0) return undefined;
    const value = this.#value;
    this.#left -= 1;
    this.#value += this.#step;
    return value;
  }
  done(): void {}
}
