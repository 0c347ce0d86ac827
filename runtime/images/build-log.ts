import { StringDecoder } from 'node:string_decoder';
import type { BuildTrace, BuildTransfer, BuildVertex } from '../clients/docker/buildkit-trace.ts';
import { formatBytes, formatDuration } from './format.ts';

/** A step of a build that failed, with the last lines that it printed. */
export interface FailedStep {
  /** Such as `[2/3] RUN make`. */
  readonly name: string;
  readonly error: string;
  readonly lastLines: readonly string[];
}

interface Step {
  vertex: BuildVertex;
  isStartWritten: boolean;
  isErrorWritten: boolean;
  /** Of the longest completion that was written: BuildKit completes a step several times. */
  writtenMs: number;
  readonly decoder: StringDecoder;
  /** The line that is not ended yet. */
  rest: string;
  readonly lastLines: string[];
  readonly transfers: Map<string, BuildTransfer>;
  writtenTransfer: { readonly total: number; readonly current: number; readonly at: number };
}

const INDENT = '     ';
const LOG_PREFIX = '  → ';
const KEPT_LINES = 20;
const SHORTEST_MS = 10;
const TRANSFER_PAUSE_MS = 2_000;

/** Turns what BuildKit tells into the lines of the log. */
export class BuildLog {
  readonly #write: (text: string) => void;
  readonly #steps = new Map<string, Step>();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(trace: BuildTrace): void {
    const touched = new Set<Step>();
    for (const vertex of trace.vertices) touched.add(this.#update(vertex));
    for (const transfer of trace.transfers) {
      const step = this.#steps.get(transfer.vertex);
      if (step) touched.add(step);
      step?.transfers.set(transfer.id, transfer);
    }
    const logs = new Map<Step, string>();
    for (const log of trace.logs) {
      const step = this.#steps.get(log.vertex);
      if (step) logs.set(step, (logs.get(step) ?? '') + step.decoder.write(Buffer.from(log.bytes)));
    }
    for (const step of touched) this.#writeStart(step);
    for (const [step, text] of logs) this.#writeLog(step, text);
    for (const step of touched) this.#writeProgress(step);
  }

  /** Writes what is still held back. Call once at the end. */
  end(): void {
    for (const step of this.#steps.values()) if (step.rest !== '') this.#writeLog(step, '\n');
  }

  /** The step that broke the build; steps that were only called off because of it, and caches that are not there, do not count. */
  failedStep(): FailedStep | undefined {
    const failed = [...this.#steps.values()].filter(
      ({ vertex }) => vertex.error !== '' && importedCache(vertex.name) === undefined,
    );
    const step = failed.find(({ vertex }) => !/context canceled|^canceled/i.test(vertex.error)) ?? failed[0];
    return step && { name: step.vertex.name, error: step.vertex.error, lastLines: step.lastLines };
  }

  #update(vertex: BuildVertex): Step {
    const known = this.#steps.get(vertex.digest);
    if (known) {
      known.vertex = { ...vertex, error: vertex.error || known.vertex.error };
      return known;
    }
    const step: Step = {
      vertex,
      isStartWritten: false,
      isErrorWritten: false,
      writtenMs: -1,
      decoder: new StringDecoder('utf8'),
      rest: '',
      lastLines: [],
      transfers: new Map(),
      writtenTransfer: { total: 0, current: 0, at: 0 },
    };
    this.#steps.set(vertex.digest, step);
    return step;
  }

  #writeStart(step: Step): void {
    const { vertex } = step;
    if (step.isStartWritten || vertex.startedAt === undefined || isHidden(vertex.name)) return;
    step.isStartWritten = true;
    this.#line(`${vertex.name}${vertex.cached ? ' [cached]' : ''}`);
  }

  #writeLog(step: Step, text: string): void {
    const lines = (step.rest + text).split('\n');
    step.rest = lines.pop() ?? '';
    for (const line of lines) {
      // What a progress bar drew over on one line is not worth keeping.
      const shown = line.replace(/\r+$/, '').replace(/^.*\r/, '');
      step.lastLines.push(shown);
      if (step.lastLines.length > KEPT_LINES) step.lastLines.shift();
      this.#line(LOG_PREFIX + shown);
    }
  }

  #writeProgress(step: Step): void {
    const { vertex } = step;
    if (vertex.error !== '') {
      if (step.rest !== '') this.#writeLog(step, '\n');
      if (!step.isErrorWritten) this.#writeError(vertex);
      step.isErrorWritten = true;
      return;
    }
    if (isHidden(vertex.name) || vertex.cached) return;
    const moved = transferredBytes(step);
    const isMoveNews =
      moved.total !== step.writtenTransfer.total ||
      (moved.at - step.writtenTransfer.at > TRANSFER_PAUSE_MS &&
        moved.current - step.writtenTransfer.current >= (moved.total || moved.current) / 100);
    const { startedAt, completedAt } = vertex;
    const durationMs = startedAt === undefined || completedAt === undefined ? 0 : completedAt - startedAt;
    const isDoneNews = durationMs > SHORTEST_MS && durationMs > step.writtenMs;
    if (isDoneNews && step.rest !== '') this.#writeLog(step, '\n');
    if (!isDoneNews && !(isMoveNews && moved.current > 0)) return;
    const size =
      moved.total > 0
        ? ` ${formatBytes(moved.current)} / ${formatBytes(moved.total)}`
        : moved.current > 0
          ? ` ${formatBytes(moved.current)}`
          : '';
    this.#line(`${vertex.name}${size}${isDoneNews ? ` [done: ${formatDuration(durationMs)}]` : ''}`);
    step.writtenTransfer = moved;
    if (isDoneNews) step.writtenMs = durationMs;
  }

  #writeError({ name, error }: BuildVertex): void {
    const cache = importedCache(name);
    if (cache === undefined) this.#write(`\n${INDENT}ERROR IN: ${oneLine(name)}\n`);
    // The build goes on without it.
    else this.#line(`Layers of "${cache}" cannot be used: ${error}`);
  }

  #line(text: string): void {
    this.#write(`${INDENT}${oneLine(text)}\n`);
  }
}

/** BuildKit's own housekeeping, also the unpacking of the context that we sent. */
function isHidden(name: string): boolean {
  return name.startsWith('[internal]') || name === 'copy /context /';
}

/** The reference of the cache that a step looks into. */
function importedCache(name: string): string | undefined {
  return /^importing cache manifest from (.+)/.exec(name)?.[1];
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function transferredBytes(step: Step): { total: number; current: number; at: number } {
  let [total, current, at] = [0, 0, 0];
  for (const transfer of step.transfers.values()) {
    total += transfer.total;
    current += transfer.current;
    at = Math.max(at, transfer.at);
  }
  return { total, current, at };
}
