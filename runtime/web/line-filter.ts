import { plainText } from './ansi.ts';
import { LEVEL, type Level, type LogBook, type Source } from './log-book.ts';

export interface LogFilter {
  /** Lines of this resource; of all without it. */
  readonly resource: string | undefined;
  /** Lines that this piece of work wrote: `build:4`. */
  readonly span: string | undefined;
  /** Lines that are at least so bad. */
  readonly level: Level;
  readonly source: 'all' | Source;
  /** Only lines that match this, with so many lines around each; the empty text stands for no such wish. */
  readonly only: { readonly search: string; readonly context: number };
  /** Lines with a lower number are not shown. */
  readonly from: number;
}

export const NO_FILTER: LogFilter = {
  resource: undefined,
  span: undefined,
  level: LEVEL.info,
  source: 'all',
  only: { search: '', context: 0 },
  from: 0,
};

/** After so many lines the clock is looked at. */
const PIECE = 1024;

/** The lines of a log that pass a filter; goes on where it was when more lines come, a piece at a time. */
export class LineFilter {
  /** Indices of lines, in order. */
  readonly rows: number[] = [];
  readonly #book: LogBook;
  readonly #filter: LogFilter;
  readonly #pattern: RegExp | undefined;
  /** How many of the candidates were looked at. */
  #seen = 0;
  /** The candidates that passed all but the search, as far as they may still become context. */
  #behind: number[] = [];
  #owed = 0;

  constructor(book: LogBook, filter: LogFilter) {
    this.#book = book;
    this.#filter = filter;
    this.#pattern = patternOf(filter.only.search);
  }

  /** Looks at more lines until the time is over. Answers whether it has seen all. */
  advance(budgetMs: number): boolean {
    const lines = this.#book.linesOf(this.#filter.resource);
    const count = lines === undefined ? this.#book.size : lines.length;
    const deadline = performance.now() + budgetMs;
    for (let looked = 1; this.#seen < count; looked++) {
      this.#look(lines === undefined ? this.#seen : (lines[this.#seen] ?? 0));
      this.#seen++;
      if (looked % PIECE === 0 && performance.now() > deadline) return this.#seen >= count;
    }
    return true;
  }

  #look(line: number): void {
    const book = this.#book;
    const { level, source, only, from, span } = this.#filter;
    if ((book.levels[line] ?? 0) < level || (book.sequences[line] ?? 0) < from) return;
    if (source !== 'all' && book.sourceOf(line) !== source) return;
    if (span !== undefined && book.spanIdOf(line) !== span) return;
    if (this.#pattern === undefined) {
      this.rows.push(line);
      return;
    }
    if (this.#pattern.test(textOf(book, line))) {
      this.rows.push(...this.#behind, line);
      this.#behind = [];
      this.#owed = only.context;
    } else if (this.#owed > 0) {
      this.rows.push(line);
      this.#owed--;
    } else if (only.context > 0) {
      this.#behind.push(line);
      if (this.#behind.length > only.context) this.#behind.shift();
    }
  }
}

/** Which of the rows hold what is looked for; goes on where it was when more rows come, a piece at a time. */
export class MatchFinder {
  /** Indices into the rows. */
  readonly matches: number[] = [];
  readonly pattern: RegExp | undefined;
  readonly #book: LogBook;
  readonly #rows: readonly number[];
  #seen = 0;

  constructor(book: LogBook, rows: readonly number[], search: string) {
    this.#book = book;
    this.#rows = rows;
    this.pattern = patternOf(search);
  }

  /** Looks at more rows until the time is over. Answers whether it has seen all. */
  advance(budgetMs: number): boolean {
    const { pattern } = this;
    if (pattern === undefined) return true;
    const deadline = performance.now() + budgetMs;
    for (let looked = 1; this.#seen < this.#rows.length; looked++) {
      if (pattern.test(textOf(this.#book, this.#rows[this.#seen] ?? 0))) this.matches.push(this.#seen);
      this.#seen++;
      if (looked % PIECE === 0 && performance.now() > deadline) return this.#seen >= this.#rows.length;
    }
    return true;
  }
}

/** A line without anything that only terminals understand. */
export function textOf(book: LogBook, line: number): string {
  const text = book.texts[line] ?? '';
  return book.isPlain[line] ? text : plainText(text);
}

/**
 * What to look for, without regard to capitals: words as they are, or between slashes a regular expression. Nothing when there is nothing, or
 * it is no regular expression yet.
 */
export function patternOf(search: string): RegExp | undefined {
  if (search === '') return undefined;
  const expression = /^\/(.+)\/$/.exec(search)?.[1];
  try {
    return new RegExp(expression ?? search.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  } catch {
    return undefined;
  }
}

/** Whether the search begins as a regular expression but is none. */
export function isBroken(search: string): boolean {
  return search !== '' && patternOf(search) === undefined;
}
