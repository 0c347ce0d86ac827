import type { LiveUpdate } from '../../stdlib/model/live-update.ts';
import { syncSources } from '../../stdlib/model/live-update-target.ts';
import type { MappedFile } from './file-changes.ts';

/** More lines than these nobody reads. */
const MOST_FILES = 50;

export function copyHeading(files: readonly MappedFile[], containers: readonly string[]): string {
  if (files.length === 0) return '';
  const lines = files.map(({ localPath, containerPath }) => `- '${localPath}' --> '${containerPath}'`);
  return `Will copy ${files.length} file(s) to ${inContainers(containers)}\n${listed(lines)}`;
}

export function deleteHeading(files: readonly MappedFile[], containers: readonly string[]): string {
  if (files.length === 0) return '';
  const lines = files.map(
    ({ localPath, containerPath }) => `- '${containerPath}' (matched local path: '${localPath}')`,
  );
  return `Will delete ${files.length} file(s) from ${inContainers(containers)}\n${listed(lines)}`;
}

export function initialHeading(spec: LiveUpdate, containers: readonly string[]): string {
  const sources = syncSources(spec);
  const lines = spec.syncs.map(({ containerPath }, index) => `- '${sources[index]}' --> '${containerPath}'`);
  return `Initial sync: will copy sync paths to ${inContainers(containers)}\n${listed(lines)}`;
}

export function runFailure(shortId: string, command: string, code: number): string {
  const reason = REASONS[code];
  const words = reason === undefined ? '' : ` (${reason})`;
  return `executing on container ${shortId}: command ${JSON.stringify(command)} failed with exit code: ${code}${words}`;
}

const REASONS: Readonly<Record<number, string>> = {
  126: 'not found in PATH or not executable',
  127: 'not found in PATH or not executable',
  137: 'killed by container runtime',
};

function inContainers(names: readonly string[]): string {
  return `container${names.length === 1 ? '' : '(s)'}: [${names.join(' ')}]`;
}

function listed(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST_FILES);
  if (lines.length > MOST_FILES) shown.push(`… and ${lines.length - MOST_FILES} more`);
  return shown.map((line) => `${line}\n`).join('');
}
