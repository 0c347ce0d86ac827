import type { BuiltinFunction, Library } from '../interpreter/builtin.ts';
import type { ScriptValue } from '../interpreter/value.ts';
import { builtins } from './builtins/all.ts';
import { emptyDeclarations, type LoadedTiltfile } from './declarations.ts';
import { bind } from './schema/bind.ts';
import type { LibraryOptions, Session } from './session.ts';

export interface TiltLibrary {
  readonly library: Library;
  /** Assembles what the script declared. Throws `Refusal` where the whole does not fit together. */
  finish(): LoadedTiltfile;
}

export function createTiltLibrary(options: LibraryOptions): TiltLibrary {
  const session: Session = { options, declarations: emptyDeclarations(), resourceNames: new Set() };
  const functions = new Map<string, BuiltinFunction>();
  for (const builtin of builtins) functions.set(builtin.name, bind(builtin, session));
  const constants = new Map<string, ScriptValue>();
  return {
    library: { functions, constants, moduleName: 'tilt', prelude: '' },
    finish() {
      throw new Error('not yet');
    },
  };
}
