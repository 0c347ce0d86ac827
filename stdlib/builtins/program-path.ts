import path from 'node:path';
import type { FileKind } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { quote } from '../schema/show.ts';
import { systemReason } from './effect-errors.ts';

/** Whether the shell would find a program of this name. Where the script may not look, it is taken to be there: the run will tell. */
export function isOnPath(name: string, call: Call): boolean {
  const isWindows = process.platform === 'win32';
  const endings = isWindows ? (call.broker.environment.setting('PATHEXT') ?? '.EXE;.CMD;.BAT').split(';') : [''];
  const folders = (call.broker.environment.setting('PATH') ?? '').split(path.delimiter);
  return folders.some((folder) =>
    endings.some((ending) => {
      const found = kindOf(path.join(folder, name + ending), call);
      return found.ok ? found.kind !== 'folder' : found.code === 'refused';
    }),
  );
}

/** Refuses a program, given by its path, that cannot be run. */
export function checkProgram(file: string, call: Call): void {
  const found = kindOf(file, call);
  if (found.ok && found.kind === 'folder') throw new Refusal(`exec: ${quote(file)}: is a directory`);
  if (found.ok) return;
  if (found.code === 'refused') throw new Refusal(found.message);
  throw new Refusal(`exec: ${quote(file)}: stat ${file}: ${systemReason(found.code) ?? found.message}`);
}

export type FoundKind =
  | { readonly ok: true; readonly kind: FileKind }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** What is there; links are followed. */
export function kindOf(file: string, call: Call): FoundKind {
  const found = call.broker.stat(file);
  if (!found.ok) return { ok: false, ...found.error };
  if (found.value !== 'link') return { ok: true, kind: found.value };
  const target = call.broker.realPath(file);
  if (!target.ok) return { ok: false, ...target.error };
  const there = call.broker.stat(target.value);
  return there.ok ? { ok: true, kind: there.value } : { ok: false, ...there.error };
}
