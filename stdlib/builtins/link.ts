import { builtin } from '../schema/builtin.ts';
import { makeLink } from '../schema/link-types.ts';
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
  run: ({ url, name }) => makeLink(url, name),
});
