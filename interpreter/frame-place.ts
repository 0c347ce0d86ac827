import type { LineIndex } from './line-index.ts';

export interface FramePlace {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** The place that a frame of QuickJS means in an author's text: `characters` is its column as QuickJS counts. */
export function framePlace(lines: LineIndex, text: string, number: number, characters: number): FramePlace {
  const line = lines.line(number);
  if (line === undefined) return endOf(text);
  return { line: number, column: calleeStart(line, unitOf(line, characters)) };
}

function endOf(text: string): FramePlace {
  const lines = text.trimEnd().split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** QuickJS counts characters; editors and TypeScript count UTF-16 units. */
function unitOf(line: string, character: number): number {
  let units = 0;
  let count = 1;
  for (const char of line) {
    if (count >= character) break;
    units += char.length;
    count += 1;
  }
  return units + 1 + Math.max(0, character - count);
}

/** QuickJS points at the parenthesis of a call, the dot of a property, the `return` of a last call; people look for the name. */
function calleeStart(line: string, column: number): number {
  if (line[column - 1] === '.') return column + 1;
  const returned = /^return\s+(?=\S)/.exec(line.slice(column - 1));
  if (returned) return column + returned[0].length;
  if (line[column - 1] !== '(') return column;
  const name = /(?:\bnew\s+[\w$.]+|[\w$]+)\s*$/u.exec(line.slice(0, column - 1));
  return name ? name.index + 1 : column;
}
