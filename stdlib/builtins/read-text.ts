import type { Call } from '../../interpreter/builtin.ts';
import { unreadable } from './effect-errors.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a file, which from now on reloads the Tiltfile when it changes; `undefined` when it does not exist. */
export function readTextIfThere(call: Call, path: string): string | undefined {
  const read = call.broker.readFile(path);
  if (read.ok) return decoder.decode(read.value);
  if (read.error.code === 'ENOENT') return undefined;
  throw unreadable(path, read.error);
}

/** The text of a file that must exist. */
export function readText(call: Call, path: string): string {
  const text = readTextIfThere(call, path);
  if (text === undefined) throw unreadable(path, { code: 'ENOENT', message: '', subject: path });
  return text;
}
