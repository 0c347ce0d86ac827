import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** A git repository that is far away as far as git knows, and in a folder in truth. */
export interface GitRemote {
  /** `https://git.test/extensions`; with the name `ann` and the password `s3cret` it is the same. */
  readonly url: string;
  /** The bare repository. */
  readonly folder: string;
  /** With these variables git finds it under its address. They hold a HOME and a cache of the test's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** The cache folder that programs with this environment use. */
  readonly cache: string;
  /** Commits files on the default branch, `main`, and answers the commit's hash. */
  commit(files: Readonly<Record<string, string>>): string;
  /** Any git command in a clone that can push. */
  git(...args: readonly string[]): string;
  /** Makes it unreachable, and reachable again. */
  disappear(): void;
  appear(): void;
}

/** Makes a repository with a first commit, for a test; gone when the test ends. */
export function gitRemote(test: TestContext, files: Readonly<Record<string, string>>): GitRemote {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-git-')));
  test.after(() => rmSync(root, { recursive: true, force: true }));
  const folder = path.join(root, 'remotes', 'extensions');
  const away = path.join(root, 'away');
  const clone = path.join(root, 'clone');
  const home = path.join(root, 'home');
  const cacheHome = path.join(root, 'cache');
  mkdirSync(home);
  writeFileSync(
    path.join(home, '.gitconfig'),
    [
      `[url "file://${root}/remotes/"]\n\tinsteadOf = https://git.test/\n\tinsteadOf = https://ann:s3cret@git.test/`,
      '[user]\n\tname = Test\n\temail = test@git.test',
      '[init]\n\tdefaultBranch = main\n',
    ].join('\n'),
  );
  const environment = {
    HOME: home,
    XDG_CACHE_HOME: cacheHome,
    GIT_CONFIG_NOSYSTEM: '1',
    PATH: process.env.PATH ?? '',
  };
  const run = (cwd: string, args: readonly string[]) =>
    execFileSync('git', args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  run(root, ['init', '--quiet', '--bare', folder]);
  run(root, ['init', '--quiet', clone]);
  run(clone, ['remote', 'add', 'origin', folder]);
  const remote: GitRemote = {
    url: 'https://git.test/extensions',
    folder,
    environment,
    cache: path.join(cacheHome, 'tilt-ts'),
    commit(changed) {
      for (const [name, text] of Object.entries(changed)) {
        mkdirSync(path.dirname(path.join(clone, name)), { recursive: true });
        writeFileSync(path.join(clone, name), text);
      }
      run(clone, ['add', '--all']);
      run(clone, ['commit', '--quiet', '--message', 'a change']);
      run(clone, ['push', '--quiet', 'origin', 'HEAD']);
      return run(clone, ['rev-parse', 'HEAD']);
    },
    git: (...args) => run(clone, args),
    disappear: () => renameSync(folder, away),
    appear: () => renameSync(away, folder),
  };
  remote.commit(files);
  return remote;
}
