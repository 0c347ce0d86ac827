import type { LoadedExtension } from '../../stdlib/model/extension.ts';
import { textWidth } from './text-width.ts';

/** The extensions as a table, a line for each. */
export function extensionTable(loaded: readonly LoadedExtension[]): string {
  const rows = loaded.map(({ module, repository, located }) => [
    module,
    repository.ref === '' ? repository.url : `${repository.url} (${repository.ref})`,
    located.commit === undefined ? 'folder' : shortCommit(located.commit),
    located.state === 'stale' ? 'not pinned: could not be fetched' : '',
  ]);
  const header = ['Extension', 'Repository', 'Commit', ''];
  const widths = header.map((title, column) =>
    Math.max(textWidth(title), ...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - textWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** As many digits as tell commits apart for people. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12);
}
