import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError } from '../clients/kubernetes/errors.ts';
import { splitLines } from '../clients/kubernetes/lines.ts';
import type { ContainerStatus } from '../clients/kubernetes/objects.ts';
import { keepTail, LogCursor, type LogPosition, parseLogLine } from './log-position.ts';

/** One run of a container: as it restarts, it gets a new id. */
interface Run {
  readonly id: string;
  /** It has ended: its log is complete. */
  readonly ended: boolean;
  /** It is the run before the present one. */
  readonly previous: boolean;
}

export interface LogTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
const MOST_REFUSALS = 3;
const FOLLOW_AFTER_END_MS = 2_000;
const OLD_LINES = 20;
// A container whose log is followed for so long without an end is alive.
const ALIVE_MS = 1_000;

/** Follows the log of one container through its restarts: each line once, in order, also those of runs that have crashed. */
export class ContainerLog {
  readonly #client: KubernetesClient;
  readonly #target: LogTarget;
  readonly #position: LogPosition;
  readonly #show: (text: string) => void;
  readonly #changed: () => void;
  readonly #controller = new AbortController();
  readonly #refusals = new Map<string, number>();
  #status: ContainerStatus;
  #podGone = false;
  #wake: () => void = () => {};
  #following: { readonly id: string; readonly stop: AbortController; alive: boolean } | undefined;
  /** The run that was alive when the connection to the cluster was lost. */
  #lastSeenAlive: string | undefined;
  #hasEnded = false;
  #isRefused = false;
  readonly done: Promise<void>;

  /** `changed` is called when `isDrained` or `isAlive` may answer otherwise than before. */
  constructor(
    client: KubernetesClient,
    target: LogTarget,
    status: ContainerStatus,
    position: LogPosition,
    show: (text: string) => void,
    changed: () => void,
  ) {
    this.#client = client;
    this.#target = target;
    this.#status = status;
    this.#position = position;
    this.#show = show;
    this.#changed = changed;
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
    return !runs(this.#status).some(({ id, ended }) => ended && !this.#position.finished.has(id));
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

  /** The last lines of the run that ended last. */
  get lastLines(): readonly string[] {
    const ended = runs(this.#status)
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
      const run = runs(this.#status).find(({ id }) => !this.#position.finished.has(id));
      if (!run) {
        if (this.#podGone) return;
        await this.#wait();
        pause = 0;
        continue;
      }
      const before = this.#position.last;
      try {
        await this.#read(run, signal);
        this.#hasEnded = true;
        if (run.ended) this.#finish(run);
        // The status will soon say why a followed log has ended.
        pause = run.ended ? 0 : Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      } catch (error) {
        if (signal.aborted) return;
        this.#isRefused = error instanceof ApiError;
        if (this.#isLost(run, error)) this.#finish(run);
        pause = Math.min(Math.max(pause * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS);
      }
      if (this.#position.last !== before) pause = Math.min(pause, FIRST_DELAY_MS);
    }
  }

  #finish(run: Run): void {
    this.#position.finished.add(run.id);
    this.#changed();
  }

  /** Whether the cluster no longer has the log, or never had one. */
  #isLost(run: Run, error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    if (this.#podGone) return true;
    const refusals = (this.#refusals.get(run.id) ?? 0) + 1;
    this.#refusals.set(run.id, refusals);
    return run.ended && refusals >= MOST_REFUSALS;
  }

  async #read(run: Run, signal: AbortSignal): Promise<void> {
    const { namespace, pod, container } = this.#target;
    const position = this.#position;
    const query = new URLSearchParams({ container, timestamps: 'true' });
    if (run.previous) query.set('previous', 'true');
    if (!run.ended) query.set('follow', 'true');
    // Only whole seconds count there; the cursor leaves out what comes twice.
    const since = position.last || (run.ended ? '' : position.baseline);
    if (since !== '') query.set('sinceTime', new Date(Date.parse(since)).toISOString());
    else if (position.baseline !== '') query.set('tailLines', String(OLD_LINES));
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
    const stop = new AbortController();
    // The end of a followed log is the end of a run; what is written after that is the next one's.
    let isNextRun = !run.ended && this.#hasEnded;
    const following = { id: run.id, stop, alive: false };
    if (!run.ended) this.#following = following;
    // The timer itself decides: by the clock it may come a little early, and nothing would look again.
    const aliveTimer = setTimeout(() => {
      following.alive = true;
      if (!run.ended) this.#changed();
    }, ALIVE_MS);
    const cursor = new LogCursor(position);
    try {
      const stream = await this.#client.stream(path, { accept: '*/*', signal: AbortSignal.any([signal, stop.signal]) });
      this.#isRefused = false;
      for await (const raw of splitLines(stream)) {
        const line = parseLogLine(raw);
        const isNew = cursor.pass(line);
        const isOld = !isNew && position.last === '';
        if (isNew && isNextRun) {
          position.tails.delete(run.id);
          isNextRun = false;
        }
        if (isNew || isOld) keepTail(position, run.id, line.text);
        if (isNew) this.#show(line.text);
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

/** The runs whose logs the cluster still has, oldest first. */
function runs({ state, lastState, containerID }: ContainerStatus): readonly Run[] {
  const found: Run[] = [];
  const last = lastState?.terminated?.containerID;
  if (last) found.push({ id: last, ended: true, previous: true });
  const ended = state?.terminated?.containerID;
  if (ended) found.push({ id: ended, ended: true, previous: false });
  else if (state?.running && containerID) found.push({ id: containerID, ended: false, previous: false });
  return found;
}

function runningId({ state, containerID }: ContainerStatus): string | undefined {
  return state?.running ? containerID : undefined;
}
