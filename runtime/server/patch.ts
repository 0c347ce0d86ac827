import { isRecord } from '../state/fields.ts';
import { badRequest, Refused, unsupportedType } from './status.ts';

/** What patches can be written in. */
export const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/apply-patch+yaml',
];

export interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** A value after a patch. Throws `Refused` for patches that cannot be read or do not fit. */
export function patched(value: unknown, patch: unknown, type: string): unknown {
  switch (type) {
    case 'application/json-patch+json': {
      if (!Array.isArray(patch)) throw new Refused(badRequest('a JSON patch is a list of operations'));
      return (patch as readonly Operation[]).reduce(applied, structuredClone(value));
    }
    case 'application/merge-patch+json':
    case 'application/apply-patch+yaml':
    // kubectl sends it for kinds that it knows; ours have no lists that it would merge.
    case 'application/strategic-merge-patch+json':
      return merged(value, patch);
    default:
      throw new Refused(unsupportedType(type, PATCH_TYPES));
  }
}

/** RFC 7396. */
function merged(value: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete result[key];
    else result[key] = merged(result[key], change);
  }
  return result;
}

/** RFC 6902. */
function applied(root: unknown, operation: Operation): unknown {
  const { op, path, from = '' } = operation;
  switch (op) {
    case 'add':
      return added(root, path, structuredClone(operation.value));
    case 'remove':
      return removed(root, path).root;
    case 'replace': {
      if (path === '') return structuredClone(operation.value);
      return added(removed(root, path).root, path, structuredClone(operation.value));
    }
    case 'move': {
      const { root: without, value } = removed(root, from);
      return added(without, path, value);
    }
    case 'copy':
      return added(root, path, structuredClone(valueAt(root, from)));
    case 'test':
      if (JSON.stringify(valueAt(root, path)) === JSON.stringify(operation.value)) return root;
      throw new Refused({ code: 422, reason: 'Invalid', message: `testing value ${path} failed` });
    default:
      throw new Refused(badRequest(`Unexpected kind of operation in a JSON patch: ${JSON.stringify(op)}`));
  }
}

function partsOf(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw missing(path);
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(root: unknown, path: string): unknown {
  let here = root;
  for (const part of partsOf(path)) {
    if (Array.isArray(here)) here = here[indexOf(part, here.length - 1, path)];
    else if (isRecord(here) && Object.hasOwn(here, part)) here = here[part];
    else throw missing(path);
  }
  return here;
}

function parentOf(root: unknown, path: string): { readonly parent: unknown; readonly key: string } {
  const parts = partsOf(path);
  const parentPath = parts.slice(0, -1).map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return { parent: valueAt(root, parentPath.join('')), key: parts.at(-1) ?? '' };
}

function added(root: unknown, path: string, value: unknown): unknown {
  if (path === '') return value;
  const { parent, key } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : indexOf(key, parent.length, path), 0, value);
  // As an own field whatever its name is.
  else if (isRecord(parent))
    Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
  else throw missing(path);
  return root;
}

function removed(root: unknown, path: string): { readonly root: unknown; readonly value: unknown } {
  const value = valueAt(root, path);
  const { parent, key } = parentOf(root, path);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (isRecord(parent)) delete parent[key];
  return { root, value };
}

function indexOf(part: string, last: number, path: string): number {
  const index = /^(0|[1-9]\d*)$/.test(part) ? Number(part) : Number.NaN;
  if (!(index <= last)) throw missing(path);
  return index;
}

function missing(path: string): Refused {
  return new Refused({
    code: 422,
    reason: 'Invalid',
    message: `the path ${JSON.stringify(path)} of the patch does not exist`,
  });
}
