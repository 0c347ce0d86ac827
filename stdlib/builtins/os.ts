import { builtin } from '../schema/builtin.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { anyValue, text } from '../schema/scalar-types.ts';

export const getcwd = builtin({
  name: 'os.getcwd',
  doc: 'Answers the folder of the Tiltfile that runs, against which paths are resolved.',
  parameters: {},
  returns: 'string',
  example: "print('this Tiltfile is in', os.path.basename(os.getcwd()));",
  run: (_args, call) => executingFolder(call),
});

export const getenv = builtin({
  name: 'os.getenv',
  doc: 'Answers an environment variable.',
  parameters: {
    key: required(text, 'Its name.'),
    default: withDefault(anyValue('unknown'), null, 'What to answer when it is not set.'),
  },
  returns: 'string | null',
  signature:
    'function getenv(key: string | Blob): string | null;\nfunction getenv<T>(key: string | Blob, default_: T): string | T;\nfunction getenv<T = null>(options: { key: string | Blob; default?: T }): string | T;',
  example: "const registry = os.getenv('REGISTRY', 'localhost:5000');",
  run: ({ key, default: fallback }, call) => call.broker.environment.get(key) ?? fallback,
});

export const putenv = builtin({
  name: 'os.putenv',
  doc: 'Sets an environment variable, for this Tiltfile and the commands that it runs.',
  parameters: { key: required(text, 'Its name.'), value: required(text, 'Its value.') },
  returns: 'void',
  example: "os.putenv('DOCKER_BUILDKIT', '1');",
  run({ key, value }, call) {
    call.broker.environment.set(key, value);
    return undefined;
  },
});

export const unsetenv = builtin({
  name: 'os.unsetenv',
  doc: 'Removes an environment variable.',
  parameters: { key: required(text, 'Its name.') },
  returns: 'void',
  example: "os.unsetenv('AWS_PROFILE');",
  run({ key }, call) {
    call.broker.environment.unset(key);
    return undefined;
  },
});
