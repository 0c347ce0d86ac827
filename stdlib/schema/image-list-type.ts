import { Refusal } from '../../interpreter/builtin.ts';
import { fullReference, parseImageReference } from '../model/image-reference.ts';
import { typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { asText } from './scalar-types.ts';
import { quote, show } from './show.ts';

/** A list of image references, in their full form; `null` is an empty one. */
export const imageList: ParameterType<readonly string[]> = {
  typescript: 'readonly (string | Blob)[] | null',
  takesObject: false,
  read(value) {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) {
      throw new Refusal(`value should be a List or Tuple of strings, but is of type ${typeName(value)}`);
    }
    return value.map((member) => {
      const text = asText(member);
      if (text === undefined) {
        const given = `element ${quote(show(member))} was of type ${typeName(member)}`;
        throw new Refusal(`value should contain only strings, but ${given}`);
      }
      const parsed = parseImageReference(text);
      if (!parsed.ok) throw new Refusal(`must be a valid image reference: ${parsed.message}`);
      return fullReference(parsed.value);
    });
  },
};
