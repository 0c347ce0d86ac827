import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { typeName } from '../schema/kind.ts';
import { required } from '../schema/parameter.ts';
import { anyValue, asText, string } from '../schema/scalar-types.ts';

// What `os.environ` is made of in the sandbox; the prelude takes these names away from scripts.

const key = required(string, 'The name of the variable.');

const environGet = builtin({
  name: '__environ.get',
  doc: '',
  parameters: { key },
  returns: 'string | undefined',
  run: (args, call) => call.broker.environment.get(args.key),
});

const environSet = builtin({
  name: '__environ.set',
  doc: '',
  parameters: { key, value: required(anyValue('unknown'), '') },
  returns: 'void',
  run(args, call) {
    const value = asText(args.value);
    if (value === undefined) throw new Refusal(`putenv() value must be a string, not ${typeName(args.value)}`);
    call.broker.environment.set(args.key, value);
    return undefined;
  },
});

const environUnset = builtin({
  name: '__environ.unset',
  doc: '',
  parameters: { key },
  returns: 'void',
  run(args, call) {
    call.broker.environment.unset(args.key);
    return undefined;
  },
});

const environKeys = builtin({
  name: '__environ.keys',
  doc: '',
  parameters: {},
  returns: 'string[]',
  run: (_args, call) => call.broker.environment.entries().map(([name]) => name),
});

/** Not for scripts and not in the reference. */
export const environBuiltins = [environGet, environSet, environUnset, environKeys];
