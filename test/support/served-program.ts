import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { pollUntil } from './poll.ts';
import { makeProject, type RunningProgram, startProgram } from './program.ts';

export interface Served {
  readonly program: RunningProgram;
  readonly port: string;
  readonly devFolder: string;
  kubectl(
    args: readonly string[],
    stdin?: string,
  ): { readonly code: number | null; readonly stdout: string; readonly stderr: string };
}

/** A session with its own home, and kubectl for it. */
export async function served(
  test: TestContext,
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Served> {
  const cwd = makeProject(test, files);
  const devFolder = makeProject(test, {});
  const program = startProgram(test, ['up', '--port', '0', ...args], { cwd, env: { TILT_DEV_DIR: devFolder } });
  const [, port = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  await pollUntil(() => existsSync(path.join(devFolder, 'config')), 20_000, 'the entry in the kubeconfig');
  await program.waitFor(/Successfully loaded Tiltfile/);
  return {
    program,
    port,
    devFolder,
    kubectl(words, stdin = '') {
      const config = ['--kubeconfig', path.join(devFolder, 'config'), '--context', `tilt-${port}`];
      // kubectl keeps what servers tell of themselves.
      const cache = ['--cache-dir', path.join(devFolder, 'cache')];
      const { status, stdout, stderr } = spawnSync('kubectl', [...config, ...cache, ...words], {
        input: stdin,
        encoding: 'utf8',
      });
      return { code: status, stdout, stderr };
    },
  };
}
