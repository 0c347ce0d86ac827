import type { LogLine } from './log-line.ts';

/** What a line costs beside its text, roughly, in bytes. */
const LINE_COST = 120;

/** The newest lines of one resource. Dropping old ones is cheap. */
export class LineBuffer {
  #lines: LogLine[] = [];
  #first = 0;
  cost = 0;

  push(line: LogLine): number {
    const cost = costOf(line);
    this.#lines.push(line);
    this.cost += cost;
    return cost;
  }

  /** Drops the oldest lines until at most `limit` is left; answers how much became free. */
  shrink(limit: number): number {
    const before = this.cost;
    while (this.cost > limit) {
      const line = this.#lines[this.#first];
      if (line === undefined) break;
      this.#first++;
      this.cost -= costOf(line);
    }
    if (this.#first * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#first);
      this.#first = 0;
    }
    return before - this.cost;
  }

  /** Changes the texts; answers how much more they cost now. */
  rewrite(change: (text: string) => string): number {
    const before = this.cost;
    this.#lines = this.#lines.slice(this.#first).map((line) => {
      const text = change(line.text);
      if (text === line.text) return line;
      const changed = { ...line, text };
      this.cost += costOf(changed) - costOf(line);
      return changed;
    });
    this.#first = 0;
    return this.cost - before;
  }

  tail(count: number): readonly LogLine[] {
    return count <= 0 ? [] : this.#lines.slice(Math.max(this.#first, this.#lines.length - count));
  }

  all(): readonly LogLine[] {
    return this.#lines.slice(this.#first);
  }
}

function costOf(line: LogLine): number {
  return LINE_COST + 2 * line.text.length;
}
