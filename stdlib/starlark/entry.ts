import { anything, aString, named, positional } from '../../interpreter/starlark/runtime/arguments.ts';
import type { Bridge, LibraryLayout } from '../../interpreter/starlark/runtime/bridge.ts';
import { Dict } from '../../interpreter/starlark/runtime/dict.ts';
import { Builtin, type BuiltinCode } from '../../interpreter/starlark/runtime/function.ts';
import { type Runtime, type StarlarkApi, startStarlark } from '../../interpreter/starlark/runtime/start.ts';
import { Module, Struct } from '../../interpreter/starlark/runtime/struct.ts';
import { quote } from '../../interpreter/starlark/runtime/text.ts';
import { StarlarkError, StarlarkObject, typeOf, type Value } from '../../interpreter/starlark/runtime/value.ts';
import { Environ } from './environ.ts';
import { HIDDEN_NAMESPACE } from './names.ts';
import { mannersOfTags } from './tags.ts';

/**
 * The part of the library that lives in the sandbox beside Starlark's run-time: what scripts in JavaScript get of prelude.ts. The
 * sandbox starts with it, see starlark-realm.ts.
 */
export function start(bridge: Bridge, layout: LibraryLayout): StarlarkApi {
  return startStarlark(bridge, layout, (runtime) => {
    const { predeclared, border } = runtime;
    for (const [tag, manner] of mannersOfTags()) border.defineTag(tag, manner);
    // The language has a print of its own.
    predeclared.delete('print');
    for (const [name, code] of Object.entries(functionsOf(runtime))) {
      predeclared.set(name.slice(1), new Builtin(name.slice(1), code));
    }
    const environ = (predeclared.get(HIDDEN_NAMESPACE) as Module).members;
    predeclared.delete(HIDDEN_NAMESPACE);
    const [get = null, set = null, unset = null, keys = null] = ['get', 'set', 'unset', 'keys'].map((name) =>
      environ.get(name),
    );
    (predeclared.get('os') as Module).members.set('environ', new Environ({ get, set, unset, keys }));
  });
}

function functionsOf({ loading }: Runtime): Readonly<Record<`$${string}`, BuiltinCode>> {
  return {
    $struct(args, keywords) {
      if (args.length > 0) throw new StarlarkError('struct: unexpected positional arguments');
      return new Struct(keywords);
    },
    $module(args, keywords) {
      const [name = ''] = positional('module', args, [], 1, aString);
      return new Module(keywords, `<module ${quote(name)}>`, 'unhashable: module');
    },
    $include(args, keywords) {
      const [path = ''] = named('include', args, keywords, ['path', aString]);
      loading.load(path);
      return null;
    },
    $load_dynamic(args, keywords) {
      const [path = null] = named('load_dynamic', args, keywords, ['path', anything]);
      const dict = new Dict();
      for (const [name, value] of loading.load(pathOf(path))) dict.store(name, value);
      dict.freeze();
      return dict;
    },
  };
}

function pathOf(path: Value): string {
  if (typeof path === 'string') return path;
  if (path instanceof StarlarkObject && path.type === 'blob') return path.show([]);
  const problem = `Value should be convertible to string, but is type ${typeOf(path)}`;
  throw new StarlarkError(`load_dynamic: for parameter path: ${problem}`);
}
