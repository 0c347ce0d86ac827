import { existsSync, readFileSync, statSync } from 'node:fs';

/** What the assembly asks of the file system. */
export interface ProjectFiles {
  /** `text` is `undefined` when there is no such file. */
  readText(path: string): ReadText;
  /** Also where a link leads to one. */
  isFolder(path: string): boolean;
  exists(path: string): boolean;
}

export type ReadText =
  | { readonly ok: true; readonly text: string | undefined }
  | { readonly ok: false; readonly message: string };

/**
 * The files themselves, for one assembly: a folder is looked at once. What the assembly reads is the program's business, not the
 * script's: it asks no permission.
 */
export function projectFiles(): ProjectFiles {
  const folders = new Map<string, boolean>();
  return {
    readText(path) {
      try {
        return { ok: true, text: readFileSync(path, 'utf8') };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: true, text: undefined };
        return { ok: false, message: error instanceof Error ? error.message : String(error) };
      }
    },
    isFolder(path) {
      const known = folders.get(path);
      if (known !== undefined) return known;
      const found = existsSync(path) && statSync(path).isDirectory();
      folders.set(path, found);
      return found;
    },
    exists: (path) => existsSync(path),
  };
}
