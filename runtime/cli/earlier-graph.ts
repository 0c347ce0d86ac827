import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Subcommand } from '../../stdlib/session.ts';
import type { EarlierGraph } from '../engine/declared-anew.ts';
import type { Loader } from '../load/loader.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import type { Changes } from './selection.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

/**
 * What the Tiltfile came to at the commit from which on changes count, evaluated in a checkout of its own without running a command or asking
 * the network; or why that could not be told.
 */
export async function earlierGraph(
  loader: Loader,
  subcommand: Subcommand,
  options: TiltfileOptions,
  { base, top }: Changes,
  signal: AbortSignal,
): Promise<EarlierGraph | { readonly problem: string }> {
  const found = findTiltfile(options.file, process.cwd());
  if (!found.ok) return { problem: found.message };
  const temporary = realpathSync(mkdtempSync(path.join(tmpdir(), 'tilt-ts-since-')));
  // Names that are taken from the folder's stay what they are.
  const folder = path.join(temporary, path.basename(top));
  try {
    // Changes in it start nothing, which rules of resources say where it is there.
    mkdirSync(path.join(folder, '.git'), { recursive: true });
    const { writeTree } = await import('../clients/git/write-tree.ts');
    const problem = await writeTree(top, base, folder, signal);
    if (problem !== undefined) return { problem };
    const file = path.join(folder, path.relative(top, found.file));
    const given = { ...options, file, denyRun: true, denyNet: true } as const;
    const result = await loadTiltfile(loader, subcommand, given, () => {}, signal);
    if (!result.ok) return { problem: result.failure.message.split('\n', 1)[0] ?? '' };
    return { graph: result.tiltfile.graph, folder, now: top };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
