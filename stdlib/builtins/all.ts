import type { Builtin } from '../schema/builtin.ts';
import { v1alpha1Builtins } from '../v1alpha1/builtins.ts';
import { dcResource } from './dc-resource.ts';
import { dockerCompose } from './docker-compose.ts';
import { generalBuiltins } from './general.ts';
import { kubernetesBuiltins } from './kubernetes.ts';

/** Every function that scripts can call, in the order of the reference. */
export const builtins: readonly Builtin[] = [
  ...generalBuiltins,
  ...kubernetesBuiltins,
  dockerCompose,
  dcResource,
  ...v1alpha1Builtins,
];
