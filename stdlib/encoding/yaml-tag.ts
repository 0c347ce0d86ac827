import { type Cursor, char, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord, type Mark } from './yaml-cursor.ts';
import type { Token } from './yaml-token.ts';

type TagParts = Pick<Token, 'value' | 'suffix'>;

/** Reads `!handle!suffix`, `!suffix` or `!<whole>`. */
export function scanTag(cursor: Cursor): TagParts {
  const start = cursor.mark;
  const parts = cursor.code(1) === char.less ? scanVerbatim(cursor, start) : scanShorthand(cursor, start);
  if (!isBlankOrEnd(cursor.code())) throw cursor.failure('did not find expected whitespace or line break', start);
  return parts;
}

function scanVerbatim(cursor: Cursor, start: Mark): TagParts {
  cursor.index += 2;
  const suffix = scanUri(cursor, '', start);
  if (cursor.code() !== char.greater) throw cursor.failure("did not find the expected '>'", start);
  cursor.index++;
  return { value: '', suffix };
}

function scanShorthand(cursor: Cursor, start: Mark): TagParts {
  const handle = scanHandle(cursor, false, start);
  if (handle.length > 1 && handle.endsWith('!')) return { value: handle, suffix: scanUri(cursor, '', start) };
  const suffix = scanUri(cursor, handle, start);
  return suffix === '' ? { value: '', suffix: '!' } : { value: '!', suffix };
}

function scanHandle(cursor: Cursor, directive: boolean, start: Mark): string {
  if (cursor.code() !== char.exclamation) throw cursor.failure("did not find expected '!'", start);
  const from = cursor.index++;
  while (isWord(cursor.code())) cursor.index++;
  if (cursor.code() === char.exclamation) cursor.index++;
  else if (directive && cursor.index > from + 1) throw cursor.failure("did not find expected '!'", start);
  return cursor.text.slice(from, cursor.index);
}

/** `head` is a handle that turned out to be the beginning of the tag itself. */
function scanUri(cursor: Cursor, head: string, start: Mark): string {
  const from = cursor.index;
  while (
    isWord(cursor.code()) ||
    (cursor.code() !== 0 && ";/?:@&=+$,.!~*'()[]%".includes(cursor.text[cursor.index] ?? ' '))
  ) {
    if (cursor.code() === char.percent && !/^%[0-9A-Fa-f]{2}/.test(cursor.text.slice(cursor.index, cursor.index + 3))) {
      throw cursor.failure('did not find URI escaped octet', start);
    }
    cursor.index++;
  }
  const written = cursor.text.slice(from, cursor.index);
  if (written === '' && head === '') throw cursor.failure('did not find expected tag URI', start);
  return (
    head.slice(1) +
    written.replace(/(?:%[0-9A-Fa-f]{2})+/g, (octets) =>
      Buffer.from(octets.replaceAll('%', ''), 'hex').toString('utf8'),
    )
  );
}

/** Reads a line that begins with `%`. */
export function scanDirective(cursor: Cursor): TagParts & { readonly kind: 'version-directive' | 'tag-directive' } {
  const start = cursor.mark;
  cursor.index++;
  const from = cursor.index;
  while (isWord(cursor.code())) cursor.index++;
  const name = cursor.text.slice(from, cursor.index);
  if (name === '') throw cursor.failure('could not find expected directive name', start);
  if (!isBlankOrEnd(cursor.code())) throw cursor.failure('found unexpected non-alphabetical character', start);
  if (name !== 'YAML' && name !== 'TAG') throw cursor.failure('found unknown directive name', start);
  while (isBlank(cursor.code())) cursor.index++;
  const parts = name === 'YAML' ? scanVersion(cursor, start) : scanTagDirective(cursor, start);
  while (isBlank(cursor.code())) cursor.index++;
  if (cursor.code() === char.hash) while (!isBreakOrEnd(cursor.code())) cursor.index++;
  if (!isBreakOrEnd(cursor.code())) throw cursor.failure('did not find expected comment or line break', start);
  if (cursor.code() !== 0) cursor.readBreak();
  return parts;
}

function scanVersion(cursor: Cursor, start: Mark): TagParts & { readonly kind: 'version-directive' } {
  const major = scanVersionNumber(cursor, start);
  if (cursor.code() !== char.dot) throw cursor.failure("did not find expected digit or '.' character", start);
  cursor.index++;
  return { kind: 'version-directive', value: `${major}.${scanVersionNumber(cursor, start)}`, suffix: '' };
}

function scanVersionNumber(cursor: Cursor, start: Mark): number {
  const from = cursor.index;
  while (isDigit(cursor.code())) {
    if (cursor.index - from >= 2) throw cursor.failure('found extremely long version number', start);
    cursor.index++;
  }
  if (cursor.index === from) throw cursor.failure('did not find expected version number', start);
  return Number(cursor.text.slice(from, cursor.index));
}

function scanTagDirective(cursor: Cursor, start: Mark): TagParts & { readonly kind: 'tag-directive' } {
  const value = scanHandle(cursor, true, start);
  if (!isBlank(cursor.code())) throw cursor.failure('did not find expected whitespace', start);
  while (isBlank(cursor.code())) cursor.index++;
  const suffix = scanUri(cursor, '', start);
  if (!isBlankOrEnd(cursor.code())) throw cursor.failure('did not find expected whitespace or line break', start);
  return { kind: 'tag-directive', value, suffix };
}
