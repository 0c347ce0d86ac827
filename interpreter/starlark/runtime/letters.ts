/** What Go's package `unicode` says of characters, for the methods of strings. */

export const SPACE = /[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const SPACES_IN_FRONT = new RegExp(`^${SPACE.source}+`);
const SPACES_BEHIND = new RegExp(`${SPACE.source}+$`);

export const trimStart = (text: string) => text.replace(SPACES_IN_FRONT, '');
export const trimEnd = (text: string) => text.replace(SPACES_BEHIND, '');

/** The fields between spaces. */
export function fields(text: string): string[] {
  return trimEnd(trimStart(text)) === '' ? [] : trimEnd(trimStart(text)).split(new RegExp(`${SPACE.source}+`));
}

/** Go maps each character to one other; JavaScript makes two of some ("ß"), and looks at their neighbours ("Σ"). */
function mapped(text: string, map: (char: string) => string): string {
  let result = '';
  for (const char of text) {
    const other = map(char);
    result += [...other].length === 1 ? other : char;
  }
  return result;
}

const NOT_ASCII = /[^\0-\x7f]/;

export function upper(text: string): string {
  return NOT_ASCII.test(text) ? mapped(text, (char) => char.toUpperCase()) : text.toUpperCase();
}

export function lower(text: string): string {
  return NOT_ASCII.test(text) ? mapped(text, (char) => char.toLowerCase()) : text.toLowerCase();
}

/** The four letters of Unicode that are two, such as "Ǆ", have a form of their own for the begin of a word: "ǅ". */
const TITLE: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǅ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǈ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǋ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǲ: 'ǲ',
  ǳ: 'ǲ',
};

export function title(char: string): string {
  return TITLE[char] ?? upper(char);
}

export function isCased(char: string): boolean {
  return lower(char) !== char || upper(char) !== char;
}

export const isLetter = (char: string) => /\p{L}/u.test(char);
export const isDigit = (char: string) => /\p{Nd}/u.test(char);
export const isLowerLetter = (char: string) => /\p{Ll}/u.test(char);
export const isUpperLetter = (char: string) => /\p{Lu}/u.test(char);
export const isTitleLetter = (char: string) => /[A-Z]|\p{Lt}/u.test(char);
