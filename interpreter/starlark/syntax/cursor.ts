import { Scanner } from './scanner.ts';
import { refuse } from './syntax-error.ts';
import { describeToken, type Token } from './token.ts';

/** More than any person writes; so much that neither this program nor the engine that runs what is made of it overflows. */
export const MOST_NESTED = 200;

/** One token of lookahead over a text. */
export class Cursor {
  readonly scanner: Scanner;
  token: Token;
  /** Offset after the last token that was consumed. */
  end = 0;
  #nested = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
    this.token = this.scanner.next();
  }

  /** Offset of the current token. */
  get start(): number {
    return this.scanner.start;
  }

  /** Consumes the current token and answers its offset. */
  next(): number {
    const { start, offset } = this.scanner;
    this.end = offset;
    this.token = this.scanner.next();
    return start;
  }

  is(token: Token): boolean {
    return this.token === token;
  }

  consume(token: Token): number {
    if (this.token !== token) this.fail(`got ${describeToken(this.token)}, want ${describeToken(token)}`);
    return this.next();
  }

  /** Reports a problem after the current token, where go.starlark.net sees most of them. */
  fail(message: string): never {
    return refuse(this.scanner.offset, message);
  }

  /** Parses something that may contain its like. */
  nest<T>(parse: (cursor: Cursor) => T): T {
    this.#nested += 1;
    if (this.#nested > MOST_NESTED) refuse(this.start, `nested too deeply (more than ${MOST_NESTED} levels)`);
    const parsed = parse(this);
    this.#nested -= 1;
    return parsed;
  }
}
