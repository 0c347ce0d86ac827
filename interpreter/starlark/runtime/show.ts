import { isInt } from './number.ts';
import { quote } from './text.ts';
import type { StarlarkObject, Value } from './value.ts';

/** The value as `repr` shows it. */
export function repr(x: Value, above: readonly StarlarkObject[] = []): string {
  if (typeof x === 'string') return quote(x);
  if (isInt(x)) return String(x);
  if (x === null) return 'None';
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  return x.show(above);
}

/** The value as `print`, `%s` and `{}` show it: a string bare on the outside. */
export function display(x: Value): string {
  return typeof x === 'string' ? x : repr(x);
}
