import { memo } from 'preact/compat';
import { piecesOf } from './ansi.ts';
import type { LogBook } from './log-book.ts';
import { MOST_SHOWN } from './row-heights.ts';
import { clockWords } from './time-words.ts';

export interface RowProps {
  readonly book: LogBook;
  readonly line: number;
  /** Its place among the rows. */
  readonly row: number;
  readonly text: string;
  readonly pattern: RegExp | undefined;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  readonly showsName: boolean;
  readonly top: number;
  onMark(line: number): void;
}

const LEVEL_CLASSES = ['', 'warn', 'error'] as const;
const LEVEL_WORDS = ['', 'Warning: ', 'Error: '] as const;

/** One line of a log. */
export const LogRow = memo(function LogRow(props: RowProps) {
  const { book, line, row, text, pattern, isCurrent, isMarked, showsName, top, onMark } = props;
  const name = book.resourceOf(line);
  const time = book.times[line] ?? 0;
  const level = book.levels[line] ?? 0;
  const classes = ['log-row', LEVEL_CLASSES[level], isCurrent && 'current', isMarked && 'marked'];
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      data-line={book.sequences[line]}
      data-row={row}
    >
      <button type="button" class="log-time" title="Link to this line" tabIndex={-1} onClick={() => onMark(line)}>
        {time > 0 ? clockWords(time) : '--:--:--'}
      </button>
      {showsName && (
        <span class="log-name" title={name}>
          <bdi>{name}</bdi>
        </span>
      )}
      {level > 0 && <span class="hidden">{LEVEL_WORDS[level]}</span>}
      <span class="log-text">{pieces(text, pattern)}</span>
    </div>
  );
});

function pieces(text: string, pattern: RegExp | undefined) {
  let left = MOST_SHOWN;
  let rest = 0;
  const shown = [];
  for (const { text: part, look, style } of piecesOf(text)) {
    rest += Math.max(0, part.length - left);
    if (left <= 0) continue;
    const fitting = part.length > left ? part.slice(0, left) : part;
    left -= fitting.length;
    shown.push(
      <span key={shown.length} class={look} style={style}>
        {pattern === undefined ? fitting : withMarks(fitting, pattern)}
      </span>,
    );
  }
  if (rest > 0) {
    const words = ` … ${rest.toLocaleString('en')} more characters; Copy and Download have them`;
    shown.push(
      <span key="rest" class="log-rest">
        {words}
      </span>,
    );
  }
  return shown;
}

function withMarks(text: string, pattern: RegExp) {
  const global = new RegExp(pattern.source, 'gi');
  const parts: (string | ReturnType<typeof mark>)[] = [];
  let at = 0;
  for (const match of text.matchAll(global)) {
    if (match[0] === '') break;
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push(mark(match[0], match.index));
    at = match.index + match[0].length;
  }
  if (at === 0) return text;
  parts.push(text.slice(at));
  return parts;
}

function mark(text: string, key: number) {
  return <mark key={key}>{text}</mark>;
}
