import { aBool, anInt, anIterable, anything, aString, type IterableValue, positional } from './arguments.ts';
import { Elements } from './bytes.ts';
import { eachOf } from './dict.ts';
import { format } from './format.ts';
import { type Keyword, MethodTable } from './function.ts';
import {
  fields,
  isCased,
  isDigit,
  isLetter,
  isLowerLetter,
  isTitleLetter,
  isUpperLetter,
  lower,
  SPACE,
  title,
  trimEnd,
  trimStart,
  upper,
} from './letters.ts';
import { List, Tuple } from './list.ts';
import { inside } from './list-methods.ts';
import { bounds } from './parts.ts';
import { limitedFields, limitedSplit } from './split.ts';
import { byteLength, byteSlice, codePoints, fromBytes, joined, quote, toBytes } from './text.ts';
import { StarlarkError, typeOf, type Value } from './value.ts';

type Args = readonly Value[];
type Keywords = readonly Keyword[];

/** Whether there are characters and all of them are such. */
function all(name: string, text: string, args: Args, keywords: Keywords, test: (char: string) => boolean): boolean {
  positional(name, args, keywords, 0);
  return text !== '' && [...text].every(test);
}

/** The part of a string that optional indexes mean, and where it begins; in bytes. */
function part(name: string, text: string, from: Value | undefined, to: Value | undefined): [string, number] {
  if (from === undefined && to === undefined) return [text, 0];
  const [start, end] = inside(name, () => bounds(from, to, byteLength(text)));
  return [start < end ? byteSlice(text, start, end) : '', start];
}

function find(name: string, self: string, args: Args, keywords: Keywords, last: boolean): number {
  const [wanted = '', from, to] = positional(name, args, keywords, 1, aString, anything, anything);
  const [text, start] = part(name, self, from, to);
  const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  return at < 0 ? -1 : byteLength(text.slice(0, at)) + start;
}

function found(name: string, self: string, args: Args, keywords: Keywords, last: boolean): number {
  const at = find(name, self, args, keywords, last);
  if (at < 0) throw new StarlarkError(`${name}: substring not found`);
  return at;
}

function affix(name: 'startswith' | 'endswith', self: string, args: Args, keywords: Keywords): boolean {
  const [wanted, from, to] = positional(name, args, keywords, 1, anything, anything, anything);
  const [text] = part(name, self, from, to);
  const has = (piece: string) => (name === 'startswith' ? text.startsWith(piece) : text.endsWith(piece));
  if (typeof wanted === 'string') return has(wanted);
  if (!(wanted instanceof Tuple)) {
    throw new StarlarkError(`${name}: got ${typeOf(wanted as Value)}, want string or tuple of string`);
  }
  return wanted.items.some((piece, index) => {
    if (typeof piece === 'string') return has(piece);
    throw new StarlarkError(`${name}: want string, got ${typeOf(piece)}, for element ${index}`);
  });
}

function partition(name: string, self: string, args: Args, keywords: Keywords): Tuple {
  const [separator = ''] = positional(name, args, keywords, 1, aString);
  if (separator === '') throw new StarlarkError(`${name}: empty separator`);
  const last = name === 'rpartition';
  const at = last ? self.lastIndexOf(separator) : self.indexOf(separator);
  if (at < 0) return new Tuple(last ? ['', '', self] : [self, '', '']);
  return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
}

function strip(name: string, self: string, args: Args, keywords: Keywords): string {
  const [characters = ''] = positional(name, args, keywords, 0, aString);
  const [front, behind] = [name !== 'rstrip', name !== 'lstrip'];
  if (characters === '') {
    const text = front ? trimStart(self) : self;
    return behind ? trimEnd(text) : text;
  }
  const set = new Set(characters);
  const chars = [...self];
  let [start, end] = [0, chars.length];
  while (front && start < end && set.has(chars[start] as string)) start += 1;
  while (behind && end > start && set.has(chars[end - 1] as string)) end -= 1;
  return chars.slice(start, end).join('');
}

function split(name: 'split' | 'rsplit', self: string, args: Args, keywords: Keywords): List {
  const [separator = null, most = -1] = positional(name, args, keywords, 0, anything, anInt);
  if (separator === null) return new List(most < 0 ? fields(self) : limitedFields(self, most, name === 'rsplit'));
  if (typeof separator !== 'string') {
    throw new StarlarkError(`split: got ${typeOf(separator)} for separator, want string`);
  }
  if (separator === '') throw new StarlarkError('split: empty separator');
  return new List(most < 0 ? self.split(separator) : limitedSplit(self, separator, most, name === 'rsplit'));
}

function isTitle(text: string): boolean {
  let cased = false;
  let before = false;
  for (const char of text) {
    const opens = isTitleLetter(char);
    if (opens || isLowerLetter(char)) {
      if (opens === before) return false;
      before = true;
      cased = true;
    } else if (isUpperLetter(char)) return false;
    else before = false;
  }
  return cased;
}

function inTitleCase(text: string): string {
  let result = '';
  let before = false;
  for (const char of text) {
    result += before ? lower(char) : title(char);
    before = isCased(char);
  }
  return result;
}

/** How often a text is in another without overlaps; the empty one is around each character. */
function count(text: string, wanted: string): number {
  return wanted === '' ? codePoints(text).length + 1 : text.split(wanted).length - 1;
}

function replace(self: string, from: string, to: string, most: number): string {
  if (from === '') return spread(self, to, most);
  return (most < 0 ? self.split(from) : limitedSplit(self, from, most, false)).join(to);
}

/** Puts a text in front of each of the first characters, and behind the last one if the number lasts. */
function spread(self: string, to: string, most: number): string {
  let result = '';
  let left = most < 0 ? Number.POSITIVE_INFINITY : most;
  for (const char of self) {
    if (left > 0) result += to;
    left -= 1;
    result += char;
  }
  return left > 0 ? result + to : result;
}

/** One-byte strings or numbers, or characters or their numbers. */
function elements(name: string, self: string, args: Args, keywords: Keywords): Elements {
  positional(name, args, keywords, 0);
  const shown = `${quote(self)}.${name}()`;
  switch (name) {
    case 'elems':
      return new Elements('string.elems', shown, true, () => toBytes(self).map((byte) => fromBytes([byte])));
    case 'elem_ords':
      return new Elements('string.elems', shown, true, () => toBytes(self));
    case 'codepoints':
      return new Elements('string.codepoints', shown, false, () =>
        codePoints(self).map((code) => String.fromCodePoint(code)),
      );
    default:
      return new Elements('string.codepoints', shown, false, () => codePoints(self));
  }
}

export const stringMethods = new MethodTable<string>({
  $capitalize(self, args, keywords) {
    positional('capitalize', args, keywords, 0);
    const [first = '', ...rest] = self;
    return title(first) + lower(rest.join(''));
  },
  $codepoint_ords: (self, args, keywords) => elements('codepoint_ords', self, args, keywords),
  $codepoints: (self, args, keywords) => elements('codepoints', self, args, keywords),
  $count(self, args, keywords) {
    const [wanted = '', from, to] = positional('count', args, keywords, 1, aString, anything, anything);
    return count(part('count', self, from, to)[0], wanted);
  },
  $elem_ords: (self, args, keywords) => elements('elem_ords', self, args, keywords),
  $elems: (self, args, keywords) => elements('elems', self, args, keywords),
  $endswith: (self, args, keywords) => affix('endswith', self, args, keywords),
  $find: (self, args, keywords) => find('find', self, args, keywords, false),
  $format: (self, args, keywords) => format(self, args, keywords),
  $index: (self, args, keywords) => found('index', self, args, keywords, false),
  $isalnum: (self, args, keywords) => all('isalnum', self, args, keywords, (char) => isLetter(char) || isDigit(char)),
  $isalpha: (self, args, keywords) => all('isalpha', self, args, keywords, isLetter),
  $isdigit: (self, args, keywords) => all('isdigit', self, args, keywords, isDigit),
  $islower(self, args, keywords) {
    positional('islower', args, keywords, 0);
    return [...self].some(isCased) && lower(self) === self;
  },
  $isspace: (self, args, keywords) => all('isspace', self, args, keywords, (char) => SPACE.test(char)),
  $istitle(self, args, keywords) {
    positional('istitle', args, keywords, 0);
    return isTitle(self);
  },
  $isupper(self, args, keywords) {
    positional('isupper', args, keywords, 0);
    return [...self].some(isCased) && upper(self) === self;
  },
  $join(self, args, keywords) {
    const [items] = positional('join', args, keywords, 1, anIterable);
    const texts: string[] = [];
    eachOf((items as IterableValue).iterate(), (item) => {
      if (typeof item !== 'string') throw new StarlarkError(`join: in list, want string, got ${typeOf(item)}`);
      texts.push(item);
      return undefined;
    });
    return joined(texts.join(self));
  },
  $lower(self, args, keywords) {
    positional('lower', args, keywords, 0);
    return lower(self);
  },
  $lstrip: (self, args, keywords) => strip('lstrip', self, args, keywords),
  $partition: (self, args, keywords) => partition('partition', self, args, keywords),
  $removeprefix(self, args, keywords) {
    const [prefix = ''] = positional('removeprefix', args, keywords, 1, aString);
    return self.startsWith(prefix) ? self.slice(prefix.length) : self;
  },
  $removesuffix(self, args, keywords) {
    const [suffix = ''] = positional('removesuffix', args, keywords, 1, aString);
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self;
  },
  $replace(self, args, keywords) {
    const [from = '', to = '', most = -1] = positional('replace', args, keywords, 2, aString, aString, anInt);
    return joined(replace(self, from, to, most));
  },
  $rfind: (self, args, keywords) => find('rfind', self, args, keywords, true),
  $rindex: (self, args, keywords) => found('rindex', self, args, keywords, true),
  $rpartition: (self, args, keywords) => partition('rpartition', self, args, keywords),
  $rsplit: (self, args, keywords) => split('rsplit', self, args, keywords),
  $rstrip: (self, args, keywords) => strip('rstrip', self, args, keywords),
  $split: (self, args, keywords) => split('split', self, args, keywords),
  $splitlines(self, args, keywords) {
    const [keepEnds = false] = positional('splitlines', args, keywords, 0, aBool);
    const lines = self.split('\n');
    const last = lines.pop() as string;
    const ended = keepEnds ? lines.map((line) => `${line}\n`) : lines;
    return new List(last === '' ? ended : [...ended, last]);
  },
  $startswith: (self, args, keywords) => affix('startswith', self, args, keywords),
  $strip: (self, args, keywords) => strip('strip', self, args, keywords),
  $title(self, args, keywords) {
    positional('title', args, keywords, 0);
    return inTitleCase(self);
  },
  $upper(self, args, keywords) {
    positional('upper', args, keywords, 0);
    return upper(self);
  },
});
