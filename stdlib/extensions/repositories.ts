import path from 'node:path';
import type { Broker } from '../../interpreter/broker.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import { systemReason } from '../builtins/effect-errors.ts';
import type { ExtensionRepository, LocatedRepository, Pin } from '../model/extension.ts';
import type { LibraryOptions } from '../session.ts';
import { userCacheFolder } from './cache-folder.ts';
import { Checkouts } from './checkouts.ts';
import { changeLock, LOCK_FILE, readLock, samePlace } from './lock-file.ts';
import { publicUrl } from './public-url.ts';

/** The repositories of one evaluation. All methods throw `Refusal`, with the reason alone. */
export class Repositories {
  readonly #checkouts: string;
  readonly #lockPath: string;
  readonly #frozen: boolean;
  readonly #renew: readonly string[] | undefined;
  readonly #located = new Map<string, LocatedRepository>();
  readonly #renewed = new Set<string>();
  #pins: Pin[] | undefined;

  constructor({ mainFile, extensions = {} }: LibraryOptions) {
    this.#checkouts = extensions.cacheFolder ?? userCacheFolder();
    this.#lockPath = path.join(extensions.lockFolder ?? path.dirname(mainFile), LOCK_FILE);
    this.#frozen = extensions.frozenLock ?? false;
    this.#renew = extensions.renew;
  }

  /** The root of a repository. `names` are those by which somebody may ask to renew it. */
  locate(repository: ExtensionRepository, names: readonly string[], broker: Broker): LocatedRepository {
    if (repository.url.startsWith('file://')) return localFolder(repository, broker);
    const key = `${publicUrl(repository.url)}\0${repository.ref}`;
    const renew = this.#isRenewed(names) && !this.#renewed.has(key);
    const known = renew ? undefined : this.#located.get(key);
    if (known) return known;
    const located = this.#locateCommit(repository, renew, broker);
    this.#located.set(key, located);
    if (renew) this.#renewed.add(key);
    return located;
  }

  #isRenewed(names: readonly string[]): boolean {
    if (this.#renew === undefined) return false;
    return this.#renew.length === 0 || names.some((name) => this.#renew?.includes(name));
  }

  #locateCommit(repository: ExtensionRepository, renew: boolean, broker: Broker): LocatedRepository {
    watchLock(this.#lockPath, broker);
    const place = { url: publicUrl(repository.url), ref: repository.ref };
    const pin = this.#readPins().find((other) => samePlace(other, place));
    const checkouts = new Checkouts(this.#checkouts, repository.url);
    if (pin && !renew) return { ...pinned(repository, pin, checkouts, broker), state: 'pinned' };
    if (this.#frozen) {
      throw new Refusal(
        `${LOCK_FILE} does not pin ${shown(repository)}, and --frozen-lock says that it must: run once without, and commit ${LOCK_FILE}`,
      );
    }
    broker.print(`Fetching extensions from ${shown(repository)}\n`, 'info');
    const fetched = fetchInto(checkouts, repository.ref, broker);
    if (fetched.ok) {
      const { commit } = fetched;
      this.#setPin({ ...place, commit }, broker);
      return { folder: folderOf(checkouts, commit), commit, state: 'fetched', before: pin?.commit };
    }
    const last = fetched.missing || renew ? undefined : checkouts.lastKnown(repository.ref);
    if (last === undefined) throw new Refusal(`cannot fetch ${shown(repository)}: ${fetched.message}`);
    broker.print(
      `Cannot fetch ${shown(repository)}: ${fetched.message}\nUsing what was fetched before: commit ${last.slice(0, 12)}\n`,
      'warn',
    );
    return { folder: folderOf(checkouts, last), commit: last, state: 'stale' };
  }

  #readPins(): readonly Pin[] {
    if (this.#pins) return this.#pins;
    const read = readLock(this.#lockPath);
    if (!read.ok) {
      throw new Refusal(
        `cannot read "${this.#lockPath}": ${read.message}. Mend it, or delete it to pin everything anew`,
      );
    }
    this.#pins = [...read.pins];
    return this.#pins;
  }

  #setPin(pin: Pin, broker: Broker): void {
    const problem = changeLock(this.#lockPath, { set: [pin] });
    this.#pins = [...this.#readPins().filter((other) => !samePlace(other, pin)), pin];
    if (problem === undefined) return;
    broker.print(`Cannot write "${this.#lockPath}", so the next run may get another commit: ${problem}\n`, 'warn');
  }

  /** What the lock file pins beside the repositories of this evaluation. */
  unused(): readonly Pin[] {
    const read = readLock(this.#lockPath);
    return read.ok ? read.pins.filter(({ url, ref }) => !this.#located.has(`${url}\0${ref}`)) : [];
  }
}

/** A change of the lock file reloads the Tiltfile, but for scripts that must not know of it. */
function watchLock(file: string, broker: Broker): void {
  try {
    broker.watch(file);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** In Tilt's words, as far as it has any. */
function localFolder({ url, ref }: ExtensionRepository, broker: Broker): LocatedRepository {
  if (ref !== '') throw new Refusal('spec.ref not supported on file:// repos');
  const folder = url.slice('file://'.length);
  const found = broker.fileInfo(folder, true);
  if (!found.ok) {
    const { code, message } = found.error;
    throw new Refusal(code === 'refused' ? message : `loading: stat ${folder}: ${systemReason(code) ?? message}`);
  }
  if (found.value.kind !== 'folder') throw new Refusal('loading: not a directory');
  return { folder, commit: undefined, state: 'folder' };
}

function pinned(
  repository: ExtensionRepository,
  { commit }: Pin,
  checkouts: Checkouts,
  broker: Broker,
): { readonly folder: string; readonly commit: string } {
  const there = checkouts.find(commit);
  if (there !== undefined) return { folder: there, commit };
  broker.print(`Fetching extensions from ${shown(repository)}, commit ${commit.slice(0, 12)}\n`, 'info');
  const fetched = fetchInto(checkouts, commit, broker);
  if (fetched.ok) return { folder: folderOf(checkouts, commit), commit };
  const help = fetched.missing
    ? `\nThe commit is gone from there: "tilt-ts ext update ${repository.name}" pins what is there now.`
    : '';
  throw new Refusal(
    `cannot fetch ${shown(repository)}, commit ${commit}, which ${LOCK_FILE} pins: ${fetched.message}${help}`,
  );
}

function fetchInto(checkouts: Checkouts, ref: string, broker: Broker): ReturnType<Checkouts['fetch']> {
  try {
    return checkouts.fetch(ref, broker);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return { ok: false, missing: false, message: (error as Error).message };
  }
}

function folderOf(checkouts: Checkouts, commit: string): string {
  const folder = checkouts.find(commit);
  if (folder === undefined) throw new Refusal(`the commit ${commit} vanished from the cache while it was fetched`);
  return folder;
}

function shown({ url, ref }: ExtensionRepository): string {
  return ref === '' ? publicUrl(url) : `${publicUrl(url)} (${ref})`;
}
