import type { FieldManager } from '../state/api-state.ts';
import { isRecord } from '../state/fields.ts';
import { sameData } from '../state/same-data.ts';
import {
  type Content,
  type FieldPath,
  fieldsOf,
  fieldsV1,
  fieldText,
  pathsOf,
  withField,
  withoutField,
} from './field-sets.ts';
import type { StatusCause } from './status.ts';
import { seconds } from './time.ts';

// Who set which fields of an object, by the rules of Kubernetes' server-side apply.

const API_VERSION = 'tilt.dev/v1alpha1';

export interface Writer {
  readonly manager: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** As it stands in the metadata of an object. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: object;
}

export interface FieldConflict {
  readonly manager: Pick<FieldManager, 'manager' | 'operation'>;
  readonly path: FieldPath;
}

export type Applied =
  | { readonly ok: true; readonly object: Content; readonly managers: readonly FieldManager[] }
  | { readonly ok: false; readonly conflicts: readonly FieldConflict[] };

/** An object after a server-side apply of what `config` says: what this manager applied before and says no more goes, unless others own it, too. */
export function applied(
  live: Content,
  managers: readonly FieldManager[],
  config: Content,
  { manager, at }: Writer,
  force: boolean,
): Applied {
  const before = fieldsOf(live);
  const wanted = fieldsOf(config);
  const isSelf = (one: FieldManager) => one.manager === manager && one.operation === 'Apply';
  const self = managers.find(isSelf);
  const others = managers.filter((one) => !isSelf(one));
  const taken = [...wanted].filter(([path, value]) => !before.has(path) || !sameData(before.get(path), value));
  const conflicts = others.flatMap((other) =>
    taken
      .filter(([path]) => before.has(path) && other.fields.includes(path))
      .map(([path]) => ({ manager: other, path })),
  );
  if (conflicts.length > 0 && !force) return { ok: false, conflicts };
  let object = live;
  for (const path of self?.fields ?? []) {
    if (!wanted.has(path) && !others.some(({ fields }) => fields.includes(path))) object = withoutField(object, path);
  }
  for (const [path, value] of taken) object = withField(object, path, value);
  const lost = new Set(taken.map(([path]) => path));
  const fields = [...wanted.keys()];
  const now = self !== undefined && sameData(self.fields, fields) && taken.length === 0 ? self : undefined;
  const entry: FieldManager = now ?? { manager, operation: 'Apply', at, fields };
  return { ok: true, object, managers: keeping([...without(others, lost), entry], object) };
}

/** The owners after any other write: it owns what it changed. */
export function updated(
  live: Content | undefined,
  managers: readonly FieldManager[],
  object: Content,
  { manager, at }: Writer,
): readonly FieldManager[] {
  const before = live === undefined ? new Map<FieldPath, unknown>() : fieldsOf(live);
  const taken = [...fieldsOf(object)]
    .filter(([path, value]) => !before.has(path) || !sameData(before.get(path), value))
    .map(([path]) => path);
  const isSelf = (one: FieldManager) => one.manager === manager && one.operation === 'Update';
  const self = managers.find(isSelf);
  const others = without(
    managers.filter((one) => !isSelf(one)),
    new Set(taken),
  );
  const fields = [...new Set([...(self?.fields ?? []), ...taken])];
  const entry: FieldManager | undefined = taken.length === 0 ? self : { manager, operation: 'Update', at, fields };
  return keeping(entry === undefined ? others : [...others, entry], object);
}

/** As they stand in the metadata of an object. */
export function managedFields(managers: readonly FieldManager[]): readonly ManagedFields[] {
  return managers.map(({ manager, operation, at, fields }) => ({
    manager,
    operation,
    apiVersion: API_VERSION,
    time: seconds(at),
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsV1(fields),
  }));
}

/** What a client wrote as `metadata.managedFields`; `undefined` when it left that to the server. */
export function writtenManagers(value: unknown, now: number): readonly FieldManager[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isRecord).flatMap(({ manager, operation, time, fieldsV1: set }) => {
    if (typeof manager !== 'string' || (operation !== 'Apply' && operation !== 'Update')) return [];
    const at = typeof time === 'string' ? Date.parse(time) : now;
    return [{ manager, operation, at: Number.isNaN(at) ? now : at, fields: pathsOf(set) }];
  });
}

/** As clients of Kubernetes expect it. */
export function conflictCause({ manager: { manager, operation }, path }: FieldConflict): StatusCause {
  const whose = operation === 'Update' ? ` using ${API_VERSION}` : '';
  return {
    reason: 'FieldManagerConflict',
    message: `conflict with ${JSON.stringify(manager)}${whose}`,
    field: fieldText(path),
  };
}

function without(managers: readonly FieldManager[], taken: ReadonlySet<FieldPath>): readonly FieldManager[] {
  if (taken.size === 0) return managers;
  return managers.map((one) => {
    const fields = one.fields.filter((path) => !taken.has(path));
    return fields.length === one.fields.length ? one : { ...one, fields };
  });
}

/** Only what the object has can be owned. */
function keeping(managers: readonly FieldManager[], object: Content): readonly FieldManager[] {
  const there = fieldsOf(object);
  return managers
    .map((one) => {
      const fields = one.fields.filter((path) => there.has(path));
      return fields.length === one.fields.length ? one : { ...one, fields };
    })
    .filter(({ fields }) => fields.length > 0);
}
