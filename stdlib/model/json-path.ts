import { goType } from './go-value.ts';
import { comparison } from './json-path-compare.ts';
import type { PathNode, PathNodes } from './json-path-node.ts';
import type { Json } from './kubernetes.ts';

/** A value that a path leads to. */
export interface Located {
  readonly value: Json;
  /** Keys and indices from the root; `undefined` for text of the path itself. */
  readonly place: readonly (string | number)[] | undefined;
}

export type FoundValues =
  | { readonly ok: true; readonly values: readonly Located[] }
  | { readonly ok: false; readonly message: string };

/** What stands for a field that is not there; `undefined` when nothing does. */
export type AbsentField = (place: readonly (string | number)[], name: string) => Json | undefined;

class PathMismatch extends Error {}

/** All values that a path leads to, in order. A key or an index that is not there is a failure, unless something stands for it. */
export function findValues(root: Json, nodes: PathNodes, absent: AbsentField = () => undefined): FoundValues {
  try {
    return { ok: true, values: new Evaluation(absent).all(nodes, [{ value: root, place: [] }]) };
  } catch (error) {
    if (!(error instanceof PathMismatch)) throw error;
    return { ok: false, message: error.message };
  }
}

/**
 * What a template makes of a value: for each of its parts, and again in each round of a `{range}`, the values that it leads to. A field
 * that is not there leads to none.
 */
export function findGroups(
  root: Json,
  nodes: PathNodes,
):
  | { readonly ok: true; readonly groups: readonly (readonly Json[])[] }
  | { readonly ok: false; readonly message: string } {
  try {
    const groups = new Evaluation(() => undefined, true).groups(nodes, [{ value: root, place: [] }]);
    return { ok: true, groups: groups.map((group) => group.map(({ value }) => value)) };
  } catch (error) {
    if (!(error instanceof PathMismatch)) throw error;
    return { ok: false, message: error.message };
  }
}

/** The same value with another one at a place. */
export function withValueAt(root: Json, place: readonly (string | number)[], value: Json): Json {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return (root as readonly Json[]).map((item, index) => (index === key ? withValueAt(item, rest, value) : item));
  }
  const fields = root as { readonly [key: string]: Json };
  return { ...fields, [key]: withValueAt(fields[key] ?? null, rest, value) };
}

class Evaluation {
  readonly #absent: AbsentField;
  /** Whether a field may be missing. */
  readonly #isLenient: boolean;

  constructor(absent: AbsentField, isLenient = false) {
    this.#absent = absent;
    this.#isLenient = isLenient;
  }

  all(nodes: PathNodes, start: readonly Located[]): readonly Located[] {
    return this.groups(nodes, start).flat();
  }

  /** The parts of a path one after the other, each from the same start; `{range}` repeats what follows up to its `{end}`. */
  groups(nodes: PathNodes, start: readonly Located[]): readonly (readonly Located[])[] {
    const found: (readonly Located[])[] = [];
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at];
      if (node === undefined) continue;
      const keyword = keywordOf(node);
      if (keyword === 'end') throw new PathMismatch('not in range, nothing to end');
      const results = this.#walk(start, node);
      if (keyword !== 'range') {
        found.push(results);
        continue;
      }
      const end = endOfRange(nodes, at);
      for (const one of results) found.push(...this.groups(nodes.slice(at + 1, end), [one]));
      at = end;
    }
    return found;
  }

  #walk(input: readonly Located[], node: PathNode): readonly Located[] {
    switch (node.kind) {
      case 'text':
        return [{ value: node.text, place: undefined }];
      case 'literal':
        return input.map(() => ({ value: node.value, place: undefined }));
      case 'list':
        return this.#walkAll(input, node.nodes);
      case 'field':
        return this.#field(input, node.name);
      case 'slice':
        return input.flatMap((one) => sliceOf(one, node));
      case 'every':
        return input.flatMap(membersOf);
      case 'descend':
        return input.flatMap(descendants);
      case 'union':
        return node.members.flatMap((member) => this.#walkAll(input, member));
      case 'filter':
        return input.flatMap((one) => this.#filtered(one, node));
      case 'keyword':
        if (node.name === 'range') return input;
        throw new PathMismatch(`unrecognized identifier ${node.name}`);
    }
  }

  #walkAll(input: readonly Located[], nodes: PathNodes): readonly Located[] {
    let current = input;
    for (const node of nodes) current = this.#walk(current, node);
    return current;
  }

  #field(input: readonly Located[], name: string): readonly Located[] {
    if (input.length === 0) return [];
    const found = input.flatMap(({ value, place }): readonly Located[] => {
      const fields = fieldsOf(value);
      const own = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
      const member = own ?? (fields && place && this.#absent(place, name)) ?? own;
      return member === undefined ? [] : [{ value: member, place: place && [...place, name] }];
    });
    if (found.length === 0 && !this.#isLenient) throw new PathMismatch(`${name} is not found`);
    return found;
  }

  #filtered(one: Located, { left, operator, right }: Filter): readonly Located[] {
    const { value } = one;
    if (!Array.isArray(value) && fieldsOf(value) === undefined) {
      throw new PathMismatch(`${JSON.stringify(value)} is not array, slice or map and cannot be filtered`);
    }
    return membersOf(one).filter((item) => {
      if (operator === 'exists') return this.#exists(item, left);
      const a = singleOf(this.#walkAll([item], left));
      const b = a && singleOf(this.#walkAll([item], right));
      if (!a || !b) return false;
      const compared = comparison(operator, a.value, b.value);
      if (!compared.ok) throw new PathMismatch(compared.message);
      return compared.value;
    });
  }

  #exists(item: Located, nodes: PathNodes): boolean {
    try {
      return this.#walkAll([item], nodes).length > 0;
    } catch (error) {
      if (error instanceof PathMismatch) return false;
      throw error;
    }
  }
}

type Filter = Extract<PathNode, { readonly kind: 'filter' }>;

function keywordOf(node: PathNode): string | undefined {
  const first = node.kind === 'list' ? node.nodes[0] : undefined;
  return first?.kind === 'keyword' ? first.name : undefined;
}

function endOfRange(nodes: PathNodes, start: number): number {
  let depth = 0;
  for (let at = start; at < nodes.length; at++) {
    const keyword = keywordOf(nodes[at] as PathNode);
    if (keyword === 'range') depth++;
    if (keyword === 'end' && --depth === 0) return at;
  }
  return nodes.length;
}

function sliceOf({ value, place }: Located, { from, to, step = 1 }: Slice): readonly Located[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new PathMismatch(`${goType(value)} is not array or slice`);
  const length = value.length;
  let start = from.at ?? 0;
  if (start < 0) start += length;
  let end = to.at ?? length;
  if (end < 0 || (end === 0 && to.isDerived)) end += length;
  if (start === end) return [];
  const outOfBounds = (index: number) =>
    new PathMismatch(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outOfBounds(start);
  if (end > length || end < 0) throw outOfBounds(end - 1);
  if (start > end) throw new PathMismatch(`starting index ${start} is greater than ending index ${end}`);
  if (step <= 0) throw new PathMismatch('step must be > 0');
  const found: Located[] = [];
  for (let index = start; index < end; index += step) {
    found.push({ value: value[index] as Json, place: place && [...place, index] });
  }
  return found;
}

type Slice = Extract<PathNode, { readonly kind: 'slice' }>;

function membersOf({ value, place }: Located): readonly Located[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) => ({ value: item, place: place && [...place, index] }));
  }
  return Object.entries(fieldsOf(value) ?? {}).map(([key, item]) => ({ value: item, place: place && [...place, key] }));
}

/** The value and all below it, except those that hold nothing; text counts as something that holds letters. */
function descendants(one: Located): readonly Located[] {
  if (typeof one.value === 'string') return one.value === '' ? [] : [one];
  const members = membersOf(one);
  return members.length === 0 ? [] : [one, ...members.flatMap(descendants)];
}

function singleOf(found: readonly Located[]): Located | undefined {
  if (found.length > 1) throw new PathMismatch('can only compare one element at a time');
  return found[0];
}

function fieldsOf(value: Json): { readonly [key: string]: Json } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : undefined;
}
