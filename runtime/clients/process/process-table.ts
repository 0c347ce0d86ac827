import { readdirSync, readFileSync } from 'node:fs';

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

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
