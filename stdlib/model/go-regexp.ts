import { literal, MalformedRegexp, type ReadPart, readCharacter, readClass, readSet } from './go-regexp-character.ts';

export type CompiledRegexp =
  | { readonly ok: true; readonly regexp: RegExp }
  /** Why not, in the words of Go's package regexp. */
  | { readonly ok: false; readonly message: string };

/**
 * Makes a JavaScript regular expression of one in Go's language (RE2). Letters count as large or small for the whole expression or
 * not at all: `(?i)` anywhere in it means all of it.
 */
export function compileGoRegexp(pattern: string): CompiledRegexp {
  try {
    const translation = new Translator(pattern);
    const source = translation.run();
    return { ok: true, regexp: new RegExp(source, translation.ignoresCase ? 'iu' : 'u') };
  } catch (error) {
    if (error instanceof MalformedRegexp) return { ok: false, message: error.message };
    // What only JavaScript refuses: too large a number of repetitions of something large, say.
    if (error instanceof SyntaxError) return { ok: false, message: `error parsing regexp: ${error.message}` };
    throw error;
  }
}

interface Flags {
  readonly dotIsAll: boolean;
  readonly multiline: boolean;
  readonly ungreedy: boolean;
}

const MOST_REPETITIONS = 1000;

class Translator {
  ignoresCase = false;
  readonly #pattern: string;
  #at = 0;
  #result = '';
  #flags: Flags = { dotIsAll: false, multiline: false, ungreedy: false };
  /** The flags outside of each open group. */
  readonly #open: Flags[] = [];
  readonly #names = new Set<string>();
  /** Where the last thing that can be repeated begins in the result, and whether it is a condition. */
  #last: { readonly start: number; readonly isCondition: boolean } | undefined;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  run(): string {
    const { length } = this.#pattern;
    const starts: number[] = [];
    while (this.#at < length) {
      const character = this.#peek();
      switch (character) {
        case '(':
          this.#group(starts);
          break;
        case ')': {
          const outside = this.#open.pop();
          const start = starts.pop();
          if (outside === undefined || start === undefined) throw new MalformedRegexp('unexpected )', this.#pattern);
          this.#at++;
          this.#result += ')';
          this.#flags = outside;
          this.#last = { start, isCondition: false };
          break;
        }
        case '|':
          this.#at++;
          this.#result += '|';
          this.#last = undefined;
          break;
        case '*':
        case '+':
        case '?':
          this.#repeat(this.#at, character, this.#at + 1);
          break;
        case '{':
          this.#counted();
          break;
        case '^':
          this.#at++;
          this.#condition(this.#flags.multiline ? '(?<![^\\n])' : '^');
          break;
        case '$':
          this.#at++;
          this.#condition(this.#flags.multiline ? '(?![^\\n])' : '$');
          break;
        case '.':
          this.#at++;
          this.#thing(this.#flags.dotIsAll ? '[^]' : '[^\\n]');
          break;
        case '[':
          this.#part(readSet(this.#pattern, this.#at));
          break;
        case '\\':
          this.#escape();
          break;
        default:
          this.#at += character.length;
          this.#thing(literal(character));
      }
    }
    if (this.#open.length > 0) throw new MalformedRegexp('missing closing )', this.#pattern);
    return this.#result;
  }

  #peek(at = this.#at): string {
    const point = this.#pattern.codePointAt(at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  #thing(source: string): void {
    this.#last = { start: this.#result.length, isCondition: false };
    this.#result += source;
  }

  #part({ source, end }: ReadPart): void {
    this.#at = end;
    this.#thing(source);
  }

  #condition(source: string): void {
    this.#last = { start: this.#result.length, isCondition: true };
    this.#result += source;
  }

  #group(starts: number[]): void {
    const rest = this.#pattern.slice(this.#at);
    if (!rest.startsWith('(?')) {
      this.#enter('(', 1, starts);
      return;
    }
    if (/^\(\?P?</.test(rest)) {
      const end = rest.indexOf('>');
      if (end < 0) throw new MalformedRegexp('invalid named capture', rest);
      const whole = rest.slice(0, end + 1);
      const name = whole.slice(whole.indexOf('<') + 1, -1);
      if (!/^\w+$/.test(name)) throw new MalformedRegexp('invalid named capture', whole);
      if (this.#names.has(name)) throw new MalformedRegexp('duplicate capture group name', name);
      this.#names.add(name);
      this.#enter('(', whole.length, starts);
      return;
    }
    const flags = /^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(rest);
    if (!flags || (flags[1] === '' && flags[2] === ')')) {
      if (/^\(\?[imsU-]*$/.test(rest)) throw new MalformedRegexp('missing closing )', this.#pattern);
      const wrong = /^\(\?[imsU]*(?:-[imsU]*)?./su.exec(rest)?.[0] ?? rest;
      throw new MalformedRegexp('invalid or unsupported Perl syntax', wrong);
    }
    const [whole, letters = '', end] = flags;
    const changed = this.#changed(letters);
    if (end === ':') this.#enter('(?:', whole.length, starts);
    else this.#at += whole.length;
    this.#flags = changed;
  }

  #enter(source: string, length: number, starts: number[]): void {
    this.#open.push(this.#flags);
    starts.push(this.#result.length);
    this.#result += source;
    this.#at += length;
    this.#last = undefined;
  }

  #changed(letters: string): Flags {
    const [on = '', off = ''] = letters.split('-');
    if (on.includes('i')) this.ignoresCase = true;
    const now = (letter: string, before: boolean) => (on.includes(letter) || before) && !off.includes(letter);
    return {
      dotIsAll: now('s', this.#flags.dotIsAll),
      multiline: now('m', this.#flags.multiline),
      ungreedy: now('U', this.#flags.ungreedy),
    };
  }

  #counted(): void {
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#pattern.slice(this.#at));
    if (!match) {
      this.#at++;
      this.#thing('\\{');
      return;
    }
    const [whole, from = '', comma, to] = match;
    const most = to || (comma ? '' : from);
    if (
      Number(from) > MOST_REPETITIONS ||
      Number(most) > MOST_REPETITIONS ||
      (most !== '' && Number(most) < Number(from))
    ) {
      throw new MalformedRegexp('invalid repeat count', whole);
    }
    this.#repeat(this.#at, whole, this.#at + whole.length);
  }

  #repeat(start: number, operator: string, end: number): void {
    const isLazy = this.#pattern[end] === '?';
    this.#at = end + (isLazy ? 1 : 0);
    if (this.#last === undefined) {
      throw new MalformedRegexp('missing argument to repetition operator', this.#pattern.slice(start, this.#at));
    }
    if (this.#last.isCondition) {
      this.#result = `${this.#result.slice(0, this.#last.start)}(?:${this.#result.slice(this.#last.start)})`;
    }
    this.#result += operator + (isLazy === this.#flags.ungreedy ? '' : '?');
    this.#last = undefined;
    const again = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.#pattern.slice(this.#at));
    if (again) {
      const both = this.#pattern.slice(start, this.#at + again[0].length);
      throw new MalformedRegexp('invalid nested repetition operator', both);
    }
  }

  #escape(): void {
    const next = this.#peek(this.#at + 1);
    switch (next) {
      case '':
        throw new MalformedRegexp('trailing backslash at end of expression', '');
      case 'A':
      case 'z':
      case 'b':
      case 'B':
        this.#at += 2;
        this.#condition({ A: '(?<![^])', z: '(?![^])', b: '\\b', B: '\\B' }[next]);
        return;
      case 'Q': {
        const end = this.#pattern.indexOf('\\E', this.#at);
        const text = this.#pattern.slice(this.#at + 2, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#pattern.length : end + 2;
        for (const character of text) this.#thing(literal(character));
        return;
      }
      default:
        this.#part(readClass(this.#pattern, this.#at, false) ?? readCharacter(this.#pattern, this.#at));
    }
  }
}
