import type { SourcePosition } from './position.ts';

const TAB = 4;
const WIDEST = 160;

/**
 * The line of a position with one line before and after it, numbered, and a mark under the column:
 *
 *      11 | const a = 1;
 *    > 12 | local('x', { nope: 1 });
 *         | ^
 *      13 |
 */
export function codeFrame(source: string, position: SourcePosition): string | undefined {
  const lines = source.split(/\r\n|\n|\r/);
  const at = lines[position.line - 1];
  if (at === undefined) return undefined;
  const numberWidth = String(Math.min(position.line + 1, lines.length)).length;
  const rows: string[] = [];
  for (let line = Math.max(1, position.line - 1); line <= Math.min(lines.length, position.line + 1); line++) {
    const here = line === position.line;
    const start = here && position.column > WIDEST - 40 ? position.column - WIDEST / 2 : 0;
    const text = (lines[line - 1] ?? '').slice(start, start + WIDEST);
    rows.push(`${here ? '>' : ' '} ${String(line).padStart(numberWidth)} | ${expandTabs(text)}`.trimEnd());
    if (here) {
      const before = expandTabs(at.slice(start, position.column - 1));
      rows.push(`  ${' '.repeat(numberWidth)} | ${' '.repeat(displayWidth(before))}^`);
    }
  }
  return rows.join('\n');
}

function expandTabs(text: string): string {
  let result = '';
  let width = 0;
  for (const char of text) {
    const shown = char === '\t' ? ' '.repeat(TAB - (width % TAB)) : isControl(char) ? '·' : char;
    result += shown;
    width += displayWidth(shown);
  }
  return result;
}

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code < 32 || code === 127;
}

const MARKS = /^\p{Mn}$|^\p{Me}$|^\p{Cf}$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;

/** Columns that the text takes in a terminal. */
function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += char < '\u0300' ? 1 : MARKS.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}
