import path from 'node:path';
import { runToEnd } from '../process/run-to-end.ts';

/**
 * Writes the files of a commit into a folder that exists, as a checkout would, beside the repository at `top`, whose index and working tree
 * stay as they are. Answers why that failed, in words.
 */
export async function writeTree(
  top: string,
  commit: string,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const index = `${folder}.index`;
  // Nothing that the repository has set up for checkouts is to run.
  const env = { ...process.env, GIT_INDEX_FILE: index, GIT_LFS_SKIP_SMUDGE: '1' };
  const steps = [
    ['read-tree', commit],
    ['checkout-index', '--all', `--prefix=${folder}${path.sep}`],
  ];
  for (const step of steps) {
    const argv = ['git', '-c', 'core.hooksPath=/dev/null', ...step];
    const result = await runToEnd({ argv, dir: top, env }, () => {}, signal);
    if (!result.ok) return result.error.message;
    if (result.value.exitCode !== 0) return `git ${step[0]} ended with ${result.value.exitCode ?? result.value.signal}`;
  }
  return undefined;
}
