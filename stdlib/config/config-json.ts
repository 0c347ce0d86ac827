import { type PlainData, type PlainObject, setKey } from '../encoding/plain-data.ts';

export type ConfigJson =
  | { readonly ok: true; readonly settings: PlainObject }
  /** Why not, in the words of the Go package json-iterator, which Tilt reads this one file with. */
  | { readonly ok: false; readonly message: string };

/** The reader sees the file in pieces of this many bytes, and its messages quote no further. */
const PIECE = 512;
const DEEPEST = 1000;
const END = 0;

/** Reads the object in a tilt_config.json. Whatever follows the object is not looked at, nor is a byte order mark before it. */
export function readConfigJson(file: Uint8Array): ConfigJson {
  const hasMark = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf;
  const bytes = hasMark ? file.subarray(3) : file;
  if (bytes.length === 0) return { ok: false, message: 'EOF' };
  try {
    return { ok: true, settings: new Reader(Buffer.from(bytes)).top() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message };
    throw error;
  }
}

class Malformed extends Error {}

class Reader {
  readonly #bytes: Buffer;
  /** The piece at hand: where it begins, and where it ends. */
  #start = 0;
  #end: number;
  #at = 0;
  #ended = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#end = Math.min(PIECE, bytes.length);
  }

  top(): PlainObject {
    const next = this.#token();
    if (next === code('n')) {
      this.#letters('ull', 'skipThreeBytes');
      return {};
    }
    if (next !== code('{')) throw this.#wrong('ReadMapCB', `expect { or n, but found ${text(next)}`);
    return this.#members(
      0,
      (found) => this.#wrong('ReadMapCB', `expect : after object field, but found ${text(found)}`),
      (found) => this.#wrong('ReadMapCB', `expect }, but found ${text(found)}`),
    );
  }

  #value(depth: number): PlainData {
    const next = this.#token();
    switch (next === END ? '' : String.fromCharCode(next)) {
      case '"':
        this.#back();
        return this.#string();
      case 'n':
        // The first letter counts as one of the four here.
        this.#back();
        this.#letters('null', 'skipFourBytes');
        return null;
      case 't':
        this.#letters('rue', 'skipThreeBytes');
        return true;
      case 'f':
        this.#letters('alse', 'skipFourBytes');
        return false;
      case '[':
        return this.#list(depth + 1);
      case '{':
        return this.#object(depth + 1);
    }
    if (next === code('-')) return -this.#number();
    this.#back();
    if (next >= code('0') && next <= code('9')) return this.#number();
    throw this.#wrong('Read', 'unexpected value type: 0');
  }

  #object(depth: number): PlainObject {
    if (depth > DEEPEST) throw this.#wrong('incrementDepth', 'exceeded max depth');
    const next = this.#token();
    if (next === code('}')) return {};
    if (next !== code('"')) throw this.#wrong('ReadMapCB', `expect " after {, but found ${text(next)}`);
    this.#back();
    return this.#members(
      depth,
      // What it found is what it saw before the key.
      (_found, isFirst) => this.#wrong('ReadMapCB', `expect : after object field, but found ${isFirst ? '"' : ','}`),
      () => this.#wrong('ReadMapCB', 'object not ended with }'),
    );
  }

  #members(
    depth: number,
    noColon: (found: number, isFirst: boolean) => Malformed,
    noEnd: (found: number) => Malformed,
  ): PlainObject {
    const object: PlainObject = {};
    let next = this.#token();
    if (next === code('}')) return object;
    this.#back();
    let isFirst = true;
    do {
      const key = this.#string();
      const colon = this.#token();
      if (colon !== code(':')) throw noColon(colon, isFirst);
      isFirst = false;
      setKey(object, key, this.#value(depth));
      next = this.#token();
    } while (next === code(','));
    if (next !== code('}')) throw noEnd(next);
    return object;
  }

  #list(depth: number): PlainData[] {
    if (depth > DEEPEST) throw this.#wrong('incrementDepth', 'exceeded max depth');
    const list: PlainData[] = [];
    let next = this.#token();
    if (next === code(']')) return list;
    this.#back();
    do {
      list.push(this.#value(depth));
      next = this.#token();
    } while (next === code(','));
    if (next !== code(']')) throw this.#wrong('ReadArrayCB', `expect ] in the end, but found ${text(next)}`);
    return list;
  }

  #string(): string {
    const first = this.#token();
    if (first === code('n')) {
      this.#letters('ull', 'skipThreeBytes');
      return '';
    }
    if (first !== code('"')) throw this.#wrong('ReadString', `expects " or n, but found ${text(first)}`);
    this.#checkControlCharacters();
    const bytes: number[] = [];
    for (;;) {
      const byte = this.#byte();
      if (this.#ended) throw this.#wrong('readStringSlowPath', 'unexpected end of input');
      if (byte === code('"')) return Buffer.from(bytes).toString('utf8');
      if (byte === code('\\')) bytes.push(...this.#escape());
      else bytes.push(byte);
    }
  }

  /** They are refused only up to the first escape, and in the piece where the string begins. */
  #checkControlCharacters(): void {
    for (let at = this.#at; at < this.#end; at++) {
      const byte = this.#bytes[at] ?? END;
      if (byte === code('"') || byte === code('\\')) return;
      if (byte < code(' ')) throw this.#wrong('ReadString', `invalid control character found: ${byte}`);
    }
  }

  #escape(): Uint8Array {
    const letter = this.#byte();
    const plain = SIMPLE_ESCAPES.get(String.fromCharCode(letter));
    if (plain !== undefined) return Buffer.from(plain);
    if (letter !== code('u')) throw this.#wrong('readEscapedChar', 'invalid escape char after \\');
    let unit = this.#hexadecimal();
    let characters = String.fromCharCode(unit);
    // The second half of a pair, if there is one.
    while (unit >= 0xd800 && unit <= 0xdbff && this.#bytes.subarray(this.#at, this.#at + 2).toString() === '\\u') {
      this.#byte();
      this.#byte();
      unit = this.#hexadecimal();
      characters += String.fromCharCode(unit);
    }
    return Buffer.from(characters);
  }

  #hexadecimal(): number {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const digit = String.fromCharCode(this.#byte());
      if (this.#ended) throw this.#wrong('readStringSlowPath', 'unexpected end of input');
      if (!/^[0-9a-fA-F]$/.test(digit)) throw this.#wrong('readU4', `expects 0~9 or a~f, but found ${digit}`);
      value = value * 16 + Number.parseInt(digit, 16);
    }
    return value;
  }

  #letters(letters: string, operation: 'skipThreeBytes' | 'skipFourBytes'): void {
    for (const letter of letters) {
      if (this.#byte() !== code(letter)) throw this.#wrong(operation, `expect ${letters}`);
    }
  }

  #number(): number {
    const first = String.fromCharCode(this.#bytes[this.#at] ?? END);
    const isInPiece = this.#at < this.#end;
    if (isInPiece && /^[,\]} \t\n]$/.test(first)) throw this.#wrong('readFloat64', 'empty number');
    if (isInPiece && first === '.') throw this.#wrong('readFloat64', 'leading dot is invalid');
    const second = String.fromCharCode(this.#at + 1 < this.#end ? (this.#bytes[this.#at + 1] ?? END) : END);
    if (first === '0' && /^[0-9]$/.test(second)) throw this.#wrong('readFloat64', 'leading zero is invalid');
    let written = '';
    for (;;) {
      if (this.#at >= this.#end && !this.#more()) break;
      const character = String.fromCharCode(this.#bytes[this.#at] ?? END);
      if (!/^[-+.eE0-9]$/.test(character)) break;
      written += character;
      this.#at++;
    }
    const problem = numberProblem(written);
    if (problem !== undefined) throw this.#wrong('readFloat64SlowPath', problem);
    const value = Number(written);
    if (Number.isNaN(value)) throw new Malformed(`strconv.ParseFloat: parsing "${written}": invalid syntax`);
    if (!Number.isFinite(value)) throw new Malformed(`strconv.ParseFloat: parsing "${written}": value out of range`);
    return value;
  }

  /** The next byte that is no blank, or `END`. */
  #token(): number {
    for (;;) {
      for (let at = this.#at; at < this.#end; at++) {
        const byte = this.#bytes[at] ?? END;
        if (byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d) continue;
        this.#at = at + 1;
        return byte;
      }
      if (!this.#more()) return END;
    }
  }

  #byte(): number {
    if (this.#at === this.#end && !this.#more()) return END;
    return this.#bytes[this.#at++] ?? END;
  }

  #back(): void {
    if (!this.#ended) this.#at--;
  }

  #more(): boolean {
    if (this.#end >= this.#bytes.length) {
      this.#ended = true;
      return false;
    }
    this.#start = this.#end;
    this.#at = this.#start;
    this.#end = Math.min(this.#start + PIECE, this.#bytes.length);
    return true;
  }

  #wrong(operation: string, message: string): Malformed {
    const near = (distance: number) =>
      this.#bytes
        .subarray(Math.max(this.#start, this.#at - distance), Math.min(this.#end, this.#at + distance))
        .toString('utf8');
    const behind = this.#at - Math.max(this.#start, this.#at - 10);
    return new Malformed(
      `${operation}: ${message}, error found in #${behind} byte of ...|${near(10)}|..., bigger context ...|${near(50)}|...`,
    );
  }
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }),
);

/** What is wrong with a number that Go's own reading would let pass. */
function numberProblem(written: string): string | undefined {
  if (written === '') return 'empty number';
  if (written.startsWith('-')) return '-- is not valid';
  const dot = written.indexOf('.');
  if (dot < 0) return undefined;
  if (dot === written.length - 1) return 'dot can not be last character';
  return /[0-9]/.test(written[dot + 1] ?? '') ? undefined : 'missing digit after dot';
}

function code(character: string): number {
  return character.charCodeAt(0);
}

function text(byte: number): string {
  return String.fromCharCode(byte);
}
