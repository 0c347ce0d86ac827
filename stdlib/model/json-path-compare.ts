import type { Json } from './kubernetes.ts';

export type Compared =
  | { readonly ok: true; readonly value: boolean }
  | { readonly ok: false; readonly message: string };

/** Compares as Go's templates do: only values of one kind, and no order for truth values. */
export function comparison(operator: string, a: Json, b: Json): Compared {
  const operations: Readonly<Record<string, () => Compared>> = {
    '==': () => equal(a, b),
    '!=': () => negated(equal(a, b)),
    '<': () => less(a, b),
    '<=': () => lessOrEqual(a, b),
    '>': () => negated(lessOrEqual(a, b)),
    '>=': () => negated(less(a, b)),
  };
  return operations[operator]?.() ?? { ok: false, message: `unrecognized filter operator ${operator}` };
}

function kindOf(value: Json): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : undefined;
}

function problem(a: Json, b: Json): string | undefined {
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA === undefined || kindB === undefined) return 'invalid type for comparison';
  return kindA === kindB ? undefined : 'incompatible types for comparison';
}

function equal(a: Json, b: Json): Compared {
  const message = problem(a, b);
  return message === undefined ? { ok: true, value: a === b } : { ok: false, message };
}

function less(a: Json, b: Json): Compared {
  const message = problem(a, b) ?? (typeof a === 'boolean' ? 'invalid type for comparison' : undefined);
  return message === undefined ? { ok: true, value: (a as string) < (b as string) } : { ok: false, message };
}

function lessOrEqual(a: Json, b: Json): Compared {
  const isLess = less(a, b);
  return isLess.ok && !isLess.value ? equal(a, b) : isLess;
}

function negated(compared: Compared): Compared {
  return compared.ok ? { ok: true, value: !compared.value } : compared;
}
