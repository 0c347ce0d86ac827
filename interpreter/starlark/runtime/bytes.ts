import { textKey } from './hash.ts';
import { sliceItems } from './list.ts';
import { decodeAt, toBytes } from './text.ts';
import {
  type Comparison,
  type HashKey,
  type Indexable,
  type Iteration,
  StarlarkError,
  StarlarkObject,
  threeWay,
  type Value,
} from './value.ts';

export class Bytes extends StarlarkObject implements Indexable {
  override readonly type = 'bytes';
  readonly values: readonly number[];

  constructor(values: readonly number[]) {
    super();
    this.values = values;
  }
  override show(): string {
    return quoteBytes(this.values);
  }
  override truth(): boolean {
    return this.values.length > 0;
  }
  override hash(): HashKey {
    return textKey('bytes ', this.values.join());
  }
  override size(): number {
    return this.values.length;
  }
  override indexable(): Indexable {
    return this;
  }
  override compare(operator: Comparison, other: StarlarkObject): boolean {
    const [x, y] = [this.values, (other as Bytes).values];
    for (let i = 0; i < x.length && i < y.length; i++) {
      const difference = (x[i] as number) - (y[i] as number);
      if (difference !== 0) return threeWay(operator, difference);
    }
    return threeWay(operator, x.length - y.length);
  }
  length(): number {
    return this.values.length;
  }
  at(index: number): Value {
    return new Bytes([this.values[index] as number]);
  }
  slice(start: number, end: number, step: number): Value {
    return new Bytes(sliceItems(this.values, start, end, step));
  }
  indexOf(part: readonly number[]): number {
    for (let at = 0; at + part.length <= this.values.length; at++) {
      if (part.every((byte, index) => byte === this.values[at + index])) return at;
    }
    return -1;
  }
}

const SHORT: Readonly<Record<number, string>> = {
  7: 'a',
  8: 'b',
  9: 't',
  10: 'n',
  11: 'v',
  12: 'f',
  13: 'r',
  34: '"',
  92: '\\',
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function quoteBytes(values: readonly number[]): string {
  let quoted = 'b"';
  for (let at = 0; at < values.length; ) {
    const { code, length } = decodeAt(values, at);
    const short = SHORT[code];
    const char = code < 0 ? '' : String.fromCodePoint(code);
    if (short !== undefined) quoted += `\\${short}`;
    else if (PRINTABLE.test(char)) quoted += char;
    else if (code < 0x80) quoted += `\\x${(values[at] as number).toString(16).padStart(2, '0')}`;
    else
      quoted +=
        code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
    at += length;
  }
  return `${quoted}"`;
}

/** What `elems`, `codepoints` and the like of a string or bytes answer: something to go over. */
export class Elements extends StarlarkObject {
  override readonly type: string;
  readonly #shown: string;
  readonly #items: () => readonly Value[];
  readonly #indexable: boolean;

  /** `shown` is how `repr` shows it. */
  constructor(type: string, shown: string, indexable: boolean, items: () => readonly Value[]) {
    super();
    this.type = type;
    this.#shown = shown;
    this.#indexable = indexable;
    this.#items = items;
  }
  override show(): string {
    return this.#shown;
  }
  override hash(): HashKey {
    throw new StarlarkError(`unhashable: ${this.type}`);
  }
  override iterate(): Iteration {
    const items = this.#items();
    let at = 0;
    return { next: () => items[at++], done: () => undefined };
  }
  override size(): number | undefined {
    return this.#indexable ? this.#items().length : undefined;
  }
  override indexable(): Indexable | undefined {
    if (!this.#indexable) return undefined;
    const items = this.#items();
    return {
      length: () => items.length,
      at: (index) => items[index] as Value,
      slice: () => {
        throw new StarlarkError(`invalid slice operand ${this.type}`);
      },
    };
  }
}

export function bytesOfText(text: string): Bytes {
  return new Bytes(toBytes(text));
}
