import type { Json } from '../../stdlib/model/kubernetes.ts';

// The part of kubectl's JSONPath that leads to values to replace: `{.spec.image}`, `spec.list[*].image`, `a['b.c'][0]`,
// `list[?(@.name=='web')].image`.

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'where'; readonly key: string; readonly equals: string };

const STEP =
  /^(?:\.?([\w-]+)|\[(-?\d+)\]|\[?\.?\*\]?|\['([^']+)'\]|\["([^"]+)"\]|\[\?\(@\.([\w-]+)\s*==\s*['"]([^'"]*)['"]\)\])/;

/** Answers the value with replacements at all places that the path leads to; `undefined` from `replace` leaves one as it is. */
export function replaceAtPath(value: Json, path: string, replace: (value: Json) => Json | undefined): Json {
  return change(value, parsePath(path), replace);
}

function parsePath(path: string): readonly Step[] {
  let rest = path
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/^\$/, '');
  const steps: Step[] = [];
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (!match) return [{ kind: 'key', key: path }];
    const [whole, name, index, quoted, doubleQuoted, key, equals] = match;
    const literal = name ?? quoted ?? doubleQuoted;
    if (literal !== undefined) steps.push({ kind: 'key', key: literal });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (key !== undefined) steps.push({ kind: 'where', key, equals: equals ?? '' });
    else steps.push({ kind: 'all' });
    rest = rest.slice(whole.length);
  }
  return steps;
}

function change(value: Json, steps: readonly Step[], replace: (value: Json) => Json | undefined): Json {
  const [step, ...rest] = steps;
  if (!step) return replace(value) ?? value;
  const deeper = (item: Json) => change(item, rest, replace);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return mapSame(list, (item, index) => (selects(step, item, index, list.length) ? deeper(item) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as { readonly [key: string]: Json };
  let result = fields;
  for (const [key, item] of Object.entries(fields)) {
    if (step.kind !== 'all' && !(step.kind === 'key' && step.key === key)) continue;
    const changed = deeper(item);
    if (changed !== item) result = { ...result, [key]: changed };
  }
  return result;
}

function selects(step: Step, item: Json, index: number, length: number): boolean {
  switch (step.kind) {
    case 'all':
      return true;
    case 'index':
      return index === (step.index < 0 ? length + step.index : step.index);
    case 'where':
      return (
        typeof item === 'object' &&
        item !== null &&
        !Array.isArray(item) &&
        (item as Record<string, Json>)[step.key] === step.equals
      );
    case 'key':
      return false;
  }
}

function mapSame(list: readonly Json[], map: (item: Json, index: number) => Json): readonly Json[] {
  const mapped = list.map(map);
  return mapped.some((item, index) => item !== list[index]) ? mapped : list;
}
