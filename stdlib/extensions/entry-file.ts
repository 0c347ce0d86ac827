import { statSync } from 'node:fs';
import path from 'node:path';
import { TILTFILE_NAMES } from '../model/tiltfile-names.ts';

/** The file with which an extension begins, or nothing where the folder holds none. */
export function entryFile(folder: string): string | undefined {
  return TILTFILE_NAMES.map((name) => path.join(folder, name)).find(isFile);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether a path lies below a folder, or is the folder. Both are absolute; nothing is looked up. */
export function isWithin(folder: string, candidate: string): boolean {
  const relative = path.relative(folder, candidate);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
