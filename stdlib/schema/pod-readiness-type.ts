import { Refusal } from '../../interpreter/builtin.ts';
import type { PodReadiness } from '../model/kubernetes.ts';
import { typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { asText } from './scalar-types.ts';

/** When something counts as running; an empty text is as if it were not given. */
export const podReadiness: ParameterType<PodReadiness | undefined> = {
  typescript: "'wait' | 'ignore' | 'succeeded' | ''",
  takesObject: false,
  read(value) {
    const mode = asText(value);
    if (mode === undefined) throw new Refusal(`Must be a string. Got: ${typeName(value)}`);
    if (mode === '') return undefined;
    if (mode === 'wait' || mode === 'ignore' || mode === 'succeeded') return mode;
    // Tilt's list, and what it forgets.
    throw new Refusal(`Invalid value. Allowed: {ignore, wait}. Got: ${mode}. For what ends by itself also: succeeded`);
  },
};
