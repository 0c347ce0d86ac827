import type { LogList } from './wire.ts';

export type Level = 0 | 1 | 2;
/** How bad a line is. */
export const LEVEL = { info: 0, warn: 1, error: 2 } as const;

export const TILTFILE = '(Tiltfile)';

/** Where lines come from: a build, something that runs, or the program itself. */
export type Source = 'build' | 'runtime' | 'global';

/**
 * All lines of the log, by columns: a million of them are a few arrays. A line that came without its end is the last of its span and
 * grows when the rest comes.
 */
export class LogBook {
  readonly texts: string[] = [];
  /** Milliseconds since the epoch. */
  readonly times: number[] = [];
  readonly levels: Level[] = [];
  /** Indices into `spans`. */
  readonly spanOf: number[] = [];
  readonly spans: { readonly id: string; readonly resource: string; readonly source: Source }[] = [];
  /** Up to where the server's log was read. */
  checkpoint = 0;
  /** Counts up with each change. */
  version = 0;
  readonly #spanIndex = new Map<string, number>();
  /** By span: the line that is not over. */
  readonly #open = new Map<number, number>();
  /** By resource: its lines. */
  readonly #byResource = new Map<string, number[]>();

  get size(): number {
    return this.texts.length;
  }

  /** Takes what a message brought. Segments that were there before are left out. */
  add(list: LogList): void {
    const segments = list.segments ?? [];
    const to = list.toCheckpoint ?? -1;
    const from = list.fromCheckpoint ?? 0;
    if (segments.length === 0 || to < 0) return;
    const known = Math.max(0, this.checkpoint - from);
    for (const segment of segments.slice(known)) {
      const span = this.#span(segment.spanId ?? '', list.spans?.[segment.spanId ?? '']?.manifestName ?? '');
      this.#write(span, segment.text ?? '', Date.parse(segment.time ?? '') || 0, levelOf(segment.level));
    }
    this.checkpoint = Math.max(this.checkpoint, to);
    this.version++;
  }

  /** Forgets everything. */
  clear(): void {
    for (const column of [this.texts, this.times, this.levels, this.spanOf, this.spans]) column.length = 0;
    this.#spanIndex.clear();
    this.#open.clear();
    this.#byResource.clear();
    this.checkpoint = 0;
    this.version++;
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

  #span(id: string, resource: string): number {
    const known = this.#spanIndex.get(id);
    if (known !== undefined) return known;
    const index = this.spans.push({ id, resource, source: sourceOf(id) }) - 1;
    this.#spanIndex.set(id, index);
    return index;
  }

  #write(span: number, text: string, time: number, level: Level): void {
    const parts = text.split('\n');
    parts.forEach((part, at) => {
      const isLast = at === parts.length - 1;
      if (isLast && part === '') return;
      const open = this.#open.get(span);
      if (open !== undefined) {
        this.texts[open] += part;
        if (!isLast) this.#open.delete(span);
        return;
      }
      const line = this.texts.push(part) - 1;
      this.times.push(time);
      this.levels.push(level);
      this.spanOf.push(span);
      this.#list(this.spans[span]?.resource ?? '').push(line);
      if (isLast) this.#open.set(span, line);
    });
  }

  #list(resource: string): number[] {
    let lines = this.#byResource.get(resource);
    if (lines === undefined) {
      lines = [];
      this.#byResource.set(resource, lines);
    }
    return lines;
  }
}

function levelOf(level: string | undefined): Level {
  const word = (level ?? '').toLowerCase();
  if (word.startsWith('err') || word === 'fatal') return LEVEL.error;
  return word.startsWith('warn') ? LEVEL.warn : LEVEL.info;
}

function sourceOf(span: string): Source {
  const kind = span.slice(0, span.indexOf(':'));
  if (['pod', 'serve', 'localserve', 'monitor', 'events', 'container', 'service', 'dc', 'watch'].includes(kind))
    return 'runtime';
  return kind === 'build' || kind === 'cmd' || kind === 'tiltfile' || kind.endsWith('update') ? 'build' : 'global';
}
