import { type PlainData, type PlainObject, setKey } from './plain-data.ts';

export type JsonResult =
  | { readonly ok: true; readonly value: PlainData }
  /** Why not, in the words of Go's encoding/json. */
  | { readonly ok: false; readonly message: string };

/**
 * Reads a text with one JSON value, as Go's decoder of streams does. `wholeFloat` makes a value of a whole number that is written with a
 * point.
 */
export function parseJson(text: string, wholeFloat?: (value: number) => PlainData): JsonResult {
  return parse(text, wholeFloat, (reader) => (reader.hasMore() ? 'found multiple JSON values' : undefined));
}

/** Reads a text that is one JSON value, as Go's `json.Unmarshal` does: nothing may follow it. */
export function parseWholeJson(text: string): JsonResult {
  const parsed = parse(text, undefined, (reader) => reader.leftOver());
  if (parsed.ok || !/^(?:unexpected )?EOF$/.test(parsed.message)) return parsed;
  return { ok: false, message: 'unexpected end of JSON input' };
}

/** `problem` says what is wrong with what follows the value. */
function parse(
  text: string,
  wholeFloat: ((value: number) => PlainData) | undefined,
  problem: (reader: Reader) => string | undefined,
): JsonResult {
  const marked = wholeFloat !== undefined && /\d\.\d/.test(text);
  // Of numbers that JSON.parse cannot hold it makes others, it knows minus zero, and no limit of depth.
  if (!marked && !/\d{16}|-0|[eE]\+?\d{3}/.test(text) && (text.match(/[[{]/g)?.length ?? 0) < maxDepth) {
    try {
      return { ok: true, value: JSON.parse(text) as PlainData };
    } catch {
      // The careful way finds the words for what is wrong.
    }
  }
  const reader = new Reader(text, wholeFloat);
  try {
    const value = reader.value(0);
    const message = problem(reader);
    return message === undefined ? { ok: true, value } : { ok: false, message };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message };
    throw error;
  }
}

class Malformed extends Error {}

const maxDepth = 1000;

class Reader {
  readonly #text: string;
  #at = 0;

  readonly #wholeFloat: (value: number) => PlainData;

  constructor(text: string, wholeFloat: (value: number) => PlainData = (value) => value) {
    this.#text = text;
    this.#wholeFloat = wholeFloat;
  }

  /** Whether something follows that could be another value. */
  hasMore(): boolean {
    this.#skipBlanks();
    const next = this.#text[this.#at];
    return next !== undefined && next !== ']' && next !== '}';
  }

  /** What is wrong with anything but blanks that follows. */
  leftOver(): string | undefined {
    this.#skipBlanks();
    return this.#text[this.#at] === undefined ? undefined : this.#wrong('after top-level value').message;
  }

  value(depth: number): PlainData {
    this.#skipBlanks();
    if (depth > maxDepth) throw new Malformed('exceeded max depth');
    const next = this.#text[this.#at];
    switch (next) {
      case undefined:
        throw new Malformed(depth === 0 ? 'EOF' : 'unexpected EOF');
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
    }
    if (next === '-' || (next >= '0' && next <= '9')) return this.#number();
    throw this.#wrong('looking for beginning of value');
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  #wrong(place: string): Malformed {
    const next = this.#text[this.#at];
    if (next === undefined) return new Malformed('unexpected EOF');
    return new Malformed(`invalid character ${quoteCharacter(this.#text, this.#at)} ${place}`);
  }

  #object(depth: number): PlainObject {
    const object: PlainObject = {};
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return object;
    }
    for (;;) {
      this.#skipBlanks();
      if (this.#text[this.#at] !== '"') throw this.#wrong('looking for beginning of object key string');
      const key = this.#string();
      this.#skipBlanks();
      if (this.#text[this.#at] !== ':') throw this.#wrong('after object key');
      this.#at++;
      setKey(object, key, this.value(depth + 1));
      this.#skipBlanks();
      if (this.#text[this.#at] === '}') break;
      if (this.#text[this.#at] !== ',') throw this.#wrong('after object key:value pair');
      this.#at++;
    }
    this.#at++;
    return object;
  }

  #list(depth: number): PlainData[] {
    const list: PlainData[] = [];
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return list;
    }
    for (;;) {
      list.push(this.value(depth + 1));
      this.#skipBlanks();
      if (this.#text[this.#at] === ']') break;
      if (this.#text[this.#at] !== ',') throw this.#wrong('after array element');
      this.#at++;
    }
    this.#at++;
    return list;
  }

  #string(): string {
    const from = this.#at++;
    for (;;) {
      const next = this.#text[this.#at];
      if (next === '"') break;
      if (next === undefined || next < ' ') throw this.#wrong('in string literal');
      this.#at++;
      if (next === '\\') this.#escape();
    }
    this.#at++;
    return JSON.parse(this.#text.slice(from, this.#at)) as string;
  }

  #escape(): void {
    const letter = this.#text[this.#at];
    if (letter === undefined || !'"\\/bfnrtu'.includes(letter)) throw this.#wrong('in string escape code');
    this.#at++;
    if (letter !== 'u') return;
    for (let i = 0; i < 4; i++) {
      if (!/^[0-9A-Fa-f]$/.test(this.#text[this.#at] ?? '')) throw this.#wrong('in \\u hexadecimal character escape');
      this.#at++;
    }
  }

  #word<T>(word: string, value: T): T {
    for (let i = 0; i < word.length; i++) {
      if (this.#text[this.#at] !== word[i]) throw this.#wrong(`in literal ${word} (expecting '${word[i]}')`);
      this.#at++;
    }
    return value;
  }

  #number(): PlainData {
    const from = this.#at;
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    let whole = true;
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
      whole = false;
    }
    if (this.#text[this.#at] === 'e' || this.#text[this.#at] === 'E') {
      this.#at++;
      if (this.#text[this.#at] === '+' || this.#text[this.#at] === '-') this.#at++;
      this.#digits('in exponent of numeric literal');
      whole = false;
    }
    const written = this.#text.slice(from, this.#at);
    const number = Number(written);
    if (whole && number === 0) return 0;
    if (!whole && !Number.isFinite(number)) {
      throw new Malformed(`strconv.ParseFloat: parsing "${written}": value out of range`);
    }
    if (written.includes('.') && Number.isInteger(number)) return this.#wholeFloat(number);
    return whole && !Number.isSafeInteger(number) ? BigInt(written) : number;
  }

  #digits(place: string): void {
    if (!/^[0-9]$/.test(this.#text[this.#at] ?? '')) throw this.#wrong(place);
    while (/^[0-9]$/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

/** One character in single quotes with Go's escapes. */
function quoteCharacter(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === "'") return "'\\''";
  if (character === '"') return `'"'`;
  return `'${JSON.stringify(character).slice(1, -1).replace('\\u00', '\\x')}'`;
}
