import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { makeProject } from './program.ts';

/** A Compose project of a test's own; its containers, networks, volumes and images are gone when the test has ended. */
export interface ComposeProject {
  readonly folder: string;
  readonly name: string;
  /** Names of its containers with their state: `web-1 running`. */
  containers(): readonly string[];
  /** The networks and volumes that it has left. */
  remains(): readonly string[];
}

/** Writes the files into a new folder, `$NAME` in them replaced by the name of the project. */
export function composeProject(test: TestContext, files: Readonly<Record<string, string>>): ComposeProject {
  const name = `tilt-ts-${randomUUID().slice(0, 8)}`;
  const written = Object.entries(files).map(([file, text]) => [file, text.replaceAll('$NAME', name)] as const);
  // Before the folder goes: Compose wants its files.
  const folder = makeProject(test, Object.fromEntries(written));
  const label = `label=com.docker.compose.project=${name}`;
  test.after(() => {
    for (const id of lines('ps', '-aq', '--filter', label)) docker('rm', '-f', '-v', id);
    for (const id of lines('network', 'ls', '-q', '--filter', label)) docker('network', 'rm', id);
    for (const id of lines('volume', 'ls', '-q', '--filter', label)) docker('volume', 'rm', id);
    const images = [...lines('images', '--format', '{{.Repository}}:{{.Tag}}')].filter((image) => image.includes(name));
    images.push(...lines('images', '-q', '--filter', label));
    if (images.length > 0) docker('rmi', '-f', ...new Set(images));
  });
  return {
    folder,
    name,
    containers: () =>
      lines('ps', '-a', '--filter', label, '--format', '{{.Names}} {{.State}}')
        .map((line) => line.replace(`${name}-`, ''))
        .sort(),
    remains: () => [
      ...lines('network', 'ls', '--filter', label, '--format', '{{.Name}}'),
      ...lines('volume', 'ls', '--filter', label, '--format', '{{.Name}}'),
    ],
  };
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function lines(...args: readonly string[]): readonly string[] {
  return docker(...args)
    .split('\n')
    .filter((line) => line !== '');
}
