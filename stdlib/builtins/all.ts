import type { Builtin } from '../schema/builtin.ts';
import { generalBuiltins } from './general.ts';
import { kubernetesBuiltins } from './kubernetes.ts';

/** Every function that scripts can call, in the order of the reference. */
export const builtins: readonly Builtin[] = [...generalBuiltins, ...kubernetesBuiltins];
