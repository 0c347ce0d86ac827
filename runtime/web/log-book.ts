import { isPlain } from './ansi.ts';
import type { LogList, LogSegment } from './wire.ts';

export type Level = 0 | 1 | 2;
/** How bad a line is. */
export const LEVEL = { info: 0, warn: 1, error: 2 } as const;

export const TILTFILE = '(Tiltfile)';

/** Where lines come from: an update, something that runs, or the program itself. */
export type Source = 'build' | 'runtime' | 'global';

/** A page that is left open for days forgets the oldest lines, many at once; the program still has them. */
const MOST_LINES = 2_000_000;
const KEPT_LINES = 1_500_000;

/**
 * All lines of the log, by columns: a million of them are a few arrays. A line that came without its end is the last of its span and
 * grows when the rest comes.
 */
export class LogBook {
  readonly texts: string[] = [];
  /** Whether the text holds nothing that only terminals understand. */
  readonly isPlain: boolean[] = [];
  /** Milliseconds since the epoch. */
  readonly times: number[] = [];
  readonly levels: Level[] = [];
  /** The number that the program gave to the line; links lead to it. */
  readonly sequences: number[] = [];
  /** Indices into `spans`. */
  readonly spanOf: number[] = [];
  readonly spans: { readonly id: string; readonly resource: string; readonly source: Source }[] = [];
  /** Up to where the program's log was read. */
  checkpoint = 0;
  /** Counts up with each change. */
  version = 0;
  /** Counts up when indices of lines lead to others than before. */
  generation = 0;
  readonly #most: number;
  readonly #kept: number;
  readonly #spanIndex = new Map<string, number>();
  /** By span: the line that is not over. */
  #open = new Map<number, number>();
  /** By resource: its lines. */
  readonly #byResource = new Map<string, number[]>();

  /** Past `most` lines only the newest `kept` are kept. */
  constructor(most = MOST_LINES, kept = KEPT_LINES) {
    this.#most = most;
    this.#kept = kept;
  }

  get size(): number {
    return this.texts.length;
  }

  /** Takes what a message brought. Segments that were there before are left out. */
  add({ segments = [], spans = {}, toCheckpoint = -1 }: LogList): void {
    if (segments.length === 0 || toCheckpoint < 0) return;
    // The program may have forgotten its oldest lines, so the end counts and not the beginning.
    const before = toCheckpoint - segments.length;
    if (this.checkpoint > 0 && before > this.checkpoint) this.#tellGap(before - this.checkpoint, segments[0]);
    const known = Math.max(0, this.checkpoint - before);
    for (let at = known; at < segments.length; at++) {
      const segment = segments[at] ?? {};
      const id = segment.spanId ?? '';
      const span = this.#span(id, spans[id]?.manifestName ?? '');
      this.#write(
        span,
        segment.text ?? '',
        Date.parse(segment.time ?? '') || 0,
        levelOf(segment.level),
        before + at + 1,
      );
    }
    this.checkpoint = Math.max(this.checkpoint, toCheckpoint);
    if (this.size > this.#most) this.#forget(this.size - this.#kept);
    this.version++;
  }

  /** Forgets everything. */
  clear(): void {
    for (const column of this.#columns()) column.length = 0;
    this.spans.length = 0;
    this.#spanIndex.clear();
    this.#open.clear();
    this.#byResource.clear();
    this.checkpoint = 0;
    this.version++;
    this.generation++;
  }

  /** The indices of a resource's lines, oldest first; of all lines without a name. */
  linesOf(resource: string | undefined): readonly number[] | undefined {
    return resource === undefined ? undefined : (this.#byResource.get(resource) ?? []);
  }

  resourceOf(line: number): string {
    return this.spans[this.spanOf[line] ?? -1]?.resource ?? '';
  }

  sourceOf(line: number): Source {
    return this.spans[this.spanOf[line] ?? -1]?.source ?? 'global';
  }

  spanIdOf(line: number): string {
    return this.spans[this.spanOf[line] ?? -1]?.id ?? '';
  }

  #columns() {
    return [this.texts, this.isPlain, this.times, this.levels, this.sequences, this.spanOf];
  }

  #span(id: string, resource: string): number {
    const known = this.#spanIndex.get(id);
    if (known !== undefined) return known;
    const index = this.spans.push({ id, resource, source: sourceOf(id, resource) }) - 1;
    this.#spanIndex.set(id, index);
    return index;
  }

  #write(span: number, text: string, time: number, level: Level, sequence: number): void {
    // Nearly every segment is one whole line.
    const end = text.indexOf('\n');
    if (end === text.length - 1 && end >= 0 && !this.#open.has(span)) {
      this.#push(span, text.slice(0, -1), time, level, sequence);
      return;
    }
    const parts = text.split('\n');
    parts.forEach((part, at) => {
      const isLast = at === parts.length - 1;
      if (isLast && part === '') return;
      const open = this.#open.get(span);
      if (open !== undefined) {
        this.texts[open] += part;
        this.isPlain[open] = isPlain(this.texts[open] ?? '');
        if (!isLast) this.#open.delete(span);
        return;
      }
      const line = this.#push(span, part, time, level, sequence);
      if (isLast) this.#open.set(span, line);
    });
  }

  #push(span: number, text: string, time: number, level: Level, sequence: number): number {
    const line = this.texts.push(text) - 1;
    this.isPlain.push(isPlain(text));
    this.times.push(time);
    this.levels.push(level);
    this.sequences.push(sequence);
    this.spanOf.push(span);
    const resource = this.spans[span]?.resource ?? '';
    const lines = this.#byResource.get(resource);
    if (lines === undefined) this.#byResource.set(resource, [line]);
    else lines.push(line);
    return line;
  }

  #tellGap(count: number, next: LogSegment | undefined): void {
    const text = `… ${count} lines came while the page was not connected; tilt-ts logs prints them`;
    this.#push(this.#span('', ''), text, Date.parse(next?.time ?? '') || 0, LEVEL.warn, this.checkpoint);
  }

  #forget(count: number): void {
    for (const column of this.#columns()) column.splice(0, count);
    for (const [resource, lines] of this.#byResource) {
      const left = lines.filter((line) => line >= count).map((line) => line - count);
      this.#byResource.set(resource, left);
    }
    this.#open = new Map(
      [...this.#open].filter(([, line]) => line >= count).map(([span, line]) => [span, line - count]),
    );
    this.generation++;
  }
}

function levelOf(level: string | undefined): Level {
  switch (level) {
    case undefined:
    case 'INFO':
    case 'DEBUG':
      return LEVEL.info;
    case 'WARN':
      return LEVEL.warn;
    case 'ERROR':
      return LEVEL.error;
  }
  const word = level.toLowerCase();
  if (word.startsWith('err') || word === 'fatal') return LEVEL.error;
  return word.startsWith('warn') ? LEVEL.warn : LEVEL.info;
}

/** By the words with which the ids of spans begin, here and in Tilt. */
function sourceOf(span: string, resource: string): Source {
  if (resource === '') return 'global';
  return /^(build|tiltfile|disable|compose-build|[a-z]*update)\b/.test(span) ? 'build' : 'runtime';
}
