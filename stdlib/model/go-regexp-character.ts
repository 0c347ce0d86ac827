/** Why a regular expression in Go's language is none, in the words of Go's package regexp. */
export class MalformedRegexp extends Error {
  constructor(what: string, part: string) {
    super(`error parsing regexp: ${what}: \`${part}\``);
  }
}

/** A piece of a pattern in JavaScript's language, and where the pattern goes on. */
export interface ReadPart {
  readonly source: string;
  readonly end: number;
}

const SPACES = '\\t\\n\\f\\r ';
const CONTROLS: Readonly<Record<string, string>> = { a: '\\x07', f: '\\f', n: '\\n', r: '\\r', t: '\\t', v: '\\v' };
const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: `\\v${SPACES}`,
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** `\d` and `\pL` and their like, or nothing when another escape stands here. */
export function readClass(pattern: string, at: number, inSet: boolean): ReadPart | undefined {
  const letter = pattern[at + 1] ?? '';
  const end = at + 2;
  if (letter !== '' && 'dDwW'.includes(letter)) return { source: `\\${letter}`, end };
  if (letter === 's') return { source: inSet ? SPACES : `[${SPACES}]`, end };
  if (letter === 'S') {
    return { source: inSet ? '\\x00-\\x08\\x0b\\x0e-\\x1f!-\\u{10ffff}' : `[^${SPACES}]`, end };
  }
  return letter === 'p' || letter === 'P' ? readUnicodeClass(pattern, at) : undefined;
}

function readUnicodeClass(pattern: string, at: number): ReadPart {
  const match = /^\\([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(pattern.slice(at));
  if (!match) throw new MalformedRegexp('invalid character class range', pattern.slice(at));
  const [whole, letter, not, long, short = ''] = match;
  const name = long ?? short;
  const isNegated = (letter === 'P') !== (not === '^');
  const source = `\\${isNegated ? 'P' : 'p'}{${name.length <= 2 ? name : `Script=${name}`}}`;
  if (!isValid(source)) throw new MalformedRegexp('invalid character class range', whole);
  return { source, end: at + whole.length };
}

function isValid(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** One character that is written with a backslash. */
export function readCharacter(pattern: string, at: number): ReadPart {
  const rest = pattern.slice(at);
  const match = ESCAPE.exec(rest);
  const [whole = '', octal, short, long, control, punctuation] = match ?? [];
  const point = octal ? Number.parseInt(octal, 8) : Number.parseInt(short ?? long ?? '0', 16);
  if (!match || punctuation === '_' || point > 0x10ffff) {
    const wrong = /^\\x(?:\{[0-9A-Fa-f]*.?|[0-9A-Fa-f]?.?)|^\\./su.exec(rest)?.[0] ?? rest;
    throw new MalformedRegexp('invalid escape sequence', wrong);
  }
  const source =
    control === undefined ? literal(punctuation ?? String.fromCodePoint(point)) : (CONTROLS[control] ?? '');
  return { source, end: at + whole.length };
}

const ESCAPE = /^\\(?:(0[0-7]{0,2}|[1-7][0-7]{1,2})|x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|([afnrtv])|([!-/:-@[-`{-~]))/;

/** A set in brackets. */
export function readSet(pattern: string, start: number): ReadPart {
  const missing = () => new MalformedRegexp('missing closing ]', pattern.slice(start));
  let at = start + 1;
  const isNegated = pattern[at] === '^';
  if (isNegated) at++;
  let members = '';
  // A bracket that comes first is a member.
  for (let isFirst = true; isFirst || pattern[at] !== ']'; isFirst = false) {
    if (at >= pattern.length) throw missing();
    const { source, end } = readNamed(pattern, at) ?? readRange(pattern, at, missing);
    members += source;
    at = end;
  }
  return { source: `[${isNegated ? '^' : ''}${members}]`, end: at + 1 };
}

/** `[:alpha:]`, `\d` and their like in a set. */
function readNamed(pattern: string, at: number): ReadPart | undefined {
  if (pattern[at] === '\\') return readClass(pattern, at, true);
  const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(at));
  if (!posix) return undefined;
  const [whole, not, name = ''] = posix;
  const source = POSIX[name];
  if (source === undefined || not) throw new MalformedRegexp('invalid character class range', whole);
  return { source, end: at + whole.length };
}

function readRange(pattern: string, start: number, missing: () => MalformedRegexp): ReadPart {
  const low = readMember(pattern, start, missing);
  if (pattern[low.end] !== '-' || pattern[low.end + 1] === ']') return low;
  if (low.end + 1 >= pattern.length) throw missing();
  const high = readMember(pattern, low.end + 1, missing);
  const source = `${low.source}-${high.source}`;
  if (isValid(`[${source}]`)) return { source, end: high.end };
  throw new MalformedRegexp('invalid character class range', pattern.slice(start, high.end));
}

function readMember(pattern: string, at: number, missing: () => MalformedRegexp): ReadPart {
  const point = pattern.codePointAt(at);
  if (point === undefined) throw missing();
  const character = String.fromCodePoint(point);
  if (character !== '\\') return { source: literal(character), end: at + character.length };
  if (at + 1 >= pattern.length) throw new MalformedRegexp('trailing backslash at end of expression', '');
  return readCharacter(pattern, at);
}

/** A character that stands for itself, in a set too. */
export function literal(character: string): string {
  if (/[\\^$.*+?()[\]{}|/-]/.test(character)) return character === '-' ? '\\x2d' : `\\${character}`;
  return character;
}
