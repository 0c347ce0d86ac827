import { quote } from '../schema/show.ts';
import { compareVersions, parseVersion, type SemanticVersion } from './semantic-version.ts';

/** Whether a version is in the range. */
export type VersionRange = (version: SemanticVersion) => boolean;

export type ParsedRange =
  | { readonly ok: true; readonly range: VersionRange }
  /** Why not, in the words of the Go package blang/semver. */
  | { readonly ok: false; readonly message: string };

class Malformed extends Error {}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '': (order) => order === 0,
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

/** Reads conditions such as `>=0.20.0 <1.0.0 || 1.2.x`: those side by side must all hold, of those around `||` one. */
export function parseRange(text: string): ParsedRange {
  try {
    const alternatives = alternativesOf(splitWords(text)).map((words) => words.flatMap(withoutWildcard).map(condition));
    const range: VersionRange = (version) => alternatives.some((all) => all.every((holds) => holds(version)));
    return { ok: true, range };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message };
    throw error;
  }
}

/** Blanks may stand between an operator and its version. Words of one letter are passed over. */
function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let start = 0;
  let last = '';
  for (const [at, character] of [...text].entries()) {
    if (character !== ' ') {
      last = character;
    } else if (!'<>='.includes(last) || last === '') {
      if (start < at - 1) words.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (start < text.length - 1) words.push(text.slice(start));
  return words.map((word) => word.replaceAll(' ', ''));
}

function alternativesOf(words: readonly string[]): readonly (readonly string[])[] {
  const alternatives: (readonly string[])[] = [];
  let start = 0;
  for (const [at, word] of words.entries()) {
    if (word !== '||') continue;
    if (at === 0) throw new Malformed("First element in range is '||'");
    alternatives.push(words.slice(start, at));
    start = at + 1;
  }
  if (start === words.length) throw new Malformed("Last element in range is '||'");
  return [...alternatives, words.slice(start)];
}

function operatorAndVersion(word: string): readonly [operator: string, version: string] {
  const at = word.search(/\p{Nd}/u);
  if (at < 0) throw new Malformed(`Could not get version from string: ${quote(word)}`);
  return [word.slice(0, at), word.slice(at)];
}

/** `1.2.x` stands for all versions that begin so: the conditions without the `x` that say the same. */
function withoutWildcard(word: string): readonly string[] {
  if (!word.includes('x')) return [word];
  const [operator, version] = operatorAndVersion(word);
  const parts = version.split('.');
  // Which number the versions next to the range differ in.
  const counted = parts.at(-1) === 'x' ? parts.length - 2 : -1;
  let first = version.replace('.x.x', '.x').replace('.x', '.0');
  if (first.split('.').length === 2) first += '.0';
  const next = counted === 0 || counted === 1 ? incremented(first, counted) : '';
  switch (operator) {
    case '>':
      return [`>=${next}`];
    case '>=':
      return [`>=${first}`];
    case '<':
      return [`<${first}`];
    case '<=':
      return [`<${next}`];
    case '':
    case '=':
    case '==':
      return [`>=${first}`, `<${next}`];
    case '!':
    case '!=':
      return [`<${first}`, `>=${next}`];
    default:
      return [first];
  }
}

function incremented(version: string, index: number): string {
  const parts = version.split('.');
  const number = parts[index] ?? '';
  if (!/^[0-9]+$/.test(number)) return '';
  parts[index] = String(BigInt(number) + 1n);
  return parts.join('.');
}

function condition(word: string): VersionRange {
  const [operator, text] = operatorAndVersion(word);
  const holds = OPERATORS[operator];
  const whole = `Could not parse Range ${quote(word)}`;
  if (holds === undefined) {
    throw new Malformed(`${whole}: Could not parse comparator ${quote(operator)} in ${quote(word)}`);
  }
  const parsed = parseVersion(text);
  if (!parsed.ok) {
    throw new Malformed(`${whole}: Could not parse version ${quote(text)} in ${quote(word)}: ${parsed.message}`);
  }
  return (version) => holds(compareVersions(version, parsed.version));
}
