import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader } from '../load/loader.ts';
import { ExitCode } from './exit-code.ts';
import { runSession, type SessionFlags } from './session.ts';

export interface DemoFlags extends Omit<SessionFlags, 'file' | 'names' | 'tiltfileArgs'> {
  /** Where the project is put and stays; by default a temporary folder that goes when the demo ends. */
  readonly folder?: string | undefined;
}

/** Brings up a small project that comes with the program. Answers the exit code. */
export async function demo(flags: DemoFlags, loader: Loader): Promise<number> {
  const isOwn = flags.folder !== undefined;
  const folder = isOwn ? path.resolve(flags.folder) : mkdtempSync(path.join(tmpdir(), 'tilt-ts-demo-'));
  if (isOwn && isFilled(folder)) {
    process.stderr.write(`Error: "${flags.folder}" is not empty: --folder takes one that is, or a new one.\n`);
    return ExitCode.usage;
  }
  cpSync(samplePath(), folder, { recursive: true });
  process.stdout.write(
    [
      `A project with two servers is in ${folder}${isOwn ? '' : ', until the demo ends'}.`,
      'It needs neither Docker nor a cluster. Change greeting.txt or server.mjs there, and look what happens here.',
      'docs/getting-started.md goes on from here to a service in a cluster.\n\n',
    ].join('\n'),
  );
  try {
    process.chdir(folder);
    return await runSession('up', { ...flags, names: [], tiltfileArgs: [] }, loader);
  } finally {
    process.chdir(tmpdir());
    if (!isOwn) rmSync(folder, { recursive: true, force: true });
  }
}

function isFilled(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

/** The sample lies beside the bundle, or is the one of the sources. */
function samplePath(): string {
  const root = import.meta.url.endsWith('.ts') ? '../../samples/hello' : './demo';
  return fileURLToPath(new URL(root, import.meta.url));
}
