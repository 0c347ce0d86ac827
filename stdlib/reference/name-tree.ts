/** Things under dotted names as a tree of modules. */
export interface NameTree<T> {
  /** By short name, in order. */
  readonly members: readonly (readonly [string, T])[];
  readonly modules: ReadonlyMap<string, NameTree<T>>;
}

interface Growing<T> {
  readonly members: (readonly [string, T])[];
  readonly modules: Map<string, Growing<T>>;
}

export function nameTree<T>(items: readonly (readonly [string, T])[]): NameTree<T> {
  const root: Growing<T> = { members: [], modules: new Map() };
  for (const [name, item] of items) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let here = root;
    for (const part of path) {
      const next: Growing<T> = here.modules.get(part) ?? { members: [], modules: new Map() };
      here.modules.set(part, next);
      here = next;
    }
    here.members.push([last, item]);
  }
  return root;
}
