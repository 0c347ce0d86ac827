import { dirname } from 'node:path';
import type { Call } from '../../interpreter/builtin.ts';

/**
 * The file whose top level is running, which is not always the one whose code makes the call: a helper that another file
 * exports works with the paths of the file that calls it.
 */
export function executingFile(call: Call): string {
  for (const frame of call.stack) if (frame.functionName === '<toplevel>') return frame.file;
  return call.stack.at(-1)?.file ?? call.position.file;
}

/** Every call asks, and there are few files. */
const folders = new Map<string, string>();

/** The folder against which paths of this call are resolved. */
export function executingFolder(call: Call): string {
  const file = executingFile(call);
  let folder = folders.get(file);
  if (folder === undefined) {
    folder = dirname(file);
    folders.set(file, folder);
  }
  return folder;
}
