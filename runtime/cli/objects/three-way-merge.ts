import type { ApiObject } from '../../report/objects/api-object.ts';

/** Where kubectl keeps what was applied last. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = { readonly [key: string]: unknown };

/** The object with a note of itself, by which the next apply knows what to take away. */
export function withLastApplied(object: ApiObject): ApiObject {
  const text = `${JSON.stringify(object)}\n`;
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: text };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The merge patch that brings what is there to what is wanted: what was applied last and is not wanted any more goes. */
export function applyPatch(live: ApiObject, wanted: ApiObject): Fields {
  return merged(removals(lastApplied(live), wanted, live), differences(live, withLastApplied(wanted)));
}

function lastApplied(live: ApiObject): Fields {
  try {
    return JSON.parse(live.metadata.annotations?.[LAST_APPLIED] ?? '{}') as Fields;
  } catch {
    return {};
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `null` for what stood in `before` and does not stand in `wanted`, where it is still there. */
function removals(before: Fields, wanted: Fields, live: Fields): Fields {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(before)) {
    if (!(key in live)) continue;
    if (!(key in wanted)) patch[key] = null;
    else if (isFields(value) && isFields(wanted[key]) && isFields(live[key])) {
      const inner = removals(value, wanted[key], live[key]);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    }
  }
  return patch;
}

/** What of `wanted` is not in `live` in the same way. */
function differences(live: Fields, wanted: Fields): Fields {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wanted)) {
    const present = live[key];
    if (isFields(value) && isFields(present)) {
      const inner = differences(present, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(present) !== JSON.stringify(value)) patch[key] = value;
  }
  return patch;
}

function merged(one: Fields, other: Fields): Fields {
  const all: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const known = all[key];
    all[key] = isFields(known) && isFields(value) ? merged(known, value) : value;
  }
  return all;
}
