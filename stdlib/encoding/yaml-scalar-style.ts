import { isTimestamp, resolvePlain } from './yaml-resolve.ts';

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal';

/** Whether YAML may show a character as it is. What lies beyond 16 bits is escaped, too, as go-yaml does. */
export function isPrintable(code: number): boolean {
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return code >= 0xa0 && code <= 0xfffd && code !== 0xfeff && (code < 0xd800 || code >= 0xe000);
}

export function isLineBreak(character: string): boolean {
  return /^[\n\r\u0085\u2028\u2029]$/.test(character);
}

/** How a text is written. `asKey`: on the line of a mapping's key. */
export function styleOf(text: string, asKey: boolean): ScalarStyle {
  const shape = shapeOf(text);
  if (text.includes('\n')) return shape.blockAllowed && !asKey ? 'literal' : 'double-quoted';
  if (mustBeQuoted(text) || (asKey && shape.multiline)) return 'double-quoted';
  if (shape.plainAllowed) return 'plain';
  return shape.singleQuotedAllowed ? 'single-quoted' : 'double-quoted';
}

/** A text that would be read as something else than a text. */
function mustBeQuoted(text: string): boolean {
  return resolvePlain(text).tag !== 'str' || isTimestamp(text) || base60.test(text);
}

/** Numbers to the base 60 of YAML 1.1, such as `12:30:45`. */
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

export interface ScalarShape {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleQuotedAllowed: boolean;
  readonly blockAllowed: boolean;
}

/** What a text's characters allow. */
export function shapeOf(text: string): ScalarShape {
  if (text === '') return { multiline: false, plainAllowed: true, singleQuotedAllowed: true, blockAllowed: false };
  const multiline = /[\n\r\u0085\u2028\u2029]/.test(text);
  const special = [...text].some((character) => !isPrintable(character.codePointAt(0) ?? 0));
  const breakThenSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const spaceThenBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  const edges = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  return {
    multiline,
    plainAllowed: !(edges || breakThenSpace || spaceThenBreak || special || multiline || hasIndicators(text)),
    singleQuotedAllowed: !(breakThenSpace || spaceThenBreak || special),
    blockAllowed: !(text.endsWith(' ') || spaceThenBreak || special),
  };
}

function hasIndicators(text: string): boolean {
  if (text.startsWith('---') || text.startsWith('...')) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return true;
  if (/^[?:-](?:[ \t]|$)/.test(text)) return true;
  return /:(?:[ \t]|$)/.test(text) || /[ \t\n\r\u0085\u2028\u2029]#/.test(text);
}
