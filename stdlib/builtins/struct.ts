import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { anyValue } from '../schema/scalar-types.ts';

/** Declared for the reference. Its values must keep their identity, so it lives in the sandbox: the prelude puts it there. */
export const struct = builtin({
  name: 'struct',
  doc: 'Makes an object whose fields cannot be replaced.',
  parameters: { fields: required(anyValue('object'), 'The fields.') },
  returns: 'object',
  signature: 'function struct<T extends object>(fields: T): Readonly<T>;',
  example: "const defaults = struct({ registry: 'localhost:5000', labels: ['backend'] });",
  run() {
    throw new Refusal('struct lives in the sandbox');
  },
});
