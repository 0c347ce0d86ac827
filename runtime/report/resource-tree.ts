/** A resource in a tree of what needs what. */
export interface TreeResource {
  readonly name: string;
  /** Names of the resources that it waits for. */
  readonly needs: readonly string[];
  /** How it is doing, in a word or a few. */
  readonly state: string;
  /** It has not come up, and holds up what needs it. */
  readonly isBlocked: boolean;
}

export interface TreeOptions {
  /** Only what has not come up, and what waits for that. */
  readonly onlyBlocked: boolean;
  /** What several need stands below the first of them only. */
  readonly once: boolean;
}

/** Resources below those that they need, as `alpha tree-view` prints them. */
export function treeText(
  title: string,
  resources: readonly TreeResource[],
  { onlyBlocked, once }: TreeOptions,
): string {
  const shown = onlyBlocked ? resources.filter(({ isBlocked }) => isBlocked) : resources;
  const names = new Set(shown.map(({ name }) => name));
  const needed = (resource: TreeResource) => resource.needs.filter((name) => names.has(name));
  const lines = [title];
  const seen = new Set<string>();
  const add = (resource: TreeResource, indent: string, isLast: boolean, above: readonly string[]): void => {
    const others = needed(resource).filter((name) => name !== above.at(-1));
    const also = others.length > 0 && above.length > 0 ? ` [also needs: ${others.join(', ')}]` : '';
    const isAgain = once && seen.has(resource.name);
    lines.push(
      `${indent}${isLast ? '└── ' : '├── '}${resource.name}  ${resource.state}${also}${isAgain ? ' [above]' : ''}`,
    );
    seen.add(resource.name);
    // The program refuses circles; a tree must end all the same.
    if (isAgain || above.includes(resource.name)) return;
    const children = shown.filter((one) => needed(one).includes(resource.name));
    children.forEach((child, at) => {
      add(child, `${indent}${isLast ? '    ' : '│   '}`, at === children.length - 1, [...above, resource.name]);
    });
  };
  const roots = shown.filter((resource) => needed(resource).length === 0);
  roots.forEach((root, at) => {
    add(root, '', at === roots.length - 1, []);
  });
  return `${lines.join('\n')}\n`;
}
