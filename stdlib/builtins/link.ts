import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { urlText } from '../schema/go-url.ts';
import { addressOf } from '../schema/link-types.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';

export const link = builtin({
  name: 'link',
  doc: 'Makes a link to show with a resource. An address without a scheme gets `http`.',
  parameters: {
    url: required(string, 'Where it leads.'),
    name: withDefault(string, '', 'What to show instead of the address.'),
  },
  returns: 'Link',
  example: "local_resource('docs', 'make docs', { links: link('localhost:8000/docs', 'the docs') });",
  // `given` keeps the address as it was written: taking `url` apart again need not come to the same parts.
  run: ({ url, name }) => new Tagged('Link', { url: urlText(addressOf(url)), name, given: url }),
});
