import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import type { LiveUpdate } from '../../stdlib/model/live-update.ts';
import { containerPathOf, syncSources } from '../../stdlib/model/live-update-target.ts';

/** A local file, and where it is in the container. */
export interface MappedFile {
  /** Absolute. */
  readonly localPath: string;
  /** Absolute. */
  readonly containerPath: string;
}

export interface PresentFile extends MappedFile {
  readonly stats: Stats;
}

export interface FileChanges {
  readonly written: readonly PresentFile[];
  /** Those that are not there any more. */
  readonly deleted: readonly MappedFile[];
}

/** What has to be done in a container for files that changed. Files that no sync takes are left out. */
export async function fileChanges(spec: LiveUpdate, files: readonly string[]): Promise<FileChanges> {
  const isFolder = await folderTest(spec);
  const written: PresentFile[] = [];
  const deleted: MappedFile[] = [];
  await Promise.all(
    files.map(async (localPath) => {
      const containerPath = containerPathOf(spec, localPath, isFolder);
      if (containerPath === undefined || containerPath === '/') return;
      const stats = await lstat(localPath).catch(() => undefined);
      if (stats) written.push({ localPath, containerPath, stats });
      else deleted.push({ localPath, containerPath });
    }),
  );
  return { written: written.sort(byPath), deleted: withoutChildren(deleted.sort(byPath)) };
}

/** Which sources of syncs are folders. One that is gone was a file, or everything in it goes. */
export async function folderTest(spec: LiveUpdate): Promise<(localPath: string) => boolean> {
  const sources = [...new Set(syncSources(spec))];
  const found = await Promise.all(sources.map((source) => stat(source).catch(() => undefined)));
  const folders = new Set(sources.filter((_source, index) => found[index]?.isDirectory()));
  return (localPath) => folders.has(localPath);
}

/** What lies in a folder that is deleted goes with it. */
function withoutChildren(files: readonly MappedFile[]): readonly MappedFile[] {
  const kept: MappedFile[] = [];
  for (const file of files) {
    if (!kept.some(({ containerPath }) => file.containerPath.startsWith(`${containerPath}/`))) kept.push(file);
  }
  return kept;
}

function byPath(one: MappedFile, other: MappedFile): number {
  return one.localPath < other.localPath ? -1 : 1;
}
