import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from './process-alive.ts';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** The processes of this machine that are alive (no zombies), or nothing where there is no /proc. */
export function liveProcesses(): readonly ProcessEntry[] | undefined {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return undefined;
  }
  const entries: ProcessEntry[] = [];
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const entry = readEntry(name);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.length === 0 ? undefined : entries;
}

/** `pid (name) state parent group …`; the name may hold spaces and brackets. */
function readEntry(pid: string): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return undefined;
  return { pid: Number(pid), parent: Number(parent), group: Number(group) };
}

/** Processes, ready to be asked for many groups. */
export class ProcessIndex {
  readonly #alive: ReadonlySet<number>;
  readonly #groups = new Map<number, number[]>();
  readonly #children = new Map<number, number[]>();

  constructor(entries: readonly ProcessEntry[]) {
    this.#alive = new Set(entries.map(({ pid }) => pid));
    for (const { pid, parent, group } of entries) {
      append(this.#groups, group, pid);
      append(this.#children, parent, pid);
    }
  }

  membersOf(group: number): readonly number[] {
    return this.#groups.get(group) ?? [];
  }

  /** The members of a process group, everything that descends from them or from `roots`, and `roots` that are alive. */
  treeOf(group: number, roots: ReadonlySet<number>): ReadonlySet<number> {
    const tree = new Set<number>();
    const todo = [...this.membersOf(group), ...[...roots].filter((pid) => this.#alive.has(pid))];
    for (let pid = todo.pop(); pid !== undefined; pid = todo.pop()) {
      if (tree.has(pid)) continue;
      tree.add(pid);
      todo.push(...(this.#children.get(pid) ?? []));
    }
    return tree;
  }
}

function append<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The processes that have a variable in their environment, by its value (Linux; elsewhere nothing is known of environments). */
export function processesByVariable(name: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { pid } of liveProcesses() ?? []) {
    let environment: string;
    try {
      environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    } catch {
      continue; // It has ended, or is somebody else's.
    }
    const start = environment.startsWith(`${name}=`) ? 0 : environment.indexOf(`\0${name}=`) + 1;
    if (start === 0 && !environment.startsWith(`${name}=`)) continue;
    const end = environment.indexOf('\0', start);
    append(found, environment.slice(start + name.length + 1, end < 0 ? undefined : end), pid);
  }
  return found;
}

/**
 * When a process began, as a text that no other process of this id has: ids are used again. `undefined` when there is none (any more);
 * empty on Windows, where it cannot be known.
 */
export function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}:${fields[19]}`;
  } catch {
    if (process.platform === 'linux') return undefined;
    if (process.platform === 'win32') return isAlive(pid) ? '' : undefined;
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}

/** Beginnings are counted from the start of the machine. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}
