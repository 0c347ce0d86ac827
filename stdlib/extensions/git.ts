import path from 'node:path';
import type { Broker } from '../../interpreter/broker.ts';

export type GitResult =
  | { readonly ok: true; readonly output: string }
  /** `message` is what git said, or why it could not be run. */
  | { readonly ok: false; readonly message: string };

/** Runs git in the repository of a folder. */
export type Git = (...args: readonly string[]) => GitResult;

/**
 * Git for the repository of a folder, whatever the environment says about another one (as it does in a hook of git). It asks
 * nobody for passwords: there is nobody who could answer.
 */
export function gitIn(folder: string, broker: Broker): Git {
  const gitFolder = path.join(folder, '.git');
  return (...args) => {
    const ran = broker.run({
      argv: ['git', '--git-dir', gitFolder, '--work-tree', folder, ...SETTINGS, ...args],
      dir: folder,
      env: { GIT_INDEX_FILE: path.join(gitFolder, 'index'), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      stdin: undefined,
      quiet: true,
      echoOff: true,
    });
    if (!ran.ok) {
      const missing = ran.error.code === 'ENOENT';
      return { ok: false, message: missing ? 'the program "git" was not found' : ran.error.message };
    }
    const { exitCode, signal, stdout, stderr } = ran.value;
    if (exitCode === 0) return { ok: true, output: new TextDecoder().decode(stdout).trim() };
    const said = new TextDecoder().decode(stderr).trim();
    return { ok: false, message: said || `git ${args[0]} ended with ${signal ?? `exit code ${exitCode}`}` };
  };
}

/** No hooks of the user's, no clean-up in the background that would still write when the folder is moved. */
const SETTINGS = ['-c', 'core.hooksPath=/dev/null', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];
