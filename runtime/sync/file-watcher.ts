import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { ChangeListener, Clock, FileWatcher, WatchTarget } from '../engine/ports.ts';
import { Burst } from './burst.ts';
import { type BatchTimes, ChangeBatch, DEFAULT_BATCH_TIMES } from './change-batch.ts';
import { TargetIndex } from './target-index.ts';
import { isFolder, isInside, isOnTheWay, type WatchedFolder, watchedFolders } from './watched-folder.ts';

interface OpenFolder {
  readonly wanted: WatchedFolder;
  readonly watcher: FSWatcher;
  readonly ready: Promise<void>;
  /** The system watches no more files: this one looks at them again and again. */
  readonly isPolling: boolean;
}

export interface FileWatcherOptions {
  readonly clock: Clock;
  readonly onChange: ChangeListener;
  /** Called when the system cannot watch, with a sentence that says what to do. */
  readonly onError: (message: string) => void;
  readonly times?: BatchTimes;
  /** Whether watching keeps the process alive. Default true. */
  readonly keepsAlive?: boolean;
}

/** File systems stamp files with a clock that ticks every few milliseconds. */
const CLOCK_TICK_MS = 10;

/** chokidar tells of one change of a file in 50 ms and drops the others. */
const CHOKIDAR_THROTTLE_MS = 50;

/** How often files are looked at that the system cannot watch. */
const POLL_MS = 500;

/** Of more files that change together nobody waits for a look at each. */
const MOST_SEEN_AT_ONCE = 50;

/** Watches with chokidar, one watcher a folder however many targets share it. */
export function createFileWatcher(options: FileWatcherOptions): FileWatcher {
  const chokidar = import('chokidar');
  /** By what they watch and leave out. */
  let opened: ReadonlyMap<string, OpenFolder> = new Map();
  /** One an id, however many targets it has. */
  const batches = new Map<string, ChangeBatch>();
  let targets: readonly WatchTarget[] = [];
  let index = new TargetIndex([]);
  /** Of files that changed just now: how they were then, or when somebody was first told. */
  const lastSeen = new Map<string, { stats: Stats; isToldOf: boolean }>();
  /** Watched folders that went away: whatever lies there later is new. */
  const lost = new Set<string>();

  const changed = (file: string): void => {
    for (const id of index.wanting(file)) batchOf(id).add(file);
  };

  // Each change costs the system places in a queue of limited length, and a busy program reads it late.
  const burst = new Burst({
    clock: options.clock,
    watched: () => Object.assign({}, ...[...opened.values()].map(({ watcher }) => watcher.getWatched())),
    leavesOut: (file) => index.leavesOut(file),
    onMissed: (file) => changed(file),
  });

  // A second write shortly after the first must not be lost: whoever reacted to the first may have read the file before it.
  const lookAgain = (file: string, stats: Stats): void => {
    const seen = { stats, isToldOf: false };
    lastSeen.set(file, seen);
    options.clock.after(CHOKIDAR_THROTTLE_MS + CLOCK_TICK_MS, () => {
      // A later event of the file looks again by itself.
      if (lastSeen.get(file) !== seen) return;
      lastSeen.delete(file);
      stat(file).then(
        (now) => {
          const before = seen.stats;
          if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino) return;
          changed(file);
          lookAgain(file, now);
        },
        () => undefined, // It is gone, and that was told.
      );
    });
  };

  // Nobody reacts before being told: writes until then (a file is emptied, then filled) are one change.
  const tell = (id: string, paths: readonly string[]): void => {
    for (const file of paths.length > MOST_SEEN_AT_ONCE ? [] : paths) {
      const seen = lastSeen.get(file);
      if (seen === undefined || seen.isToldOf) continue;
      seen.isToldOf = true;
      seen.stats = statSync(file, { throwIfNoEntry: false }) ?? seen.stats;
    }
    options.onChange(id, paths);
  };

  const open = async (wanted: WatchedFolder, since: number, isPolling = false): Promise<OpenFolder> => {
    const { watch } = await chokidar;
    const watcher = watch(wanted.folder, {
      alwaysStat: true,
      usePolling: isPolling,
      interval: POLL_MS,
      binaryInterval: POLL_MS,
      persistent: options.keepsAlive ?? true,
      ignored: (file) => !isOnTheWay(wanted, file) || (file !== wanted.folder && index.leavesOut(file)),
    });
    let isReady = false;
    const ready = new Promise<void>((resolve) => {
      watcher.once('ready', () => {
        isReady = true;
        resolve();
      });
    });
    watcher.on('all', (event, file, stats) => {
      // The first look tells of every file there is: what was written since we were asked to watch counts as changed.
      const full = path.resolve(file);
      const isNew = event === 'change' || (stats !== undefined && stats.mtimeMs >= since - CLOCK_TICK_MS);
      const isBack = event === 'add' && [...lost].some((folder) => isInside(folder, full));
      if (!isReady && ((!isNew && !isBack) || event === 'addDir')) return;
      burst.add(full, stats);
      changed(full);
      if (stats?.isFile()) lookAgain(full, stats);
      if (event === 'unlinkDir' && full === wanted.folder) watchAgain(wanted.folder);
    });
    let hasFailed = false;
    watcher.on('error', (error) => {
      // It comes for each file.
      if (hasFailed) return;
      hasFailed = true;
      options.onError(explain(error, wanted.folder));
      if (!isPolling && isLimit(error)) pollInstead(wanted, since);
    });
    return { wanted, watcher, ready, isPolling };
  };

  const batchOf = (id: string): ChangeBatch => {
    let batch = batches.get(id);
    if (batch === undefined) {
      batch = new ChangeBatch(
        options.clock,
        options.times ?? DEFAULT_BATCH_TIMES,
        (paths) => tell(id, paths),
        () => burst.isOpen,
      );
      batches.set(id, batch);
    }
    return batch;
  };
  const dropBatches = (isKept: (id: string) => boolean): void => {
    for (const [id, batch] of batches) {
      if (isKept(id)) continue;
      batch.drop();
      batches.delete(id);
    }
  };
  // What is watched anew is watched before what it replaces is let go.
  const replaceFolders = async (wanted: readonly WatchedFolder[], since: number): Promise<void> => {
    const next = new Map<string, OpenFolder>();
    for (const one of wanted) {
      const key = folderKey(one, targets);
      next.set(key, opened.get(key) ?? (await open(one, since)));
    }
    await Promise.all([...next.values()].map(({ ready }) => ready));
    const before = opened;
    opened = next;
    for (const [key, { watcher }] of before) if (!next.has(key)) await watcher.close();
    // One that went away while watching it began: nothing would tell.
    for (const { folder } of wanted) if (!isFolder(folder)) watchAgain(folder);
  };
  /** The system forgets a watched folder that is deleted or moved: from then on the nearest one that exists is watched. */
  const watchAgain = (folder: string): void => {
    lost.add(folder);
    replaced = replaced.then(async () => {
      const gone = [...opened].filter(([, { wanted }]) => wanted.folder === folder);
      opened = new Map([...opened].filter(([, { wanted }]) => wanted.folder !== folder));
      for (const [, { watcher }] of gone) await watcher.close();
      await replaceFolders(watchedFolders(targets.flatMap(({ paths }) => paths)), Date.now());
    });
  };

  /** From now on the folder is looked at again and again. */
  const pollInstead = (wanted: WatchedFolder, since: number): void => {
    replaced = replaced.then(async () => {
      const [key, known] = [...opened].find(([, one]) => one.wanted.folder === wanted.folder) ?? [];
      if (key === undefined || known === undefined || known.isPolling) return;
      const polling = await open(known.wanted, since, true);
      opened = new Map([...opened, [key, polling]]);
      await known.watcher.close();
      await polling.ready;
    });
  };

  // One replacement after the other.
  let replaced: Promise<void> = Promise.resolve();
  const replace = (next: readonly WatchTarget[], since = Date.now()): Promise<void> => {
    lost.clear();
    targets = next;
    index = new TargetIndex(next);
    const ids = new Set(next.map(({ id }) => id));
    dropBatches((id) => ids.has(id));
    replaced = replaced.then(() => replaceFolders(watchedFolders(next.flatMap(({ paths }) => paths)), since));
    return replaced;
  };
  return {
    watch: replace,
    stop: () => {
      burst.stop();
      return replace([]);
    },
  };
}

/** Two folders of the same key see and leave out the same files. */
function folderKey({ folder, roots }: WatchedFolder, targets: readonly WatchTarget[]): string {
  const rules = targets.filter(({ paths }) => paths.some((root) => isInside(folder, root) || isInside(root, folder)));
  return JSON.stringify([folder, [...roots].sort(), rules.map(({ ignores }) => ignores)]);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whether the system watches as much as it may. */
function isLimit(error: unknown): boolean {
  return codeOf(error) === 'ENOSPC' || codeOf(error) === 'EMFILE';
}

function explain(error: unknown, folder: string): string {
  const instead = `Until then its files are looked at every ${POLL_MS / 1000} s.`;
  switch (codeOf(error)) {
    case 'ENOSPC':
      return `Cannot watch all of "${folder}": the system's limit of watched files is reached. Raise it with: sudo sysctl fs.inotify.max_user_watches=1048576\n${instead}`;
    case 'EMFILE':
      return `Cannot watch "${folder}": the system's limit of watching programs, or of open files, is reached. Raise it with: sudo sysctl fs.inotify.max_user_instances=1024, or ulimit -n 65536\n${instead}`;
    default:
      return `Cannot watch "${folder}": ${error instanceof Error ? error.message : String(error)}`;
  }
}
