import type { ArchivePlace, LogArchive } from './log-archive.ts';
import { type ChunkIndex, decodeChunk, mayMatch, OpenChunk } from './log-chunk.ts';
import { type LogFilter, matchesFilter } from './log-filter.ts';
import type { LogLevel, LogLine, LogSpan } from './log-line.ts';

/** A page of the log: lines from here on, or up to here. */
export interface LogQuery {
  readonly filter?: LogFilter | undefined;
  /** Only lines with greater sequences; the oldest such lines are answered. */
  readonly after?: number | undefined;
  /** Only lines with smaller sequences; without `after` the newest of them are answered (of all, with Infinity). */
  readonly before?: number | undefined;
  /** At most so many lines. */
  readonly limit: number;
}

export interface LogPage {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** To go on: lines after this sequence were not looked at yet. */
  readonly end: number;
  /** To go back: lines before this sequence were not looked at yet. */
  readonly start: number;
  /** Whether there may be more in the direction in which was read. */
  readonly more: boolean;
}

/** Bytes of text after which lines are packed together. */
const CHUNK_SIZE = 128 * 1024;

interface Chunk extends ChunkIndex {
  /** While it is in memory. */
  bytes: Uint8Array | undefined;
  /** Once it is in the archive. */
  place: ArchivePlace | undefined;
  /** How many times secrets had been learnt when its texts were last cleaned. */
  readonly cleaned: number;
}

/** All lines of the session in order: the newest in memory, packed, the older ones in the archive. */
export class LogHistory {
  readonly #keepBytes: number;
  readonly #archive: LogArchive | undefined;
  readonly #clean: (text: string) => string;
  #chunks: Chunk[] = [];
  #open: OpenChunk;
  /** Bytes of chunks in memory. */
  #held = 0;
  /** The first chunk that is not in the archive. */
  #firstHeld = 0;
  #spilling: Promise<void> | undefined;
  #cleanings = 0;

  /** `clean` takes secrets out of a text; `keepBytes` says how much stays in memory. */
  constructor(keepBytes: number, archive: LogArchive | undefined, clean: (text: string) => string) {
    this.#keepBytes = keepBytes;
    this.#archive = archive;
    this.#clean = clean;
    this.#open = new OpenChunk(1);
  }

  add(span: LogSpan, text: string, level: LogLevel, at: number): void {
    this.#open.add(span, text, level, at);
    if (this.#open.size >= CHUNK_SIZE) this.#pack();
  }

  /** Secrets were learnt: what is read from now on does not show them. */
  rewrite(): void {
    this.#cleanings++;
    this.#open.rewrite(this.#clean);
  }

  /** The sequence of the oldest line that can still be read. */
  get oldest(): number {
    return this.#chunks[0]?.first ?? this.#open.first;
  }

  /** A promise while much more than should be is in memory. */
  backlog(): Promise<void> | undefined {
    return this.#held > this.#keepBytes * 2 ? this.#spilling : undefined;
  }

  async page(query: LogQuery): Promise<LogPage> {
    return query.after === undefined && query.before !== undefined ? this.#backward(query) : this.#forward(query);
  }

  async #forward({ filter = {}, after = 0, before = Number.POSITIVE_INFINITY, limit }: LogQuery): Promise<LogPage> {
    const lines: LogLine[] = [];
    const start = Math.max(after + 1, this.oldest);
    let next = start;
    while (next < before && next <= this.#newest) {
      const chunk = this.#chunkFrom(next);
      const end = chunk.first + chunk.count;
      for (const line of await this.#linesOf(chunk, filter, next)) {
        if (line.sequence >= before) break;
        if (!matchesFilter(filter, line)) continue;
        lines.push(line);
        if (lines.length >= limit) return { lines, start, end: line.sequence, more: true };
      }
      next = end;
    }
    return { lines, start, end: Math.max(after, Math.min(next, before) - 1), more: false };
  }

  async #backward({ filter = {}, before = Number.POSITIVE_INFINITY, limit }: LogQuery): Promise<LogPage> {
    const found: LogLine[] = [];
    const end = Math.min(before - 1, this.#newest);
    for (let next = end; next >= this.oldest; ) {
      const chunk = this.#chunkUpTo(next);
      if (chunk === undefined) break;
      const { first } = chunk;
      const lines = await this.#linesOf(chunk, filter, first);
      for (let index = lines.length - 1; index >= 0; index--) {
        const line = lines[index];
        if (line === undefined || line.sequence > next || !matchesFilter(filter, line)) continue;
        found.push(line);
        if (found.length >= limit) return { lines: found.reverse(), start: line.sequence, end, more: true };
      }
      next = first - 1;
    }
    return { lines: found.reverse(), start: this.oldest, end, more: false };
  }

  get #newest(): number {
    return this.#open.first + this.#open.count - 1;
  }

  /** The chunk that holds the sequence, or else the next one. */
  #chunkFrom(sequence: number): Chunk | OpenChunk {
    const place = this.#lastStart(sequence);
    const chunk = this.#chunks[place];
    const holds = chunk !== undefined && sequence < chunk.first + chunk.count;
    return (holds ? chunk : this.#chunks[place + 1]) ?? this.#open;
  }

  /** The chunk that holds the sequence, or else the one before. */
  #chunkUpTo(sequence: number): Chunk | OpenChunk | undefined {
    return sequence >= this.#open.first ? this.#open : this.#chunks[this.#lastStart(sequence)];
  }

  /** The place of the last chunk that begins at or before the sequence; -1 when there is none. */
  #lastStart(sequence: number): number {
    let [low, high] = [0, this.#chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chunks[middle]?.first ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  async #linesOf(chunk: Chunk | OpenChunk, filter: LogFilter, from: number): Promise<readonly LogLine[]> {
    if (chunk instanceof OpenChunk) return chunk.lines(from);
    if (!mayMatch(chunk, filter)) return [];
    const bytes = chunk.bytes ?? (chunk.place === undefined ? undefined : await this.#archive?.read(chunk.place));
    if (bytes === undefined) {
      this.#forget(chunk);
      return [];
    }
    const lines = decodeChunk(chunk.first, bytes, from);
    if (chunk.cleaned === this.#cleanings) return lines;
    return lines.map((line) => ({ ...line, text: this.#clean(line.text) }));
  }

  #pack(): void {
    const bytes = this.#open.encode();
    this.#chunks.push({ ...this.#open.index(), bytes, place: undefined, cleaned: this.#cleanings });
    this.#held += bytes.byteLength;
    this.#open = new OpenChunk(this.#open.first + this.#open.count);
    if (this.#held > this.#keepBytes && this.#spilling === undefined) {
      this.#spilling = Promise.resolve().then(() => this.#spill());
    }
  }

  /** Brings the oldest chunks to the archive until the rest fits. Without an archive they are forgotten. */
  async #spill(): Promise<void> {
    for (;;) {
      const chunk = this.#chunks[this.#firstHeld];
      if (this.#held <= this.#keepBytes || chunk?.bytes === undefined) break;
      const place = await this.#archive?.write(chunk.bytes);
      if (place === undefined) {
        this.#forget(chunk);
        continue;
      }
      this.#held -= chunk.bytes.byteLength;
      chunk.place = place;
      chunk.bytes = undefined;
      this.#firstHeld++;
    }
    this.#spilling = undefined;
  }

  #forget(chunk: Chunk): void {
    const place = this.#chunks.indexOf(chunk);
    if (place < 0) return;
    this.#chunks.splice(place, 1);
    this.#held -= chunk.bytes?.byteLength ?? 0;
    if (place < this.#firstHeld) this.#firstHeld--;
  }
}
