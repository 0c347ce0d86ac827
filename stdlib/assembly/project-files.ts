import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Broker } from '../../interpreter/broker.ts';

/** What the assembly asks of the file system. */
export interface ProjectFiles {
  /** A file of the program's own, whose path no script chooses. `text` is `undefined` when there is no such file. */
  readOwn(path: string): ReadText;
  /** A file that stands where the script says: the script's permissions count. */
  readText(path: string): ReadText;
  /** Also where a link leads to one. */
  isFolder(path: string): boolean;
  /** Also where the script must not look: then `readText` says so. */
  exists(path: string): boolean;
}

export type ReadText =
  | { readonly ok: true; readonly text: string | undefined }
  /** `refused`: by the script's permissions. */
  | { readonly ok: false; readonly message: string; readonly refused: boolean };

/**
 * The files themselves, for one assembly: a folder is looked at once. What the script chooses and whose content counts is read on
 * its behalf, through its broker. The rest is the program's business: it says nothing to the script.
 */
export function projectFiles(broker: Broker): ProjectFiles {
  const folders = new Map<string, boolean>();
  return {
    readOwn(path) {
      try {
        return { ok: true, text: readFileSync(path, 'utf8') };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        return textOf({ code: String(code), message: error instanceof Error ? error.message : String(error) });
      }
    },
    readText(path) {
      const read = broker.readFile(path);
      return read.ok ? { ok: true, text: new TextDecoder().decode(read.value) } : textOf(read.error);
    },
    isFolder(path) {
      const known = folders.get(path);
      if (known !== undefined) return known;
      const found = existsSync(path) && statSync(path).isDirectory();
      folders.set(path, found);
      return found;
    },
    exists(path) {
      const found = broker.realPath(path);
      return found.ok || found.error.code === 'refused';
    },
  };
}

function textOf({ code, message }: { readonly code: string; readonly message: string }): ReadText {
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? { ok: true, text: undefined }
    : { ok: false, message, refused: code === 'refused' };
}
