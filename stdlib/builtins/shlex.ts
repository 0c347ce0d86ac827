import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';

export const shlexQuote = builtin({
  name: 'shlex.quote',
  doc: 'Quotes a text so that the shell takes it for one word.',
  parameters: { name: required(string, 'The text.') },
  returns: 'string',
  example: "const title = \"it's done\";\nlocal('echo ' + shlex.quote(title));",
  run({ name }) {
    if (name === '') return "''";
    return /[^\w@%+=:,./-]/.test(name) ? `'${name.replaceAll("'", `'"'"'`)}'` : name;
  },
});
