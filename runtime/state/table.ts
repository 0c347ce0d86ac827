const CHUNK = 128;

interface Chunk<T> {
  readonly rows: readonly T[];
  /** Of each row. */
  readonly marks: Uint8Array;
  /** Of each mark, how many rows bear it. */
  readonly counts: readonly number[];
}

/**
 * An immutable list of rows with names. Replacing one row copies two short arrays, so that an event costs the same with
 * ten resources and with ten thousand. Each row bears marks (up to eight bits that a function derives from it); rows that bear a mark
 * are found without looking at the others.
 */
export class Table<T> {
  readonly #names: ReadonlyMap<string, number>;
  readonly #chunks: readonly Chunk<T>[];
  readonly #totals: readonly number[];
  readonly #marksOf: (row: T) => number;
  readonly #markCount: number;

  private constructor(
    names: ReadonlyMap<string, number>,
    chunks: readonly Chunk<T>[],
    totals: readonly number[],
    marksOf: (row: T) => number,
    markCount: number,
  ) {
    this.#names = names;
    this.#chunks = chunks;
    this.#totals = totals;
    this.#marksOf = marksOf;
    this.#markCount = markCount;
  }

  /** `markCount`: how many bits `marksOf` uses. */
  static of<T>(rows: readonly (readonly [string, T])[], marksOf: (row: T) => number, markCount: number): Table<T> {
    const chunks: Chunk<T>[] = [];
    const totals = new Array<number>(markCount).fill(0);
    for (let start = 0; start < rows.length; start += CHUNK) {
      const part = rows.slice(start, start + CHUNK).map(([, row]) => row);
      const counts = new Array<number>(markCount).fill(0);
      const marks = Uint8Array.from(part, marksOf);
      for (const mark of marks) addMarks(counts, mark, 1);
      for (let bit = 0; bit < markCount; bit++) totals[bit] = (totals[bit] ?? 0) + (counts[bit] ?? 0);
      chunks.push({ rows: part, marks, counts });
    }
    return new Table(new Map(rows.map(([name], index) => [name, index])), chunks, totals, marksOf, markCount);
  }

  get size(): number {
    return this.#names.size;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  get(name: string): T | undefined {
    const index = this.#names.get(name);
    if (index === undefined) return undefined;
    return this.#chunks[Math.floor(index / CHUNK)]?.rows[index % CHUNK];
  }

  /** The table with another row under a name that it has; the same table when the name is unknown or the row the same. */
  with(name: string, row: T): Table<T> {
    const index = this.#names.get(name);
    if (index === undefined) return this;
    const chunkIndex = Math.floor(index / CHUNK);
    const chunk = this.#chunks[chunkIndex];
    const old = chunk?.rows[index % CHUNK];
    if (chunk === undefined || old === undefined || old === row) return this;
    const before = chunk.marks[index % CHUNK] ?? 0;
    const after = this.#marksOf(row);
    let { marks, counts } = chunk;
    let totals = this.#totals;
    if (before !== after) {
      marks = marks.with(index % CHUNK, after);
      counts = changeMarks(counts, before, after);
      totals = changeMarks(totals, before, after);
    }
    const chunks = this.#chunks.with(chunkIndex, { rows: chunk.rows.with(index % CHUNK, row), marks, counts });
    return new Table(this.#names, chunks, totals, this.#marksOf, this.#markCount);
  }

  /** How many rows bear the mark with this bit number. */
  count(bit: number): number {
    return this.#totals[bit] ?? 0;
  }

  /** The rows that bear the mark, in order. */
  *marked(bit: number): Generator<T> {
    for (const chunk of this.#chunks) {
      if ((chunk.counts[bit] ?? 0) === 0) continue;
      for (let index = 0; index < chunk.rows.length; index++) {
        const row = chunk.rows[index];
        if (row !== undefined && ((chunk.marks[index] ?? 0) >> bit) & 1) yield row;
      }
    }
  }

  names(): IterableIterator<string> {
    return this.#names.keys();
  }

  *[Symbol.iterator](): Generator<T> {
    for (const chunk of this.#chunks) yield* chunk.rows;
  }

  /** The rows that differ from those of an older version of this table; all of them when it is not an older version. */
  *changedSince(older: Table<T>): Generator<T> {
    const related = older.#names === this.#names;
    for (const [index, chunk] of this.#chunks.entries()) {
      const before = related ? older.#chunks[index] : undefined;
      if (before === chunk) continue;
      for (const [row, value] of chunk.rows.entries()) if (before?.rows[row] !== value) yield value;
    }
  }

  /** Whether both have the same names in the same order because one was made from the other. */
  related(other: Table<T>): boolean {
    return this.#names === other.#names;
  }
}

function addMarks(counts: number[], marks: number, by: number): void {
  for (let bit = 0; bit < counts.length; bit++) if ((marks >> bit) & 1) counts[bit] = (counts[bit] ?? 0) + by;
}

function changeMarks(counts: readonly number[], before: number, after: number): readonly number[] {
  const changed = [...counts];
  addMarks(changed, before, -1);
  addMarks(changed, after, 1);
  return changed;
}
