import path from 'node:path';
import { type IgnoreMatcher, ignoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import type { WatchTarget } from '../engine/ports.ts';
import { isPassing } from './passing-file.ts';

/** Targets that watch the same path by the same rules. */
interface Group {
  readonly root: string;
  readonly matcher: IgnoreMatcher;
  readonly ids: Set<string>;
}

/** Finds what a file matters to among many targets. */
export class TargetIndex {
  readonly #byRoot = new Map<string, Map<IgnoreMatcher, Group>>();
  /** The watched paths and everything on the way to them. */
  readonly #ways = new Set<string>();

  constructor(targets: readonly WatchTarget[]) {
    // Targets of the same rules share what they come to.
    const matchers = new Map<string, IgnoreMatcher>();
    for (const { id, paths, ignores } of targets) {
      const key = JSON.stringify(ignores);
      const matcher = matchers.get(key) ?? ignoreMatcher(ignores);
      matchers.set(key, matcher);
      for (const root of paths) {
        const groups = this.#byRoot.get(root) ?? new Map<IgnoreMatcher, Group>();
        this.#byRoot.set(root, groups);
        const group = groups.get(matcher) ?? { root, matcher, ids: new Set() };
        groups.set(matcher, group);
        group.ids.add(id);
        for (let at = root; !this.#ways.has(at); at = path.dirname(at)) this.#ways.add(at);
      }
    }
  }

  /** The ids of those that want to know of a change of the file, each once. */
  wanting(file: string): ReadonlySet<string> {
    const wanting = new Set<string>();
    for (const { root, matcher, ids } of this.#seeing(file)) {
      if (isPassing(root, file) || matcher.ignores(file)) continue;
      for (const id of ids) wanting.add(id);
    }
    return wanting;
  }

  /** Whether a folder, or a file, need not be looked at: every target that could see it ignores all that it holds. */
  leavesOut(file: string): boolean {
    if (this.#ways.has(file)) return false;
    let isSeen = false;
    for (const { root, matcher } of this.#seeing(file)) {
      if (!isPassing(root, file) && !matcher.prunes(file)) return false;
      isSeen = true;
    }
    return isSeen;
  }

  *#seeing(file: string): Generator<Group> {
    for (let at = file; ; at = path.dirname(at)) {
      const here = this.#byRoot.get(at);
      if (here !== undefined) yield* here.values();
      if (path.dirname(at) === at) return;
    }
  }
}
