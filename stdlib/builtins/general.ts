import type { Builtin } from '../schema/builtin.ts';
import { link } from './link.ts';
import { localResource, test } from './local-resource.ts';

/** What every Tiltfile needs, whatever it runs on, in the order of the reference. */
export const generalBuiltins: readonly Builtin[] = [localResource, test, link];
