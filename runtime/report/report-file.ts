import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a report is written in: text, or pieces of it so that a long one never stands in memory as a whole. */
export type ReportText = string | Iterable<string> | AsyncIterable<string>;

/** Makes the folders above a file and tries whether it can be written there; answers why not, in words. What is there stays as it is. */
export async function whyNotWritable(file: string): Promise<string | undefined> {
  try {
    await makeFolders(path.dirname(file));
    const there = await statOf(file);
    if (there?.isDirectory() === true) return 'it is a folder';
    if (there !== undefined) await access(file, constants.W_OK);
    if (there !== undefined && !there.isFile()) return undefined;
    const trial = partial(file);
    await (await open(trial, 'w')).close();
    await rm(trial);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The same for a folder that files go to. */
export async function whyNoFolder(folder: string): Promise<string | undefined> {
  try {
    await makeFolders(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Makes a folder and those above it. Node's own way never ends where the system has no room for folders at all, as in /proc. */
async function makeFolders(folder: string): Promise<void> {
  const missing: string[] = [];
  let at = path.resolve(folder);
  let there = await statOf(at);
  while (there === undefined) {
    missing.unshift(at);
    at = path.dirname(at);
    there = await statOf(at);
  }
  if (!there.isDirectory()) throw Object.assign(new Error(`"${at}" is no folder`), { code: 'ENOTDIR' });
  for (const one of missing) {
    await mkdir(one).catch((error: NodeJS.ErrnoException) => {
      // Somebody else made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Writes a file so that nobody ever finds half of it; answers why that failed, in words. */
export async function writeReport(file: string, text: ReportText): Promise<string | undefined> {
  try {
    await makeFolders(path.dirname(file));
    const there = await statOf(file);
    // A pipe or a device takes the place of no file.
    if (there !== undefined && !there.isFile()) await fill(file, text);
    else await replace(file, text);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

async function replace(file: string, text: ReportText): Promise<void> {
  const half = partial(file);
  try {
    await fill(half, text);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

async function fill(file: string, text: ReportText): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for await (const piece of typeof text === 'string' ? [text] : text) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
}

/** In the same folder, so that it can be renamed; of this process only. */
function partial(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
}

async function statOf(file: string) {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENOENT: 'no folder can be made there',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

/** A fault of the file system in words. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? message;
}
