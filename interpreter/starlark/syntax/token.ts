const PUNCTUATION = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '~',
  '.',
  ',',
  '=',
  ';',
  ':',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '>=',
  '<=',
  '==',
  '!=',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<=',
  '>>=',
  '**',
] as const;

const KEYWORDS = [
  'and',
  'break',
  'continue',
  'def',
  'elif',
  'else',
  'for',
  'if',
  'in',
  'lambda',
  'load',
  'not',
  'or',
  'pass',
  'return',
  'while',
] as const;

/** Python's, of which Starlark keeps clear. `assert` is none of them. */
const RESERVED = [
  'as',
  'async',
  'await',
  'class',
  'del',
  'except',
  'finally',
  'from',
  'global',
  'import',
  'is',
  'nonlocal',
  'raise',
  'try',
  'with',
  'yield',
] as const;

export type Punctuation = (typeof PUNCTUATION)[number];
export type Keyword = (typeof KEYWORDS)[number];

/** The words that messages use for them, but for `bytes literal`, and `not in`, which the parser makes of two. */
export type Token =
  | Punctuation
  | Keyword
  | 'illegal token'
  | 'end of file'
  | 'newline'
  | 'indent'
  | 'outdent'
  | 'identifier'
  | 'int literal'
  | 'float literal'
  | 'string literal'
  | 'bytes literal'
  | 'not in';

const WORDS = new Map<string, Token>([
  ...KEYWORDS.map((word) => [word, word] as const),
  ...RESERVED.map((word) => [word, 'illegal token'] as const),
]);

export function wordToken(word: string): Token {
  return WORDS.get(word) ?? 'identifier';
}

const QUOTED: ReadonlySet<string> = new Set(PUNCTUATION);

/** A token as messages name it. go.starlark.net has no word for literals of bytes. */
export function describeToken(token: Token): string {
  if (token === 'bytes literal') return '';
  return QUOTED.has(token) ? `'${token}'` : token;
}
