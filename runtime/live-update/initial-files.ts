import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { IgnoreRule } from '../../stdlib/model/ignore.ts';
import { type IgnoreMatcher, ignoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import { type LiveUpdateTarget, syncSources } from '../../stdlib/model/live-update-target.ts';

/** All files that the syncs take, absolute paths: those whose changes would count. */
export async function initialFiles(
  { spec, sources }: LiveUpdateTarget,
  globalIgnores: readonly IgnoreRule[],
): Promise<readonly string[]> {
  const matcher = ignoreMatcher([...sources.flatMap(({ ignores }) => ignores), ...globalIgnores]);
  const files = new Set<string>();
  for (const source of syncSources(spec)) {
    const stats = await stat(source).catch(() => undefined);
    if (stats?.isDirectory()) for await (const file of below(source, matcher)) files.add(file);
    else if (stats && !matcher.ignores(source)) files.add(source);
  }
  return [...files];
}

async function* below(folder: string, matcher: IgnoreMatcher): AsyncGenerator<string> {
  // What vanishes meanwhile is told of by the watcher.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (matcher.prunes(file)) continue;
      if (!matcher.ignores(file)) yield file;
      yield* below(file, matcher);
    } else if (!matcher.ignores(file)) {
      yield file;
    }
  }
}
