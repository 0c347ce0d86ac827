import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';

/** A text that is not a path: where a builtin takes both, this is how it tells them apart. `source` is for messages. */
export function makeBlob(text: string, source = ''): Tagged {
  return new Tagged('Blob', { text, source });
}

/** Where a Blob comes from, in words. */
export function blobSource({ fields }: Tagged): string {
  return String(fields.source || 'a Blob');
}

export const blob = builtin({
  name: 'blob',
  doc: 'Makes a Blob of a text, for builtins that would take a string for a path: `k8s_yaml(blob(text))`.',
  parameters: { input: required(string, 'The text.') },
  returns: 'Blob',
  example:
    "k8s_yaml(\n  blob(`\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${os.getenv('USER', 'shop')}\n`),\n);",
  run: ({ input }) => makeBlob(input, 'Tiltfile blob() call'),
});
