/** How far the log of a container has been read, over all its restarts. */
export interface LogPosition {
  /** Lines up to this time were there before; they are not shown. Empty when everything is new. */
  readonly baseline: string;
  /** The time of the last line that was shown; empty at the start. */
  last: string;
  /** How many lines with exactly that time were shown. */
  same: number;
  /** Ids of the ended containers whose logs have been read to the end. */
  readonly finished: Set<string>;
  /** The last lines of each container, by its id. */
  readonly tails: Map<string, string[]>;
}

const TAIL_LINES = 20;
const KEPT_TAILS = 3;

export function newPosition(baseline: string): LogPosition {
  return { baseline, last: '', same: 0, finished: new Set(), tails: new Map() };
}

export interface LogLine {
  /** As the cluster writes it: `2026-01-01T10:00:00.123456789Z`. Empty when the line has none. */
  readonly time: string;
  readonly text: string;
}

const TIMED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;

export function parseLogLine(line: string): LogLine {
  const match = TIMED.exec(line);
  return match ? { time: match[1] ?? '', text: line.slice(match[0].length) } : { time: '', text: line };
}

/** Negative when `a` is earlier. Nanoseconds count, and offsets of time zones too. */
export function compareTimes(a: string, b: string): number {
  if (a.length === b.length && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : a > b ? 1 : 0;
  return seconds(a) - seconds(b) || nanos(a) - nanos(b);
}

function seconds(time: string): number {
  return time === '' ? 0 : Date.parse(time.replace(/\.\d+/, '')) / 1000;
}

function nanos(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return Number(fraction.padEnd(9, '0').slice(0, 9));
}

/** Reads one container's stream from where an earlier one may have left off: lets each line pass once. */
export class LogCursor {
  readonly #position: LogPosition;
  readonly #start: string;
  readonly #shownAtStart: number;
  #seenAtStart = 0;

  constructor(position: LogPosition) {
    this.#position = position;
    this.#start = position.last;
    this.#shownAtStart = position.same;
  }

  /** Whether the line has not been shown before. */
  pass({ time }: LogLine): boolean {
    const position = this.#position;
    if (time === '') return true;
    if (position.baseline !== '' && compareTimes(time, position.baseline) <= 0) return false;
    if (this.#start !== '') {
      const order = compareTimes(time, this.#start);
      if (order < 0) return false;
      if (order === 0 && this.#seenAtStart++ < this.#shownAtStart) return false;
    }
    if (time === position.last) position.same++;
    else {
      position.last = time;
      position.same = 1;
    }
    return true;
  }
}

export function keepTail(position: LogPosition, containerId: string, text: string): void {
  let tail = position.tails.get(containerId);
  if (!tail) {
    tail = [];
    position.tails.set(containerId, tail);
    const [oldest] = position.tails.keys();
    if (position.tails.size > KEPT_TAILS && oldest !== undefined) position.tails.delete(oldest);
  }
  tail.push(text);
  if (tail.length > TAIL_LINES) tail.shift();
}
