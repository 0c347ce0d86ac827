/** A field that two pieces of data say differently; `before` or `after` is left out where there is no such field. */
export interface FieldChange {
  /** `update.argv`, `objects[Deployment/web].body.spec.replicas`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What two descriptions of one thing say differently. Fields that only one of them has are passed over: they were written by
 * versions of the program that know different fields. Further inside, what only one has was added or removed.
 */
export function changedFields(before: object, after: object, except: readonly string[] = []): readonly FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([name]) => old.has(name) && !except.includes(name))
    .flatMap(([name, value]) => changes(old.get(name), value, name));
}

function changes(before: unknown, after: unknown, path: string): readonly FieldChange[] {
  if (isFields(before) && isFields(after)) return memberChanges(before, after, (name) => `${path}.${name}`);
  if (Array.isArray(before) && Array.isArray(after)) {
    const named = byIdentity(before);
    const namedAfter = byIdentity(after);
    if (named && namedAfter) return memberChanges(named, namedAfter, (name) => `${path}[${name}]`);
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function memberChanges(before: Fields, after: Fields, pathOf: (name: string) => string): readonly FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): readonly FieldChange[] => {
    const path = pathOf(name);
    if (!Object.hasOwn(before, name)) return [{ path, after: after[name] }];
    if (!Object.hasOwn(after, name)) return [{ path, before: before[name] }];
    return changes(before[name], after[name], path);
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list by what tells them apart; nothing where they are no objects, or two are called the same. */
function byIdentity(list: readonly unknown[]): Fields | undefined {
  const members: Record<string, unknown> = Object.create(null);
  for (const member of list) {
    const identity = isFields(member) ? identityOf(member) : undefined;
    if (identity === undefined || identity in members) return undefined;
    members[identity] = member;
  }
  return members;
}

function identityOf({ kind, namespace, name, ref }: Fields): string | undefined {
  const own = typeof name === 'string' && name !== '' ? name : ref;
  if (typeof own !== 'string') return undefined;
  return [kind, namespace, own].filter((part) => typeof part === 'string' && part !== '').join('/');
}
