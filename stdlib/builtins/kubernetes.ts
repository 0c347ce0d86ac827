import type { Builtin } from '../schema/builtin.ts';

/** What images and clusters need, in the order of the reference. */
export const kubernetesBuiltins: readonly Builtin[] = [];
