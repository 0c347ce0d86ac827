import type { PathNode, PathNodes } from './json-path-node.ts';

export type ParsedPath =
  | { readonly ok: true; readonly nodes: PathNodes }
  | { readonly ok: false; readonly message: string };

class PathSyntaxError extends Error {}

/** Reads a path as kubectl does: text, and steps in braces. */
export function parseJsonPath(text: string): ParsedPath {
  try {
    return { ok: true, nodes: new Parser(text).template() };
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error;
    return { ok: false, message: error.message };
  }
}

const END = '';
const DICT_KEY = /^'([^']*)'$/;
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;

class Parser {
  readonly #input: string;
  #at = 0;

  constructor(input: string) {
    this.#input = input;
  }

  template(): PathNodes {
    const nodes: PathNode[] = [];
    while (this.#at < this.#input.length) {
      const brace = this.#input.indexOf('{', this.#at);
      const end = brace < 0 ? this.#input.length : brace;
      if (end > this.#at) nodes.push({ kind: 'text', text: this.#input.slice(this.#at, end) });
      this.#at = end;
      if (brace < 0) break;
      this.#at++;
      nodes.push({ kind: 'list', nodes: this.#action() });
    }
    return nodes;
  }

  #action(): PathNodes {
    const nodes: PathNode[] = [];
    for (;;) {
      if (this.#take('}')) return nodes;
      if (this.#take('[?(')) {
        nodes.push(this.#filter());
        continue;
      }
      if (this.#take('..')) {
        nodes.push({ kind: 'descend' });
        if (isWordLetter(this.#peek())) nodes.push(this.#field());
        continue;
      }
      const letter = this.#next();
      if (letter === END || letter === '\n' || letter === '\r') throw new PathSyntaxError('unclosed action');
      if (letter === ' ' || letter === '@' || letter === '$') continue;
      if (letter === '[') nodes.push(...this.#array());
      else if (letter === '"' || letter === "'") nodes.push(this.#quoted(letter));
      else if (letter === '.') nodes.push(this.#field());
      else if (letter === '+' || letter === '-' || isDigit(letter)) nodes.push(this.#number(letter));
      else if (isWordLetter(letter)) nodes.push(this.#word(letter));
      else throw new PathSyntaxError(`unrecognized character in action: ${codePoint(letter)}`);
    }
  }

  #field(): PathNode {
    let name = '';
    for (let letter = this.#peek(); !isTerminator(letter); letter = this.#peek()) {
      this.#next();
      name += letter === '\\' ? this.#next() : letter;
    }
    return name === '*' ? { kind: 'every' } : { kind: 'field', name };
  }

  #word(first: string): PathNode {
    let name = first;
    while (!isTerminator(this.#peek())) name += this.#next();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    return { kind: 'keyword', name };
  }

  #number(first: string): PathNode {
    let text = first;
    while (this.#peek() === '.' || isDigit(this.#peek())) text += this.#next();
    const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) throw new PathSyntaxError(`cannot parse number ${text}`);
    return { kind: 'literal', value };
  }

  #quoted(mark: string): PathNode {
    const start = this.#at;
    for (let letter = this.#next(); ; letter = this.#next()) {
      if (letter === END || letter === '\n') throw new PathSyntaxError('unterminated quoted string');
      if (letter === mark && this.#input.charAt(this.#at - 2) !== '\\') break;
    }
    const text = this.#input.slice(start, this.#at - 1);
    return { kind: 'text', text: text.replace(/\\(.)/g, (_all, letter: string) => ESCAPES[letter] ?? letter) };
  }

  /** What stands between brackets: a list of alternatives, a key, an index, or from where to where. */
  #array(): PathNodes {
    const start = this.#at;
    for (let letter = this.#next(); letter !== ']'; letter = this.#next()) {
      if (letter === END || letter === '\n') throw new PathSyntaxError('unterminated array');
    }
    const inner = this.#input.slice(start, this.#at - 1);
    const text = inner === '*' ? ':' : inner;
    const alternatives = text.split(',');
    if (alternatives.length > 1) {
      const members = alternatives.map((one) => actionOf(`[${one.replace(/^ +| +$/g, '')}]`));
      return [{ kind: 'union', members }];
    }
    const key = DICT_KEY.exec(text);
    if (key) return actionOf(`.${key[1]}`);
    const slice = SLICE.exec(text);
    if (!slice) throw new PathSyntaxError(`invalid array index ${text}`);
    const [, first = '', second, third] = slice;
    const from = indexOf(first);
    const to =
      second === undefined || second === ''
        ? { at: (from ?? 0) + 1, isDerived: true }
        : { at: indexOf(second.slice(1)), isDerived: false };
    return [{ kind: 'slice', from: { at: from, isDerived: false }, to, step: indexOf(third?.slice(1) ?? '') }];
  }

  #filter(): PathNode {
    const start = this.#at;
    let quote = '';
    let isClosed = false;
    for (let letter = this.#next(); ; letter = this.#next()) {
      if (letter === END || letter === '\n') throw new PathSyntaxError('unterminated filter');
      if (letter === '"' || letter === "'") {
        if (quote === '') quote = letter;
        else if (letter === quote && this.#input.charAt(this.#at - 2) !== '\\') isClosed = true;
      } else if (letter === ')' && (quote !== '') === isClosed) break;
    }
    if (this.#next() !== ']') throw new PathSyntaxError('unclosed array expect ]');
    const text = this.#input.slice(start, this.#at - 2);
    const comparison = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (!comparison) return { kind: 'filter', left: actionOf(text), operator: 'exists', right: [] };
    const [, left = '', operator = '', right = ''] = comparison;
    return { kind: 'filter', left: actionOf(left), operator, right: actionOf(right) };
  }

  #take(text: string): boolean {
    const isThere = this.#input.startsWith(text, this.#at);
    if (isThere) this.#at += text.length;
    return isThere;
  }

  #peek(): string {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? END : String.fromCodePoint(code);
  }

  #next(): string {
    const letter = this.#peek();
    this.#at += letter.length;
    return letter;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function actionOf(text: string): PathNodes {
  const [first] = new Parser(`{${text}}`).template();
  return first?.kind === 'list' ? first.nodes : [];
}

function indexOf(text: string): number | undefined {
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw new PathSyntaxError(`array index ${text} is not a number`);
  return Number(text);
}

function isTerminator(letter: string): boolean {
  return letter === END || ' \t\r\n.,[]$@{}'.includes(letter);
}

function isDigit(letter: string): boolean {
  return /^\p{Nd}$/u.test(letter);
}

function isWordLetter(letter: string): boolean {
  return /^[_\p{L}\p{Nd}]$/u.test(letter);
}

/** Such as `U+007C '|'`. */
function codePoint(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${letter}'`;
}
