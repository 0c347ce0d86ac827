import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import type { Type } from './type.ts';

/** The types of variables at one moment. */
export type Environment = Map<Binding, Type>;
