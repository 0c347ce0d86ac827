import { YamlError } from './yaml-cursor.ts';

/** What a scalar means. A merge key is none of these: `merge`. */
export type ScalarTag = 'null' | 'bool' | 'int' | 'float' | 'str' | 'merge';
export interface Resolved {
  readonly tag: ScalarTag;
  readonly value: null | boolean | number | bigint | string;
}

const words = new Map<string, Resolved>();
function define(tag: ScalarTag, value: Resolved['value'], list: string): void {
  for (const word of list.split(' ')) words.set(word, { tag, value });
}
define('bool', true, 'y Y yes Yes YES true True TRUE on On ON');
define('bool', false, 'n N no No NO false False FALSE off Off OFF');
define('null', null, '~ null Null NULL');
words.set('', { tag: 'null', value: null });
define('float', Number.NaN, '.nan .NaN .NAN');
define('float', Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF');
define('float', Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF');
define('merge', '<<', '<<');

/** Codes with which a scalar may begin that is no string. */
const beginsOther = new Set([...'+-.0123456789yYnNtTfFoO~<'].map((character) => character.charCodeAt(0)));

const longPrefix = 'tag:yaml.org,2002:';

/**
 * The value of a scalar without quotes, by YAML 1.1 as go-yaml reads it: `yes` and `on` are booleans, `0755` is octal, dates
 * stay strings. With a tag, the text must be of that type; tags that YAML does not define make strings.
 */
export function resolveScalar(tag: string, text: string): Resolved {
  if (tag === '') return resolvePlain(text);
  if (tag === `${longPrefix}str`) return { tag: 'str', value: text };
  if (tag === `${longPrefix}binary`) return { tag: 'str', value: decodeBinary(text) };
  const wanted = wantedTags[tag];
  if (wanted === undefined) return { tag: 'str', value: text };
  const found = resolvePlain(text);
  if (found.tag === wanted) return found;
  if (wanted === 'float' && found.tag === 'int') return { tag: 'float', value: Number(found.value) };
  if (wanted === 'timestamp' && isTimestamp(text)) return { tag: 'str', value: text };
  throw new YamlError(`cannot decode !!${found.tag} \`${text}\` as a !!${wanted}`);
}

const wantedTags: Readonly<Record<string, ScalarTag | 'timestamp'>> = {
  [`${longPrefix}bool`]: 'bool',
  [`${longPrefix}int`]: 'int',
  [`${longPrefix}float`]: 'float',
  [`${longPrefix}null`]: 'null',
  [`${longPrefix}timestamp`]: 'timestamp',
};

function decodeBinary(text: string): string {
  const compact = text.replace(/[\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new YamlError('!!binary value contains invalid base64 data');
  }
  return Buffer.from(compact, 'base64').toString('utf8');
}

export function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/.test(text);
}

export function resolvePlain(text: string): Resolved {
  if (text !== '' && !beginsOther.has(text.charCodeAt(0))) return { tag: 'str', value: text };
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const isNumberLike = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  return (isNumberLike ? resolveNumber(text) : undefined) ?? { tag: 'str', value: text };
}

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string): Resolved | undefined {
  if (text.startsWith('.')) {
    return float.test(text) ? { tag: 'float', value: Number(text) } : undefined;
  }
  const plain = text.replaceAll('_', '');
  const int = parseInt64(plain);
  if (int !== undefined) return { tag: 'int', value: int };
  if (!float.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? { tag: 'float', value } : undefined;
}

/** Whole numbers with Go's prefixes, a leading zero meaning octal; nothing for what does not fit in 64 bits. */
function parseInt64(text: string): number | bigint | undefined {
  const found = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(text);
  const digits = found?.[2];
  if (found === null || digits === undefined) return undefined;
  const negative = found[1] === '-';
  if (digits.length < 16 && digits[0] !== '0') return negative ? -Number(digits) : Number(digits);
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = negative ? -size : size;
  // Without a sign also what fits in 64 bits unsigned.
  if (value < -(2n ** 63n) || value >= (found[1] === '' ? 2n ** 64n : 2n ** 63n)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number + 0 : value;
}
