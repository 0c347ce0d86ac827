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

/** The members of a process group, everything that descends from them or from `roots`, and `roots` that are alive. */
export function treeOf(
  entries: readonly ProcessEntry[],
  group: number,
  roots: ReadonlySet<number>,
): ReadonlySet<number> {
  const tree = new Set<number>();
  const children = new Map<number, number[]>();
  const todo: number[] = [];
  for (const { pid, parent, group: own } of entries) {
    if (own === group || roots.has(pid)) todo.push(pid);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  for (let pid = todo.pop(); pid !== undefined; pid = todo.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    todo.push(...(children.get(pid) ?? []));
  }
  return tree;
}
