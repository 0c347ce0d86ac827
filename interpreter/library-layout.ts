import type { BuiltinFunction, Library } from './builtin.ts';
import type { Codec } from './codec.ts';

export interface Layout {
  /** For the sandbox, as JSON: where each function and constant goes. */
  readonly text: string;
  /** By the index under which the sandbox calls them. */
  readonly builtins: readonly { readonly name: string; readonly run: BuiltinFunction }[];
}

/** Says where the members of a library go in the sandbox: `os.path.join` is `join` in the object `path` of the object `os`. */
export function layOut(library: Library, codec: Codec, mainFile: string): Layout {
  const split = (dotted: string) => {
    const path = dotted.split('.');
    return { path: path.slice(0, -1), name: path.at(-1) ?? '' };
  };
  const builtins = [...library.functions].map(([name, run]) => ({ name, run }));
  const constants = [...library.constants].map(([name, value]) => ({
    ...split(name),
    value: codec.toWire(value).value,
  }));
  const functions = builtins.map(({ name }) => split(name));
  return { text: JSON.stringify({ mainFile, functions, constants }), builtins };
}
