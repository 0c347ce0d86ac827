import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { anyOptional, anyValue, string } from '../schema/scalar-types.ts';
import { display, show } from '../schema/show.ts';

export const print = builtin({
  name: 'print',
  doc: 'Writes values to the log, with a blank between them. Lists, dicts, booleans and None look as in Python.',
  parameters: { sep: withDefault(string, ' ', 'What to put between two values.') },
  rest: { name: 'values', type: anyValue('unknown'), doc: 'What to write.' },
  returns: 'void',
  example: "print('images:', ['web', 'api'], { sep: ' ' });",
  run({ sep }, call, _session, values) {
    call.broker.print(`${values.map(display).join(sep)}\n`, 'info');
    return undefined;
  },
});

export const warn = builtin({
  name: 'warn',
  doc: 'Writes a warning to the log.',
  parameters: { msg: required(string, 'The warning.') },
  returns: 'void',
  example: "if (os.getenv('STAGE') === null) warn('STAGE is not set: this is like \"dev\"');",
  run({ msg }, call) {
    call.broker.print(`${msg}\n`, 'warn');
    return undefined;
  },
});

export const fail = builtin({
  name: 'fail',
  doc: 'Ends the Tiltfile with an error.',
  parameters: { msg: required(string, 'Why.') },
  returns: 'never',
  example: "if (!os.path.exists('certs/dev.pem')) fail('certs/dev.pem is missing: run \"make certs\" first');",
  run({ msg }) {
    throw new Refusal(msg);
  },
});

export const exit = builtin({
  name: 'exit',
  doc: 'Ends the Tiltfile here. What it declared so far counts; this is no error.',
  parameters: { code: optional(anyOptional, 'Written to the log when given.') },
  returns: 'never',
  example: "local_resource('lint', 'npm run lint');\nif (config.tilt_subcommand !== 'ci') exit('only lint, please');",
  run({ code }, call) {
    if (code !== undefined && code !== null) {
      const text = show(code);
      if (text !== '') call.broker.print(`${text}\n`, 'info');
    }
    return call.exit();
  },
});
