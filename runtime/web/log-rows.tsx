import { memo } from 'preact/compat';
import { piecesOf } from './ansi.ts';
import type { LogBook } from './log-book.ts';
import { clockWords } from './time-words.ts';

export interface RowProps {
  readonly book: LogBook;
  readonly line: number;
  readonly text: string;
  readonly pattern: RegExp | undefined;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  readonly showsName: boolean;
  readonly top: number;
  onMark(line: number): void;
}

const LEVEL_CLASSES = ['', 'warn', 'error'] as const;

/** One line of a log. */
export const LogRow = memo(function LogRow(props: RowProps) {
  const { book, line, text, pattern, isCurrent, isMarked, showsName, top, onMark } = props;
  const name = book.resourceOf(line);
  const time = book.times[line] ?? 0;
  const classes = ['log-row', LEVEL_CLASSES[book.levels[line] ?? 0], isCurrent && 'current', isMarked && 'marked'];
  return (
    <div class={classes.filter(Boolean).join(' ')} style={{ top: `${top}px` }} data-line={line}>
      <button type="button" class="log-time" title="Link to this line" onClick={() => onMark(line)}>
        {time > 0 ? clockWords(time) : '        '}
      </button>
      {showsName && (
        <span class="log-name" title={name}>
          {name}
        </span>
      )}
      <span class="log-text">{pieces(text, pattern)}</span>
    </div>
  );
});

function pieces(text: string, pattern: RegExp | undefined) {
  return piecesOf(text).map(({ text: part, look }, at) => (
    // Pieces of a line never move.
    <span key={at} class={look}>
      {pattern === undefined ? part : withMarks(part, pattern)}
    </span>
  ));
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
