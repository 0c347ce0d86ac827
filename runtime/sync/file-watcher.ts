import path from 'node:path';
import type { FSWatcher } from 'chokidar';
import { ignoreMatcher, type IgnoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import type { ChangeListener, Clock, FileWatcher, WatchTarget } from '../engine/ports.ts';
import { type BatchTimes, ChangeBatch, DEFAULT_BATCH_TIMES } from './change-batch.ts';

interface Target {
  readonly id: string;
  readonly paths: readonly string[];
  readonly matcher: IgnoreMatcher;
  readonly batch: ChangeBatch;
}

interface Root {
  readonly watcher: FSWatcher;
  readonly ready: Promise<void>;
}

export interface FileWatcherOptions {
  readonly clock: Clock;
  readonly onChange: ChangeListener;
  /** Called when the system cannot watch, with a sentence that says what to do. */
  readonly onError: (message: string) => void;
  readonly times?: BatchTimes;
}

/** Watches with chokidar, one watcher a root however many targets share it; loads it when there is something to watch. */
export function createFileWatcher(options: FileWatcherOptions): FileWatcher {
  const roots = new Map<string, Root>();
  let targets: readonly Target[] = [];

  const changed = (file: string): void => {
    for (const target of targets) {
      if (target.paths.some((root) => isInside(root, file)) && !target.matcher.ignores(file)) target.batch.add(file);
    }
  };
  // A folder is left out only when every target that could see it ignores all that it holds.
  const leftOut = (file: string): boolean => {
    if (targets.some((target) => target.paths.some((root) => isInside(file, root)))) return false;
    const interested = targets.filter((target) => target.paths.some((root) => isInside(root, file)));
    return interested.length > 0 && interested.every((target) => target.matcher.prunes(file));
  };

  const open = async (root: string): Promise<Root> => {
    const { watch } = await import('chokidar');
    const watcher = watch(root, { ignoreInitial: true, ignored: (file) => file !== root && leftOut(file) });
    const ready = new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
    });
    watcher.on('all', (_event, file) => changed(path.resolve(file)));
    watcher.on('error', (error) => options.onError(explain(error, root)));
    return { watcher, ready };
  };

  return {
    async watch(next: readonly WatchTarget[]): Promise<void> {
      const previous = new Map(targets.map((target) => [target.id, target]));
      targets = next.map((target) => ({
        id: target.id,
        paths: target.paths,
        matcher: ignoreMatcher(target.ignores),
        batch:
          previous.get(target.id)?.batch ??
          new ChangeBatch(options.clock, options.times ?? DEFAULT_BATCH_TIMES, (paths) => options.onChange(target.id, paths)),
      }));
      const kept = new Set(targets.map((target) => target.batch));
      for (const target of previous.values()) if (!kept.has(target.batch)) target.batch.drop();

      const wanted = outermost(targets.flatMap((target) => target.paths));
      for (const [root, { watcher }] of roots) {
        if (wanted.has(root)) continue;
        roots.delete(root);
        await watcher.close();
      }
      for (const root of wanted) if (!roots.has(root)) roots.set(root, await open(root));
      await Promise.all([...roots.values()].map((root) => root.ready));
    },
    async stop(): Promise<void> {
      for (const target of targets) target.batch.drop();
      targets = [];
      const open = [...roots.values()];
      roots.clear();
      await Promise.all(open.map(({ watcher }) => watcher.close()));
    },
  };
}

/** The paths that are not inside of another one. */
function outermost(paths: readonly string[]): ReadonlySet<string> {
  const all = new Set(paths);
  const hasParent = (file: string): boolean => {
    for (let dir = path.dirname(file); dir !== file; file = dir, dir = path.dirname(dir)) if (all.has(dir)) return true;
    return false;
  };
  return new Set([...all].filter((file) => !hasParent(file)));
}

function isInside(root: string, file: string): boolean {
  return file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

function explain(error: unknown, root: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') {
    return `Cannot watch "${root}": the system's limit of watched files is reached. Raise it with: sudo sysctl fs.inotify.max_user_watches=524288`;
  }
  return `Cannot watch "${root}": ${error instanceof Error ? error.message : String(error)}`;
}
