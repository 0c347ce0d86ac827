import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, isRefusal } from '../clients/kubernetes/errors.ts';
import { splitLines } from '../clients/kubernetes/lines.ts';
import type { ContainerStatus } from '../clients/kubernetes/objects.ts';
import { type ContainerRun, containerRuns, isBefore, isSurelyOf, runningId, unreadSince } from './container-runs.ts';
import { keepTail, LogCursor, type LogLine, type LogPosition, lastShown, parseLogLine } from './log-position.ts';

export interface LogTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Whether the cluster may start the container again when it has ended. */
  readonly restarts: boolean;
}

/** Where a container's log goes, and what is said about it. */
export interface LogListener {
  show(text: string): void;
  /** A promise while it cannot take more. */
  backlog(): Promise<void> | undefined;
  /** The cluster does not hand out the log, for the reason given. */
  refused(words: string): void;
  /** `isDrained` or `isAlive` may answer otherwise than before. */
  changed(): void;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
const MOST_REFUSALS = 3;
const FOLLOW_AFTER_END_MS = 2_000;
const OLD_LINES = 20;
// A container whose log is followed for so long without an end is alive. Kubelets look only once a second whether one that writes
// nothing still runs: a log that is open after a second may be that of a container that ended at once.
const ALIVE_MS = 2_000;
// Lines that may be those of the next run wait until that is known; a program that writes more will not have just started.
const MOST_HELD = 10_000;

/** Follows the log of one container through its restarts: each line once, in order, also those of runs that have crashed. */
export class ContainerLog {
  readonly #client: KubernetesClient;
  readonly #target: LogTarget;
  readonly #position: LogPosition;
  readonly #listener: LogListener;
  readonly #controller = new AbortController();
  readonly #refusals = new Map<string, number>();
  #status: ContainerStatus;
  #podGone = false;
  #wake: () => void = () => {};
  #following: { readonly id: string; readonly stop: AbortController; alive: boolean } | undefined;
  /** The run that was alive when the connection to the cluster was lost. */
  #lastSeenAlive: string | undefined;
  #hasEnded = false;
  #keepsShown = false;
  #isRefused = false;
  #lastLineAt = 0;
  readonly done: Promise<void>;

  constructor(
    client: KubernetesClient,
    target: LogTarget,
    status: ContainerStatus,
    position: LogPosition,
    listener: LogListener,
  ) {
    this.#client = client;
    this.#target = target;
    this.#status = status;
    this.#position = position;
    this.#listener = listener;
    this.done = this.#run();
  }

  update(status: ContainerStatus): void {
    this.#status = status;
    const following = this.#following;
    if (following && following.id !== runningId(status)) {
      // The stream ends by itself; if it does not, the rest is read without following.
      const timer = setTimeout(() => following.stop.abort(), FOLLOW_AFTER_END_MS);
      following.stop.signal.addEventListener('abort', () => clearTimeout(timer));
    }
    this.#wake();
  }

  /** The pod is no longer there: what can be read is read, and then it is over. */
  podGone(): void {
    this.#podGone = true;
    this.#wake();
  }

  /** Whether nothing more will come of runs that have ended. */
  get isDrained(): boolean {
    return !containerRuns(this.#status).some(({ id, ended }) => ended && !this.#position.finished.has(id));
  }

  /**
   * Whether the container runs, as the end of its log tells at once, while the cluster's status may be seconds late.
   * `undefined` when its log cannot be read.
   */
  get isAlive(): boolean | undefined {
    if (this.#isRefused) return undefined;
    if (this.#lastSeenAlive !== undefined && this.#lastSeenAlive === runningId(this.#status)) return true;
    return this.#following?.alive ?? false;
  }

  /** When its latest line came, in milliseconds since the epoch; 0 when none has. */
  get lastLineAt(): number {
    return this.#lastLineAt;
  }

  /** The last lines of the run that ended last. */
  get lastLines(): readonly string[] {
    const ended = containerRuns(this.#status)
      .filter((run) => run.ended)
      .at(-1);
    return (ended && this.#position.tails.get(ended.id)) ?? [];
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    this.#wake();
    await this.done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#controller;
    let pause = 0;
    while (!signal.aborted) {
      if (pause > 0) await this.#wait(pause);
      if (signal.aborted) return;
      const run = containerRuns(this.#status).find(({ id }) => !this.#position.finished.has(id));
      if (!run) {
        if (this.#podGone) return;
        await this.#wait();
        pause = 0;
        continue;
      }
      const before = lastShown(this.#position);
      try {
        await this.#read(run, signal);
        this.#hasEnded = true;
        if (run.ended) this.#finish(run);
        // The status will soon say why a followed log has ended.
        pause = run.ended ? 0 : Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      } catch (error) {
        if (signal.aborted) return;
        const wasRefused = this.#isRefused;
        this.#isRefused = error instanceof ApiError;
        if (this.#isRefused !== wasRefused) this.#listener.changed();
        if (isRefusal(error) && error.status !== 404) this.#listener.refused(error.message);
        if (this.#isLost(run, error)) this.#finish(run);
        pause = Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      }
      if (lastShown(this.#position) !== before) pause = Math.min(pause, FIRST_DELAY_MS);
    }
  }

  #finish(run: ContainerRun): void {
    this.#position.finished.add(run.id);
    this.#listener.changed();
  }

  /** Whether the cluster no longer has the log, or never had one. */
  #isLost(run: ContainerRun, error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    if (this.#podGone) return true;
    const refusals = (this.#refusals.get(run.id) ?? 0) + 1;
    this.#refusals.set(run.id, refusals);
    return run.ended && refusals >= MOST_REFUSALS;
  }

  async #read(run: ContainerRun, signal: AbortSignal): Promise<void> {
    if (!run.ended) return this.#follow(run, signal);
    const cursor = new LogCursor(this.#position);
    const since = unreadSince(run, lastShown(this.#position));
    // Its lines may have been shown already, as those of the run before.
    this.#keepsShown = !this.#position.tails.has(run.id);
    if (run.previous || !this.#target.restarts) {
      for await (const line of this.#lines(run, since, signal)) await this.#take(run, cursor, line);
      return;
    }
    // If it was started again since, this is the next run's log already, and its own is the previous one.
    const held: LogLine[] = [];
    let isOwn = false;
    for await (const line of this.#lines(run, since, signal)) {
      isOwn ||= held.length >= MOST_HELD || isSurelyOf(run, line.time);
      if (!isOwn) held.push(line);
      else await this.#take(run, cursor, line);
    }
    const isNextRun = !isOwn && (await this.#readPrevious(run, since, cursor, signal));
    if (isNextRun) return;
    // A cursor counts lines of the same time: it is good for one stream. Both may be the same log.
    const again = new LogCursor(this.#position);
    if (this.#keepsShown) this.#position.tails.delete(run.id);
    for (const line of held) await this.#take(run, again, line);
  }

  /** Whether the run before the present one wrote something that has not been shown. */
  async #readPrevious(run: ContainerRun, since: string, cursor: LogCursor, signal: AbortSignal): Promise<boolean> {
    let found = false;
    try {
      for await (const line of this.#lines({ ...run, previous: true }, since, signal)) {
        if (await this.#take(run, cursor, line)) found = true;
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
    return found;
  }

  async #follow(run: ContainerRun, signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    // The end of a followed log is the end of a run; what is written after that is the next one's.
    let isNextRun = this.#hasEnded;
    const following = { id: run.id, stop, alive: false };
    this.#following = following;
    // The timer itself decides: by the clock it may come a little early, and nothing would look again.
    const aliveTimer = setTimeout(() => {
      following.alive = true;
      this.#listener.changed();
    }, ALIVE_MS);
    const cursor = new LogCursor(this.#position);
    const last = lastShown(this.#position);
    try {
      for await (const line of this.#lines(
        run,
        last || this.#position.baseline,
        AbortSignal.any([signal, stop.signal]),
      )) {
        const isNew = await this.#take(run, cursor, line, isNextRun);
        if (isNew) isNextRun = false;
      }
      this.#lastSeenAlive = undefined;
    } catch (error) {
      if (stop.signal.aborted && !signal.aborted) return;
      if (!(error instanceof ApiError) && this.isAlive) this.#lastSeenAlive = run.id;
      throw error;
    } finally {
      clearTimeout(aliveTimer);
      stop.abort();
      this.#following = undefined;
    }
  }

  async *#lines(run: ContainerRun, since: string, signal: AbortSignal): AsyncGenerator<LogLine> {
    const { namespace, pod, container } = this.#target;
    const query = new URLSearchParams({ container, timestamps: 'true' });
    if (run.previous) query.set('previous', 'true');
    if (!run.ended) query.set('follow', 'true');
    // Only whole seconds count there; the cursor leaves out what comes twice.
    if (since !== '') query.set('sinceTime', new Date(Date.parse(since)).toISOString());
    else if (this.#position.baseline !== '') query.set('tailLines', String(OLD_LINES));
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
    const stream = await this.#client.stream(path, { accept: '*/*', signal });
    this.#isRefused = false;
    for await (const raw of splitLines(stream)) {
      const line = parseLogLine(raw);
      // All that containers wrote comes with a time. The rest is a kubelet that says why it has no log, with a code of 200.
      if (line.time === '') throw new ApiError(404, 'NotFound', raw);
      yield line;
    }
  }

  /** Shows the line unless it was shown before. */
  async #take(run: ContainerRun, cursor: LogCursor, line: LogLine, isNextRun = false): Promise<boolean> {
    const position = this.#position;
    this.#lastLineAt = Date.now();
    const isOld = position.shown.length === 0;
    const isNew = cursor.pass(line);
    if (isNew && isNextRun) position.tails.delete(run.id);
    if (isNew || isOld || (run.ended && this.#keepsShown && !isBefore(run, line.time)))
      keepTail(position, run.id, line.text);
    if (!isNew) return false;
    this.#listener.show(line.text);
    await this.#listener.backlog();
    return true;
  }

  /** Until something changes, or `ms` have passed. */
  #wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
