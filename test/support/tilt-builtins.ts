import type { ScriptValue } from '../../interpreter/value.ts';
import { createTiltLibrary } from '../../stdlib/library.ts';
import { type FakeCallOptions, fakeCall } from './fake-call.ts';

/** Calls a builtin of a new library; answers what it answers. */
export function callBuiltin(name: string, args: readonly ScriptValue[], options: FakeCallOptions = {}): ScriptValue {
  return library(options)(name, ...args);
}

/** A library whose builtins can be called one after the other. `args` are the words after `--`, `names` those before. */
export function library(
  options: FakeCallOptions & { readonly args?: readonly string[]; readonly names?: readonly string[] } = {},
): (name: string, ...args: readonly ScriptValue[]) => ScriptValue {
  const { library: made } = createTiltLibrary({
    mainFile: options.file ?? '/project/Tiltfile.js',
    args: options.args ?? [],
    subcommand: 'up',
    cwd: '/project',
    enabledNames: options.names ?? [],
    kubeEnvironment: { kubeconfig: undefined, home: '/nowhere' },
  });
  return (name, ...args) => {
    const found = made.functions.get(name);
    if (found === undefined) throw new Error(`there is no builtin "${name}"`);
    return found(fakeCall(name, args, options));
  };
}
