import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../engine/ports.ts';

/** So many changes in a row may be more than the system keeps for us: it drops the others without a word. */
const MANY = 1000;
/** Quiet after which changes in a row are over, and after which everything is looked through. */
const QUIET_MS = 80;
/** File systems stamp files with a clock that ticks every few milliseconds. */
const CLOCK_TICK_MS = 10;
const AT_ONCE = 32;
/** A program that is busy reads of changes late, but hardly later than this. */
const LATEST_MS = 30_000;

/** What the watcher knows: names by folder. */
export type WatchedNames = Readonly<Record<string, readonly string[]>>;

export interface BurstOptions {
  readonly clock: Clock;
  /** Everything that is watched, by folder. */
  readonly watched: () => WatchedNames;
  /** Whether nobody wants to know of a file or of what is in a folder. */
  readonly leavesOut: (file: string) => boolean;
  /** Called for each change that nobody told of. */
  readonly onMissed: (file: string) => void;
}

/** Many changes in a row, such as a checkout: when they are over, looks for those that were not told. */
export class Burst {
  readonly #options: BurstOptions;
  /** When each file that was told of had changed; `undefined` for one that went. */
  #told = new Map<string, number | undefined>();
  #since = 0;
  #lastAt = 0;
  #timer: (() => void) | undefined;
  #looking = false;

  constructor(options: BurstOptions) {
    this.#options = options;
  }

  /** Whether more is to be expected, so that what is known so far should wait. */
  get isOpen(): boolean {
    return this.#looking || this.#told.size >= MANY;
  }

  /** A change was told. */
  add(file: string, stats: Stats | undefined): void {
    const now = Date.now();
    if (this.#told.size === 0) this.#since = now;
    if (stats !== undefined && stats.ctimeMs > now - LATEST_MS) this.#since = Math.min(this.#since, stats.ctimeMs);
    this.#told.set(file, stats?.ctimeMs);
    this.#lastAt = now;
    this.#timer ??= this.#wait(QUIET_MS);
  }

  stop(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#told.clear();
  }

  #wait(ms: number): () => void {
    return this.#options.clock.after(ms, () => {
      const left = this.#lastAt + QUIET_MS - Date.now();
      if (left > 0 && left <= QUIET_MS) this.#timer = this.#wait(left);
      else this.#end();
    });
  }

  #end(): void {
    const told = this.#told;
    this.#told = new Map();
    this.#timer = undefined;
    if (told.size < MANY || this.#looking) return;
    this.#looking = true;
    void this.#look(told, this.#since - CLOCK_TICK_MS).finally(() => {
      this.#looking = false;
    });
  }

  async #look(told: ReadonlyMap<string, number | undefined>, since: number): Promise<void> {
    const watched = this.#options.watched();
    const folders = Object.keys(watched);
    const work = async (): Promise<void> => {
      for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        const known = watched[folder] ?? [];
        for (const found of await this.#lookInto(folder, known, told, since)) folders.push(found);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Answers the folders in it that nobody knew. */
  async #lookInto(
    folder: string,
    known: readonly string[],
    told: ReadonlyMap<string, number | undefined>,
    since: number,
  ): Promise<readonly string[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    const names = new Set(entries.map(({ name }) => name));
    for (const name of known) {
      const file = path.join(folder, name);
      if (!names.has(name) && !told.has(file)) this.#options.onMissed(file);
    }
    const isKnown = new Set(known);
    const news: string[] = [];
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (this.#options.leavesOut(file)) continue;
      if (entry.isDirectory()) {
        if (!isKnown.has(entry.name)) news.push(file);
        continue;
      }
      const stats = await stat(file).catch(() => undefined);
      if (stats === undefined || stats.ctimeMs < since) continue;
      if (told.get(file) !== stats.ctimeMs) this.#options.onMissed(file);
    }
    return news;
  }
}
