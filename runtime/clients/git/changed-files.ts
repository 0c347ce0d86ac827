import path from 'node:path';
import { type CapturedOutput, runToEnd } from '../process/run-to-end.ts';

export type ChangedFiles =
  | {
      readonly ok: true;
      /** The commit from which on changes count: the newest that the revision and HEAD have in common. */
      readonly base: string;
      /** The folder of the working tree, absolute. */
      readonly top: string;
      /** Absolute, each once, sorted; also files that are gone. */
      readonly paths: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * The files below the repository of `folder` that changed since a revision: in commits since the merge base, in the index, in the
 * working tree, and untracked ones that git does not ignore.
 */
export async function changedFiles(folder: string, revision: string, signal: AbortSignal): Promise<ChangedFiles> {
  const git = async (args: readonly string[], dir = folder): Promise<string> => {
    const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
    const result = await runToEnd({ argv: ['git', ...args], dir, env }, () => {}, signal);
    if (!result.ok) throw new GitProblem(result.error.message);
    if (result.value.exitCode !== 0) throw new GitProblem(lastLine(result.value));
    return Buffer.from(result.value.stdout).toString('utf8');
  };
  try {
    const top = path.resolve(folder, (await git(['rev-parse', '--show-cdup'])).replace(/\n$/, ''));
    const commit = await named(git, revision);
    const base = await commonBase(git, revision, commit);
    const tracked = await git(
      ['diff', '--name-only', '--no-renames', '--ignore-submodules=none', '-z', base, '--'],
      top,
    );
    const untracked = await git(['ls-files', '--others', '--exclude-standard', '-z'], top);
    const names = `${tracked}\0${untracked}`.split('\0').filter((name) => name !== '');
    return { ok: true, base, top, paths: [...new Set(names)].sort().map((name) => path.join(top, name)) };
  } catch (error) {
    if (!(error instanceof GitProblem)) throw error;
    return { ok: false, message: `Cannot tell what changed since "${revision}": ${error.message}` };
  }
}

/** Leaves `changedFiles` only as a value. */
class GitProblem extends Error {}

type Git = (args: readonly string[]) => Promise<string>;

async function named(git: Git, revision: string): Promise<string> {
  try {
    return (await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])).trim();
  } catch (error) {
    if (!(error instanceof GitProblem)) throw error;
    throw new GitProblem(
      `git knows no such revision here. If it is a branch of the remote, fetch it first (git fetch origin ${revision})`,
    );
  }
}

async function commonBase(git: Git, revision: string, commit: string): Promise<string> {
  try {
    return (await git(['merge-base', commit, 'HEAD'])).trim();
  } catch (error) {
    if (!(error instanceof GitProblem)) throw error;
    const isShallow = (await git(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    throw new GitProblem(
      isShallow
        ? `this is a shallow clone that does not reach the commit which ${revision} and HEAD have in common: clone with the whole history (fetch-depth: 0, GIT_DEPTH: 0)`
        : `${revision} and HEAD have no commit in common`,
    );
  }
}

function lastLine({ stderr, exitCode, signal }: CapturedOutput): string {
  const lines = Buffer.from(stderr).toString('utf8').trim().split('\n');
  return lines.at(-1)?.replace(/^fatal: /, '') || `git ended with ${exitCode ?? signal}`;
}
