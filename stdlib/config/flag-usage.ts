import type { Setting } from './setting.ts';

/** Lines may pass the width by this much rather than leave a short word alone on the next one. */
const SLOP = 5;
/** Below this width, texts go to lines of their own. */
const NARROW = 24;

/** The flags with their usage texts, one below the other, in alphabetical order and at most `width` columns wide; 0 means any width. */
export function flagUsage(flags: ReadonlyMap<string, Setting>, width: number): string {
  const lines = [...flags].sort(([one], [other]) => (one < other ? -1 : 1)).map(line);
  const column = Math.max(0, ...lines.map(({ head }) => byteLength(head)));
  return lines
    .map(({ head, text }) => `${head}${' '.repeat(column - byteLength(head))}   ${wrap(column + 3, width, text)}\n`)
    .join('');
}

interface Line {
  readonly head: string;
  readonly text: string;
}

function line([name, { kind, usage }]: readonly [string, Setting]): Line {
  const quoted = /`([^`]*)`/.exec(usage);
  const value = quoted ? (quoted[1] ?? '') : kind === 'bool' ? '' : kind;
  const text = quoted ? usage.replace(quoted[0], () => value) : usage;
  return {
    head: `      --${name}${value === '' ? '' : ` ${value}`}`,
    text: kind === 'object' ? `${text} (default None)` : text,
  };
}

function wrap(column: number, width: number, text: string): string {
  if (width === 0) return text.replaceAll('\n', `\n${' '.repeat(column)}`);
  let indent = column;
  let result = '';
  if (width - indent < NARROW) {
    indent = 16;
    result = `\n${' '.repeat(indent)}`;
  }
  const margin = `\n${' '.repeat(indent)}`;
  const room = width - indent - SLOP;
  let [now, later] = cut(room, text);
  result += now.replaceAll('\n', margin);
  while (later !== '') {
    [now, later] = cut(room, later);
    result += margin + now.replaceAll('\n', margin);
  }
  return result;
}

/** The text up to the last blank before `room`, and what follows that blank. */
function cut(room: number, text: string): [string, string] {
  if (room + SLOP > text.length) return [text, ''];
  const head = text.slice(0, room);
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (blank <= 0) return [text, ''];
  const newline = head.lastIndexOf('\n');
  const end = newline > 0 && newline < blank ? newline : blank;
  return [text.slice(0, end), text.slice(end + 1)];
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
