import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Git } from './git.ts';
import { isCommit } from './lock-file.ts';

export type Fetched =
  | { readonly ok: true; readonly commit: string }
  /** `missing`: the repository answers, and has no such branch, tag or commit. */
  | { readonly ok: false; readonly missing: boolean; readonly message: string };

/** What git says when the other side is there and this way to ask for a ref is the trouble. */
const ASKED_WRONGLY = /remote ref|not our ref|unadvertised object|shallow|invalid refspec/i;

/**
 * Gets the commit that a ref stands for into the empty repository of a folder: as little as the other side lets us have. `ref` is
 * what `git checkout` would take in a fresh clone: a branch, a tag, a commit or its beginning; empty for the default branch.
 */
export function fetchRef(git: Git, url: string, ref: string): Fetched {
  if (ref.startsWith('-')) return { ok: false, missing: true, message: `"${ref}" is no branch, tag or commit` };
  for (const command of [
    ['init', '--quiet'],
    ['remote', 'add', 'origin', url],
  ]) {
    const done = git(...command);
    if (!done.ok) return { ...done, missing: false };
  }
  const wanted = ref === '' ? 'HEAD' : ref;
  const shallow = git('fetch', '--quiet', '--depth=1', '--no-tags', '--', 'origin', wanted);
  if (shallow.ok) return commitOf(git, ['FETCH_HEAD'], wanted);
  if (!ASKED_WRONGLY.test(shallow.message)) return { ...shallow, missing: false };
  // Without a depth for servers that know none, and with everything for a beginning of a hash or a commit that no branch names.
  const branches = '+refs/heads/*:refs/remotes/origin/*';
  const whole = git('fetch', '--quiet', '--tags', '--', 'origin', ...(ref === '' ? ['HEAD'] : [branches]));
  if (!whole.ok) return { ...whole, missing: ASKED_WRONGLY.test(whole.message) };
  if (ref === '') return commitOf(git, ['FETCH_HEAD'], wanted);
  return commitOf(git, [`refs/tags/${ref}`, `refs/remotes/origin/${ref}`, ref], wanted);
}

function commitOf(git: Git, names: readonly string[], wanted: string): Fetched {
  for (const name of names) {
    const parsed = git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
    if (parsed.ok && isCommit(parsed.output)) return { ok: true, commit: parsed.output };
  }
  return { ok: false, missing: true, message: `it has no branch, tag or commit "${wanted}"` };
}

/** Puts the files of a commit that was fetched into the folder, with those of its submodules. Answers what went wrong. */
export function checkOut(git: Git, folder: string, commit: string): string | undefined {
  const files = git('checkout', '--quiet', '--detach', commit);
  if (!files.ok) return files.message;
  if (!existsSync(path.join(folder, '.gitmodules'))) return undefined;
  const submodules = git('submodule', '--quiet', 'update', '--init', '--recursive');
  return submodules.ok ? undefined : submodules.message;
}
