import type { Broker } from '../../interpreter/broker.ts';

/** What the assembly asks of the file system. */
export interface ProjectFiles {
  /** `text` is `undefined` when there is no such file. */
  readText(
    path: string,
  ): { readonly ok: true; readonly text: string | undefined } | { readonly ok: false; readonly message: string };
  isFolder(path: string): boolean;
  exists(path: string): boolean;
}

/** The files as the script's permissions show them. */
export function projectFiles(broker: Broker): ProjectFiles {
  const decoder = new TextDecoder();
  return {
    readText(path) {
      const read = broker.readFile(path);
      if (read.ok) return { ok: true, text: decoder.decode(read.value) };
      const isMissing = read.error.code === 'ENOENT' || read.error.code === 'ENOTDIR';
      return isMissing ? { ok: true, text: undefined } : { ok: false, message: read.error.message };
    },
    isFolder(path) {
      const stat = broker.stat(path);
      return stat.ok && stat.value === 'folder';
    },
    exists(path) {
      return broker.stat(path).ok;
    },
  };
}
