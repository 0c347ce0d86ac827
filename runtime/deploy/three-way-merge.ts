import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../stdlib/model/kubernetes.ts';

type Body = { readonly [key: string]: Json };

/** By which field the items of a list are told apart, as the strategic merge of Kubernetes' own kinds does it. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  webhooks: ['name'],
  ports: ['containerPort', 'port'],
};
const GROUPS_WITH_KEYS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'extensions',
  'admissionregistration.k8s.io',
]);

/**
 * The live object with what is declared now, without what was applied last and is declared no more; what others added stays.
 * Lists of kinds that are not Kubernetes' own are taken whole.
 */
export function mergeThreeWays(live: Body, last: Body | undefined, declared: Body): Body {
  const { apiVersion } = declared;
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return mergeFields(live, last ?? {}, declared, GROUPS_WITH_KEYS.has(group));
}

function mergeFields(live: Body, last: Body, declared: Body, hasKeys: boolean): Body {
  const result: Record<string, Json> = { ...live };
  for (const name of Object.keys(last)) if (!(name in declared)) delete result[name];
  for (const [name, value] of Object.entries(declared)) {
    if (value === null) delete result[name];
    else result[name] = mergeValue(name, live[name], last[name], value, hasKeys);
  }
  return result;
}

function mergeValue(name: string, live: Json | undefined, last: Json | undefined, value: Json, hasKeys: boolean): Json {
  if (isFields(value)) return mergeFields(isFields(live) ? live : {}, isFields(last) ? last : {}, value, hasKeys);
  const key = hasKeys && Array.isArray(value) && Array.isArray(live) ? keyOf(name, value, live) : undefined;
  if (key === undefined) return value;
  return mergeLists(live as readonly Body[], Array.isArray(last) ? last : [], value as readonly Body[], key);
}

/** In the order of what is declared, then what others added. */
function mergeLists(live: readonly Body[], last: readonly Json[], declared: readonly Body[], key: string): Json {
  const known = new Map(live.map((item) => [item[key], item]));
  const before = new Map(last.filter(isFields).map((item) => [item[key], item]));
  const wanted = new Set(declared.map((item) => item[key]));
  const merged = declared.map((item) =>
    mergeFields(known.get(item[key]) ?? {}, before.get(item[key]) ?? {}, item, true),
  );
  const others = live.filter((item) => !wanted.has(item[key]) && !before.has(item[key]));
  return [...merged, ...others];
}

/** The key by which all items of both lists can be told apart. */
function keyOf(name: string, ...lists: readonly (readonly Json[])[]): string | undefined {
  return LIST_KEYS[name]?.find((key) =>
    lists.every((list) => {
      const values = list.map((item) => (isFields(item) ? item[key] : undefined));
      return !values.includes(undefined) && new Set(values).size === values.length;
    }),
  );
}

/** A JSON merge patch (RFC 7386) from one object to another; `undefined` when they are the same. */
export function mergePatch(from: Body, to: Body): Body | undefined {
  const patch: Record<string, Json> = {};
  for (const name of Object.keys(from)) if (!(name in to)) patch[name] = null;
  for (const [name, value] of Object.entries(to)) {
    const old = from[name];
    if (isDeepStrictEqual(old, value)) continue;
    const inner = isFields(old) && isFields(value) ? mergePatch(old, value) : value;
    if (inner !== undefined) patch[name] = inner;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function isFields(value: Json | undefined): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
