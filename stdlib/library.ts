import { fileURLToPath } from 'node:url';
import type { Broker } from '../interpreter/broker.ts';
import type { BuiltinFunction, Library, StarlarkLibrary } from '../interpreter/builtin.ts';
import { HELPER_NAMES } from '../interpreter/starlark/helper-names.ts';
import type { ScriptValue } from '../interpreter/value.ts';
import { finishTiltfile } from './assembly/finish.ts';
import { builtins } from './builtins/all.ts';
import { hiddenBuiltins } from './builtins/general.ts';
import { constants } from './constants.ts';
import { emptyDeclarations, type LoadedTiltfile } from './declarations.ts';
import { DENO_SOURCE } from './deno/deno-source.ts';
import { isExtension } from './extensions/extension-name.ts';
import { locateImport } from './extensions/extensions.ts';
import { refuseInProduction } from './kubernetes/session-context.ts';
import { preludeSource } from './prelude.ts';
import { bind } from './schema/bind.ts';
import type { LibraryOptions, Session } from './session.ts';
import { JAVASCRIPT_ONLY_NAMES, STARLARK_ONLY_NAMES } from './starlark/names.ts';

export interface TiltLibrary {
  readonly library: Library;
  /** Assembles what the script declared. Throws `Refusal` where the whole does not fit together. */
  finish(broker: Broker): LoadedTiltfile;
}

export function createTiltLibrary(options: LibraryOptions): TiltLibrary {
  const session: Session = {
    options,
    declarations: emptyDeclarations(),
    resourceNames: new Set(),
    loading: new Set([options.mainFile]),
    checkContext: (call) => refuseInProduction(call, session),
  };
  const functions = new Map<string, BuiltinFunction>();
  for (const builtin of [...builtins, ...hiddenBuiltins]) functions.set(builtin.name, bind(builtin, session));
  const values = new Map<string, ScriptValue>();
  for (const constant of constants) values.set(constant.name, constant.value(options));
  return {
    library: {
      functions,
      constants: values,
      moduleName: 'tilt',
      prelude: preludeSource,
      starlark: starlark(functions, values),
      locateModule: (specifier, site) => (isExtension(specifier) ? locateImport(specifier, session, site) : undefined),
      lazySources: new Map([['deno', DENO_SOURCE]]),
    },
    finish: (broker) => finishTiltfile(session, broker),
  };
}

/** What Starlark files see: its part of the library lies beside the bundle, or is one of the sources. */
function starlark(
  functions: ReadonlyMap<string, BuiltinFunction>,
  constants: ReadonlyMap<string, ScriptValue>,
): StarlarkLibrary {
  const names = new Set([...functions.keys(), ...constants.keys()].map((name) => name.split('.')[0] as string));
  for (const name of names) if (name.startsWith('__')) names.delete(name);
  for (const name of JAVASCRIPT_ONLY_NAMES) names.delete(name);
  for (const name of STARLARK_ONLY_NAMES) names.add(name);
  const entry = import.meta.url.endsWith('.ts') ? './starlark/entry.ts' : './starlark.js';
  return { entry: fileURLToPath(new URL(entry, import.meta.url)), names, helpers: HELPER_NAMES };
}
