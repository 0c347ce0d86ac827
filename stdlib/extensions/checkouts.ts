import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Broker } from '../../interpreter/broker.ts';
import { checkOut, type Fetched, fetchRef } from './fetch.ts';
import { gitIn } from './git.ts';
import { isCommit } from './lock-file.ts';
import { publicUrl } from './public-url.ts';

/** After so long, in milliseconds, a folder in which somebody fetched was left behind by a program that was killed. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const TEMPORARY = 'tmp-';
/** The name is Tilt's: some of its extensions look for the folder that they are in by it. */
const FOLDER = 'tilt_modules';

/**
 * What was fetched of one repository: a folder for each commit, complete or not there at all. Whoever fetches does it in a folder of
 * its own, which takes its place under the commit's name when it is whole: programs that do so at the same time do not disturb each
 * other, and one that is killed leaves nothing that another would take for a commit.
 */
export class Checkouts {
  readonly #folder: string;
  readonly #url: string;

  constructor(cacheFolder: string, url: string) {
    this.#url = url;
    this.#folder = path.join(cacheFolder, FOLDER, folderName(publicUrl(url)));
  }

  /** The folder of a commit, if it is there. */
  find(commit: string): string | undefined {
    const folder = path.join(this.#folder, commit);
    return existsSync(folder) ? folder : undefined;
  }

  /** The commit that a ref stood for when it was fetched last, if that is still there. */
  lastKnown(ref: string): string | undefined {
    try {
      const commit = readFileSync(this.#refFile(ref), 'utf8').trim();
      return isCommit(commit) && this.find(commit) !== undefined ? commit : undefined;
    } catch {
      return undefined;
    }
  }

  /** Asks the repository what a ref stands for now, and gets that. Throws what the file system throws. */
  fetch(ref: string, broker: Broker): Fetched {
    mkdirSync(this.#folder, { recursive: true });
    this.#sweep();
    const folder = mkdtempSync(path.join(this.#folder, TEMPORARY));
    try {
      const git = gitIn(folder, broker);
      const fetched = fetchRef(git, this.#url, ref);
      if (!fetched.ok) return { ...fetched, message: this.#withoutPassword(fetched.message) };
      if (this.find(fetched.commit) === undefined) {
        const problem = checkOut(git, folder, fetched.commit);
        if (problem !== undefined) return { ok: false, missing: false, message: this.#withoutPassword(problem) };
        git('remote', 'set-url', 'origin', publicUrl(this.#url));
        this.#keep(folder, fetched.commit);
      }
      this.#remember(ref, fetched.commit);
      return fetched;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #withoutPassword(message: string): string {
    return message.replaceAll(this.#url, publicUrl(this.#url));
  }

  #keep(folder: string, commit: string): void {
    try {
      renameSync(folder, path.join(this.#folder, commit));
    } catch (error) {
      // Somebody else was faster, with the same.
      if (this.find(commit) === undefined) throw error;
    }
  }

  #refFile(ref: string): string {
    return path.join(this.#folder, 'refs', encodeURIComponent(ref === '' ? 'HEAD' : ref));
  }

  #remember(ref: string, commit: string): void {
    const file = this.#refFile(ref);
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, `${commit}\n`);
    renameSync(temporary, file);
  }

  #sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      if (!name.startsWith(TEMPORARY)) continue;
      const folder = path.join(this.#folder, name);
      const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? {};
      if (mtimeMs !== undefined && Date.now() - mtimeMs > ABANDONED_MS)
        rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Readable, and different for different addresses: `github.com+tilt-dev+tilt-extensions`. */
function folderName(url: string): string {
  return url
    .replace(/^https:\/\//, '')
    .split('/')
    .map(encodeURIComponent)
    .join('+');
}
