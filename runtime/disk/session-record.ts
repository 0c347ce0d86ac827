import { mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { liveGroups, MARK, watchGroups } from '../clients/process/process-group.ts';
import { beginningOf, processesByVariable } from '../clients/process/process-table.ts';

/** What a session writes down, so that the next one finds what is left if this one cannot end it. */
interface Record {
  readonly version: 1;
  readonly folder: string;
  readonly owner: ProcessName;
  readonly groups: readonly RecordedGroup[];
}

/** A process, and when it began: ids are used again. */
interface ProcessName {
  readonly pid: number;
  readonly beginning: string;
}

interface RecordedGroup extends ProcessName {
  readonly command: string;
  readonly mark?: string | undefined;
}

/** A group of processes whose session is gone. */
export interface LeftGroup {
  /** Id of the group; the process of this id may be gone. */
  readonly leader: number;
  readonly command: string;
  readonly mark: string | undefined;
  /** Processes of it that are alive, at least one. */
  readonly pids: readonly number[];
}

const WRITE_MS = 50;

/** Writes down which processes this session runs, from now on until it ends. Without a folder nothing is written. */
export function recordSession(stateFolder: string | undefined, folder: string): void {
  const beginning = beginningOf(process.pid);
  if (stateFolder === undefined || beginning === undefined) return;
  const file = path.join(stateFolder, 'sessions', `${process.pid}.json`);
  const beginnings = new Map<number, string>();
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    const groups = liveGroups().flatMap(({ leader, command, mark }): readonly RecordedGroup[] => {
      const began = beginnings.get(leader) ?? beginningOf(leader);
      if (began !== undefined) beginnings.set(leader, began);
      return began === undefined && mark === undefined ? [] : [{ pid: leader, beginning: began ?? '', command, mark }];
    });
    save(file, { version: 1, folder, owner: { pid: process.pid, beginning }, groups });
  };
  watchGroups(() => {
    timer ??= setTimeout(write, WRITE_MS).unref();
  });
  process.on('exit', () => {
    clearTimeout(timer);
    remove(file);
  });
}

/** What sessions of this folder left that were killed. Records without anything alive are removed. */
export function leftBehind(stateFolder: string | undefined, folder: string): readonly LeftGroup[] {
  if (stateFolder === undefined) return [];
  const left: LeftGroup[] = [];
  for (const { file, record } of recordsIn(path.join(stateFolder, 'sessions'))) {
    if (beginningOf(record.owner.pid) === record.owner.beginning) continue;
    const groups = aliveOf(record.groups);
    if (groups.length === 0) remove(file);
    else if (record.folder === folder) left.push(...groups);
  }
  return left;
}

function aliveOf(groups: readonly RecordedGroup[]): readonly LeftGroup[] {
  const marked = groups.some(({ mark }) => mark !== undefined) ? processesByVariable(MARK) : undefined;
  return groups.flatMap(({ pid, beginning, command, mark }) => {
    const pids = new Set(mark === undefined ? [] : marked?.get(mark));
    if (beginning !== '' && beginningOf(pid) === beginning) pids.add(pid);
    return pids.size === 0 ? [] : [{ leader: pid, command, mark, pids: [...pids] }];
  });
}

function* recordsIn(folder: string): Generator<{ readonly file: string; readonly record: Record }> {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const file = path.join(folder, name);
    try {
      const record = JSON.parse(readFileSync(file, 'utf8')) as Record;
      if (record.version === 1) yield { file, record };
    } catch {
      if (name.endsWith('.json')) remove(file);
    }
  }
}

function save(file: string, record: Record): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // Without a record the next session finds nothing; this one works all the same.
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It is gone, or was never written.
  }
}
