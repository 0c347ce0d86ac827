/** How far the log of a container has been read, over all its restarts. */
export interface LogPosition {
  /** Lines up to this time were there before; they are not shown. Empty when everything is new. */
  readonly baseline: string;
  /** The parts of the log that were shown. More than one: a later run's lines came before those of an earlier one. */
  readonly shown: ShownPart[];
  /** Ids of the ended containers whose logs have been read to the end. */
  readonly finished: Set<string>;
  /** The last lines of each container, by its id. */
  readonly tails: Map<string, string[]>;
}

/** All lines from one time to another. */
export interface ShownPart {
  first: string;
  last: string;
  /** How many lines with exactly the last time. */
  same: number;
}

const TAIL_LINES = 20;
const KEPT_TAILS = 3;
const KEPT_PARTS = 8;

export function newPosition(baseline: string): LogPosition {
  return { baseline, shown: [], finished: new Set(), tails: new Map() };
}

/** The time of the last line that was shown; empty at the start. */
export function lastShown({ shown }: LogPosition): string {
  return shown.reduce((latest, { last }) => (latest === '' || compareTimes(latest, last) < 0 ? last : latest), '');
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

/** Reads one container's stream, of which parts may have been shown before: lets each line pass once. */
export class LogCursor {
  readonly #position: LogPosition;
  readonly #before: readonly { readonly part: ShownPart; readonly was: Readonly<ShownPart>; seenAtEnd: number }[];
  /** The part that grows. */
  #part: ShownPart | undefined;

  constructor(position: LogPosition) {
    this.#position = position;
    this.#before = position.shown.map((part) => ({ part, was: { ...part }, seenAtEnd: 0 }));
  }

  /** Whether the line has not been shown before. */
  pass({ time }: LogLine): boolean {
    const { baseline } = this.#position;
    if (time === '') return true;
    if (baseline !== '' && compareTimes(time, baseline) <= 0) return false;
    for (const known of this.#before) {
      const toEnd = compareTimes(time, known.was.last);
      if (toEnd > 0 || compareTimes(time, known.was.first) < 0) continue;
      // The stream has reached this part: what comes after it belongs to it.
      this.#part = known.part;
      if (toEnd < 0 || known.seenAtEnd++ < known.was.same) return false;
    }
    this.#grow(time);
    return true;
  }

  #grow(time: string): void {
    if (!this.#part) {
      this.#part = { first: time, last: time, same: 0 };
      const { shown } = this.#position;
      shown.push(this.#part);
      const [oldest, next] = shown;
      if (shown.length > KEPT_PARTS && oldest && next) {
        shown.shift();
        next.first = oldest.first;
      }
    }
    if (time === this.#part.last) this.#part.same++;
    else {
      this.#part.last = time;
      this.#part.same = 1;
    }
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
