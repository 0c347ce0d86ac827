import type { Builtin } from '../schema/builtin.ts';
import { link } from './link.ts';
import { localResource, test } from './local-resource.ts';

/** Every function that scripts can call, in the order of the reference. */
export const builtins: readonly Builtin[] = [localResource, test, link];
