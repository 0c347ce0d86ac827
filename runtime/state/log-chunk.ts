import type { LogFilter } from './log-filter.ts';
import { LEVELS, type LogLevel, type LogLine, type LogSpan } from './log-line.ts';

/** What is known of a piece of the log without reading it. */
export interface ChunkIndex {
  /** Sequence of its first line; the others follow without a gap. */
  readonly first: number;
  readonly count: number;
  /** The latest time of its lines, in milliseconds since the epoch. */
  readonly until: number;
  readonly resources: ReadonlySet<string>;
}

/** Lines that follow each other and have all but their text in common. */
type Run = [count: number, span: number, level: number, at: number];

/** Consecutive lines of the log, as they come. */
export class OpenChunk {
  readonly first: number;
  #texts: string[] = [];
  readonly #runs: Run[] = [];
  readonly #spans: LogSpan[] = [];
  readonly #numbers = new Map<LogSpan, number>();
  #until = 0;
  #size = 0;

  constructor(first: number) {
    this.first = first;
  }

  get count(): number {
    return this.#texts.length;
  }

  /** What its texts come to, in UTF-16 units, with something for each line. */
  get size(): number {
    return this.#size;
  }

  add(span: LogSpan, text: string, level: LogLevel, at: number): void {
    let number = this.#numbers.get(span);
    if (number === undefined) {
      number = this.#spans.push(span) - 1;
      this.#numbers.set(span, number);
    }
    const rank = LEVELS.indexOf(level);
    const last = this.#runs.at(-1);
    if (last !== undefined && last[1] === number && last[2] === rank && last[3] === at) last[0]++;
    else this.#runs.push([1, number, rank, at]);
    this.#texts.push(text);
    this.#until = Math.max(this.#until, at);
    this.#size += text.length + 8;
  }

  rewrite(change: (text: string) => string): void {
    this.#texts = this.#texts.map(change);
  }

  /** Its lines from this sequence on. */
  lines(from: number): readonly LogLine[] {
    return linesOf(this.first, this.#spans, this.#runs, this.#texts, from);
  }

  index(): ChunkIndex {
    const resources = new Set(this.#spans.map(({ resource }) => resource));
    return { first: this.first, count: this.count, until: this.#until, resources };
  }

  /** As bytes: a line of JSON that says what the lines have in common, then their texts. */
  encode(): Uint8Array {
    const head = JSON.stringify([this.#spans, this.#runs]);
    return Buffer.from(`${head}\n${this.#texts.join('\n')}`);
  }
}

/** The lines of an encoded chunk, from the sequence `from` on. */
export function decodeChunk(first: number, bytes: Uint8Array, from: number): readonly LogLine[] {
  const texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n');
  const [spans, runs] = JSON.parse(texts.shift() ?? '[[],[]]') as [LogSpan[], Run[]];
  return linesOf(first, spans, runs, texts, from);
}

/** Whether a chunk may hold lines that the filter wants. */
export function mayMatch({ until, resources }: ChunkIndex, filter: LogFilter): boolean {
  if (filter.since !== undefined && until < filter.since) return false;
  if (filter.resources === undefined) return true;
  for (const name of filter.resources) if (resources.has(name)) return true;
  return false;
}

function linesOf(
  first: number,
  spans: readonly LogSpan[],
  runs: readonly Run[],
  texts: readonly string[],
  from: number,
): readonly LogLine[] {
  const lines: LogLine[] = [];
  let begin = first;
  for (const [count, number, rank, at] of runs) {
    const end = begin + count;
    const span = spans[number];
    const level = LEVELS[rank];
    if (span === undefined || level === undefined) throw new Error('a chunk of the log is damaged');
    for (let sequence = Math.max(begin, from); sequence < end; sequence++) {
      lines.push({ sequence, at, ...span, level, text: texts[sequence - first] ?? '' });
    }
    begin = end;
  }
  return lines;
}
