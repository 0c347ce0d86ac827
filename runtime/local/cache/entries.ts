import { randomUUID } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { digestOf, treeAt } from './tree.ts';

/** What an entry says about a file of its outputs. */
interface KeptFile {
  /** Which of the outputs it belongs to. */
  readonly output: number;
  /** Below that, with slashes; empty for an output that is a file itself. */
  readonly path: string;
  readonly kind: 'file' | 'link';
  readonly isExecutable: boolean;
  readonly target: string;
  /** Of its content. */
  readonly digest: string;
}
interface Manifest {
  readonly key: string;
  readonly files: readonly KeptFile[];
}

/** Entries that nobody used for so long are removed. */
const KEEP_MS = 30 * 24 * 3_600_000;
/** Unfinished ones are of runs that were killed. */
const UNFINISHED_MS = 24 * 3_600_000;

/** The outputs of commands in a folder, by key. Several programs may use it at the same time. */
export class CacheEntries {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = path.join(folder, 'v1');
  }

  async has(key: string): Promise<boolean> {
    return stat(path.join(this.#folder, key, 'manifest.json')).then(
      () => true,
      () => false,
    );
  }

  /** Puts the outputs where they belong, in place of what is there; all or none. `damaged` when the entry is not what it was: then it is gone. */
  async restore(key: string, outputs: readonly string[]): Promise<'restored' | 'damaged'> {
    const entry = path.join(this.#folder, key);
    const mark = `.tilt-ts-${randomUUID()}`;
    const staged = outputs.map((output) => output + mark);
    try {
      const manifest = await this.#read(entry, key);
      for (const [index, file] of (manifest?.files ?? []).entries()) {
        const base = staged[file.output];
        if (base === undefined || !isBelow(file.path)) return await this.#discard(entry, staged);
        if (!(await stage(path.join(entry, String(index)), file, path.join(base, file.path)))) {
          return await this.#discard(entry, staged);
        }
      }
      if (manifest === undefined || !(await allThere(staged))) return await this.#discard(entry, staged);
      for (const [index, output] of outputs.entries())
        await replace(output, staged[index] ?? '', `${output}${mark}-old`);
      await utimes(entry, new Date(), new Date()).catch(() => undefined);
      return 'restored';
    } catch (error) {
      await remove(staged);
      throw error;
    }
  }

  /** Keeps the outputs as they are now. Answers an output that is not there, if there is one; then nothing is kept. */
  async keep(key: string, outputs: readonly string[]): Promise<{ readonly missing: string } | undefined> {
    const temporary = path.join(this.#folder, `.${randomUUID()}`);
    try {
      await mkdir(temporary, { recursive: true });
      const files: KeptFile[] = [];
      for (const [output, base] of outputs.entries()) {
        if (!(await exists(base))) return { missing: base };
        for await (const { file, kind, isExecutable, target } of treeAt(base, () => false)) {
          const blob = path.join(temporary, String(files.length));
          if (kind === 'file') await copyFile(file, blob);
          const digest = kind === 'file' ? await digestOf(blob) : '';
          const relative = path.relative(base, file).split(path.sep).join('/');
          files.push({ output, path: relative, kind, isExecutable, target, digest });
        }
      }
      await writeFile(path.join(temporary, 'manifest.json'), JSON.stringify({ key, files } satisfies Manifest));
      // Another run that was as fast has the same.
      await rename(temporary, path.join(this.#folder, key)).catch(() => undefined);
      return undefined;
    } finally {
      await remove([temporary]);
    }
  }

  /** Removes what nobody has used for a month. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const entry = path.join(this.#folder, name);
      const age = now - ((await stat(entry).catch(() => undefined))?.mtimeMs ?? now);
      if (age > (name.startsWith('.') ? UNFINISHED_MS : KEEP_MS)) await remove([entry]);
    }
  }

  async #read(entry: string, key: string): Promise<Manifest | undefined> {
    try {
      const manifest = JSON.parse(await readFile(path.join(entry, 'manifest.json'), 'utf8')) as Manifest;
      return manifest.key === key && Array.isArray(manifest.files) ? manifest : undefined;
    } catch {
      return undefined;
    }
  }

  async #discard(entry: string, staged: readonly string[]): Promise<'damaged'> {
    await remove([...staged, entry]);
    return 'damaged';
  }
}

/** Copies one file of an entry; answers whether it is what it was when it was kept. */
async function stage(blob: string, { kind, isExecutable, target, digest }: KeptFile, to: string): Promise<boolean> {
  await mkdir(path.dirname(to), { recursive: true });
  if (kind === 'link') {
    await symlink(target, to);
    return true;
  }
  if (!(await exists(blob))) return false;
  await copyFile(blob, to);
  await chmod(to, isExecutable ? 0o755 : 0o644);
  return (await digestOf(to)) === digest;
}

/** An output without any file in it was a folder. */
async function allThere(staged: readonly string[]): Promise<boolean> {
  for (const base of staged) if (!(await exists(base))) await mkdir(base, { recursive: true });
  return true;
}

async function replace(output: string, staged: string, old: string): Promise<void> {
  await mkdir(path.dirname(output), { recursive: true });
  const hadOne = await rename(output, old).then(
    () => true,
    () => false,
  );
  await rename(staged, output);
  if (hadOne) await remove([old]);
}

/** An entry may come from anywhere: none of its files may lie elsewhere. */
function isBelow(relative: string): boolean {
  const normal = path.posix.normalize(relative);
  return !path.posix.isAbsolute(normal) && normal !== '..' && !normal.startsWith('../') && !relative.includes('\0');
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function remove(files: readonly string[]): Promise<void> {
  for (const file of files) await rm(file, { recursive: true, force: true });
}
