import { plainText } from './ansi.ts';
import { LEVEL, type Level, type LogBook, type Source } from './log-book.ts';

export interface LogFilter {
  /** Lines of this resource; of all without it. */
  readonly resource: string | undefined;
  /** Lines that are at least so bad. */
  readonly level: Level;
  readonly source: 'all' | Source;
  /** What is looked for; empty for nothing. Between slashes it is a regular expression. */
  readonly search: string;
  /** Show only lines that match, with so many lines around each; `undefined` shows all. */
  readonly context: number | undefined;
  /** Lines before this one are not shown. */
  readonly from: number;
}

export const NO_FILTER: LogFilter = {
  resource: undefined,
  level: LEVEL.info,
  source: 'all',
  search: '',
  context: undefined,
  from: 0,
};

/** The lines of a log that pass a filter; goes on where it was when more lines come, a piece at a time. */
export class LineFilter {
  /** Indices of lines, in order. */
  readonly rows: number[] = [];
  /** Indices into `rows` of those that hold what is looked for. */
  readonly matches: number[] = [];
  readonly pattern: RegExp | undefined;
  readonly #book: LogBook;
  readonly #filter: LogFilter;
  /** How many of the candidates were looked at. */
  #seen = 0;
  /** The candidates that passed all but the search, as far as they may still become context. */
  #behind: number[] = [];
  #owed = 0;

  constructor(book: LogBook, filter: LogFilter) {
    this.#book = book;
    this.#filter = filter;
    this.pattern = patternOf(filter.search);
  }

  /** Looks at more lines until the time is over. Answers whether it has seen all. */
  advance(budgetMs: number): boolean {
    const lines = this.#book.linesOf(this.#filter.resource);
    const count = lines === undefined ? this.#book.size : lines.length;
    const deadline = performance.now() + budgetMs;
    for (let looked = 1; this.#seen < count; looked++) {
      this.#look(lines === undefined ? this.#seen : (lines[this.#seen] ?? 0));
      this.#seen++;
      if (looked % 1024 === 0 && performance.now() > deadline) return this.#seen >= count;
    }
    return true;
  }

  #look(line: number): void {
    const { level, source, context, from } = this.#filter;
    if (line < from || (this.#book.levels[line] ?? 0) < level) return;
    if (source !== 'all' && this.#book.sourceOf(line) !== source) return;
    const isMatch = this.pattern?.test(plainText(this.#book.texts[line] ?? '')) ?? false;
    if (this.pattern === undefined || context === undefined) {
      const row = this.rows.push(line) - 1;
      if (isMatch) this.matches.push(row);
      return;
    }
    if (isMatch) {
      this.rows.push(...this.#behind);
      this.#behind = [];
      this.matches.push(this.rows.push(line) - 1);
      this.#owed = context;
    } else if (this.#owed > 0) {
      this.rows.push(line);
      this.#owed--;
    } else if (context > 0) {
      this.#behind.push(line);
      if (this.#behind.length > context) this.#behind.shift();
    }
  }
}

/** What to look for, without regard to capitals; nothing when there is nothing, or it is no regular expression yet. */
export function patternOf(search: string): RegExp | undefined {
  if (search === '') return undefined;
  const expression = /^\/(.+)\/$/.exec(search)?.[1];
  try {
    return new RegExp(expression ?? search.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  } catch {
    return undefined;
  }
}
