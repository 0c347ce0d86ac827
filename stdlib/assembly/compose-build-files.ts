import path from 'node:path';
import type { ComposeBuild } from '../model/compose.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { SourcePosition } from '../model/position.ts';
import { everythingBelow, gitIgnores, ignoreFile } from './image-files.ts';
import type { ResourceContext } from './kubernetes-resources.ts';

/**
 * What of the context of a build by Compose starts no build when it changes: what is ignored, and what the container sees
 * itself because it is mounted.
 */
export function composeBuildFiles(
  build: ComposeBuild,
  position: SourcePosition,
  { files, lookedAt, failures }: ResourceContext,
): readonly IgnoreRule[] {
  const { context, dockerfile, mounts, ref } = build;
  const folders = context === '' ? [dockerfile] : [dockerfile, context];
  const ignored = files.isFolder(context)
    ? ignoreFile({ ref, declaration: { position } }, context, dockerfile, files, lookedAt, failures)
    : [];
  const mounted = mounts.filter((mount) => path.isAbsolute(mount)).map(everythingBelow);
  return [...gitIgnores(folders, files), ...ignored, ...mounted];
}
