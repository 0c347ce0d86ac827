import { anything, aString, named, positional } from '../../interpreter/starlark/runtime/arguments.ts';
import type { Bridge, LibraryLayout } from '../../interpreter/starlark/runtime/bridge.ts';
import { Dict } from '../../interpreter/starlark/runtime/dict.ts';
import { Builtin, type BuiltinCode, call, StarlarkFunction } from '../../interpreter/starlark/runtime/function.ts';
import type { HostValue, TagManner } from '../../interpreter/starlark/runtime/host-value.ts';
import { type Runtime, type StarlarkApi, startStarlark } from '../../interpreter/starlark/runtime/start.ts';
import { Module, Struct } from '../../interpreter/starlark/runtime/struct.ts';
import { quote } from '../../interpreter/starlark/runtime/text.ts';
import { StarlarkError, StarlarkObject, typeOf, type Value } from '../../interpreter/starlark/runtime/value.ts';
import { Environ } from './environ.ts';
import { mannerOf } from './tags.ts';

/**
 * The part of the library that lives in the sandbox beside Starlark's run-time: what scripts in JavaScript get of prelude.ts. The
 * sandbox starts with it, see starlark-realm.ts.
 */
export function start(bridge: Bridge, layout: LibraryLayout): StarlarkApi {
  return startStarlark(bridge, layout, (runtime) => {
    const { predeclared, border } = runtime;
    const environ = membersOf(predeclared.get('__environ'));
    const repository = membersOf(predeclared.get('__git_repo'));
    // What the preludes are made of is not for scripts.
    for (const name of [...predeclared.keys()]) if (name.startsWith('__')) predeclared.delete(name);
    border.defineTags((tag) => (tag === 'git.Repo' ? repositoryManner(tag, repository) : mannerOf(tag)));
    // The language has a print of its own.
    predeclared.delete('print');
    for (const [name, code] of Object.entries(functionsOf(runtime))) {
      predeclared.set(name.slice(1), new Builtin(name.slice(1), code));
    }
    const [get = null, set = null, unset = null, keys = null] = ['get', 'set', 'unset', 'keys'].map((name) =>
      environ.get(name),
    );
    (predeclared.get('os') as Module).members.set('environ', new Environ({ get, set, unset, keys }));
  });
}

function membersOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value instanceof Module ? value.members : new Map();
}

/** `repo.paths(path)` */
function repositoryManner(tag: string, builtins: ReadonlyMap<string, Value>): TagManner {
  const paths = (self: HostValue): BuiltinCode => {
    const code: Readonly<Record<'$paths', BuiltinCode>> = {
      $paths(args, keywords) {
        const [path = ''] = named('paths', args, keywords, ['paths', aString]);
        return call(builtins.get('paths') ?? null, [self.fields.get('folder') ?? '', path]);
      },
    };
    return code.$paths;
  };
  return { ...mannerOf(tag), method: (self) => new Builtin('paths', paths(self)) };
}

function functionsOf({ loading, predeclared }: Runtime): Readonly<Record<`$${string}`, BuiltinCode>> {
  const hostNamer = predeclared.get('workload_to_resource_function') ?? null;
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
    $workload_to_resource_function(args, keywords) {
      checkNamer(args[0] ?? keywords[0]?.[1]);
      return call(hostNamer, args, keywords);
    },
  };
}

/** Tilt counts all parameters, whether they must be given or not. */
function checkNamer(namer: Value | undefined, name = 'workload_to_resource_function'): void {
  if (!(namer instanceof StarlarkFunction)) return;
  const { names, star, starStar } = namer.signature;
  const count = names.length + (star === undefined ? 0 : 1) + (starStar === undefined ? 0 : 1);
  if (count === 1) return;
  throw new StarlarkError(`${name} arg must take 1 argument. ${namer.name} takes ${count}`);
}

function pathOf(path: Value): string {
  if (typeof path === 'string') return path;
  if (path instanceof StarlarkObject && path.type === 'blob') return path.show([]);
  const problem = `Value should be convertible to string, but is type ${typeOf(path)}`;
  throw new StarlarkError(`load_dynamic: for parameter path: ${problem}`);
}
