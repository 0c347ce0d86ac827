import { builtins } from '../builtins/all.ts';
import type { Builtin } from '../schema/builtin.ts';
import { typeOfTypescript } from './foreign-types.ts';
import { type Type, UNKNOWN } from './type.ts';

const BY_NAME: ReadonlyMap<string, Builtin> = new Map(builtins.map((builtin) => [builtin.name, builtin]));

export function builtinNamed(name: string): Builtin | undefined {
  return BY_NAME.get(name);
}

/** What a builtin answers. */
export function returnsOf(name: string): Type {
  const builtin = BY_NAME.get(name);
  return builtin === undefined ? UNKNOWN : typeOfTypescript(builtin.returns);
}
