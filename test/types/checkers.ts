import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `file:line`, each once and sorted, with absolute paths. */
export interface Verdict {
  readonly errors: readonly string[];
  /** All that the checker said. */
  readonly output: string;
}

const TSC = path.resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

/** The TypeScript compiler over a project: `tsc -p FOLDER`, or over files without one. */
export function tsc(args: readonly string[], cwd: string): Verdict {
  const run = spawnSync(process.execPath, [TSC, '--pretty', 'false', ...args], { cwd, encoding: 'utf8' });
  return verdict(run, /^(\S.*)\((\d+),\d+\): error TS/gm, (file) => path.resolve(cwd, file));
}

/** `deno check`. */
export function denoCheck(args: readonly string[], cwd: string): Verdict {
  const env = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
  const run = spawnSync('deno', ['check', '--quiet', ...args], { cwd, encoding: 'utf8', env });
  // Deeper ones say where else something was declared.
  return verdict(run, /^ {4}at (file:\S+?):(\d+):\d+$/gm, fileURLToPath);
}

function verdict(
  { status, stdout, stderr, error }: SpawnSyncReturns<string>,
  pattern: RegExp,
  fileOf: (text: string) => string,
): Verdict {
  if (error !== undefined) throw error;
  const output = stdout + stderr;
  const errors = [...output.matchAll(pattern)].map(([, file = '', line]) => `${fileOf(file)}:${line}`);
  if ((status === 0) !== (errors.length === 0))
    throw new Error(`the checker ended with ${status}, and said:\n${output}`);
  return { errors: [...new Set(errors)].sort(), output };
}
