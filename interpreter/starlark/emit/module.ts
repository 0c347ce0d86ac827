import type { File } from '../syntax/ast.ts';
import type { FileScope } from '../syntax/binding.ts';
import { type Place, Places } from '../syntax/position.ts';
import type { LinePlace } from './output.ts';
import { StatementWriter } from './statements.ts';

/** The code made of a file. */
export interface EmittedModule {
  readonly code: string;
  /** Names of the values that the code answers. */
  readonly globals: readonly string[];
  /** The place that a line of the code stands for, counted from 1; nothing for lines that are no place. */
  locate(line: number): (Place & { readonly functionName: string }) | undefined;
}

/**
 * What emitted code looks like, and what it asks of the run-time (runtime/operations.ts) beyond the words there.
 *
 *     (function($,$m){'use strict';
 *     var $add=$.add,$call1=$.call1,…;          // each operation that is used, once: operations must not use `this`
 *     var $0=$m.get("local_resource"),…;        // each predeclared or universal name that is used, once
 *     var $1=$.float(1.5),…;                    // floats, bytes, signatures, names of keywords: once per file
 *     …the top level…
 *     return[first,second]})
 *
 * - **Places.** Every call of an operation that can fail begins a line of the emitted text and is the only one that does, so a frame's
 *   line is enough to find the Starlark place; the column is ignored. `locate` answers nothing for lines without such a call (where a
 *   comprehension's function is called): leave such frames out. It also answers the name of the Starlark function of the line (a `def`'s
 *   name, `lambda`, `<toplevel>`), so the names of JavaScript functions in stacks mean nothing: they may be empty or `<anonymous>`.
 * - **Calls of methods.** `x.name(a)` is `invoke1(method(x, "name"), x, a)`. `method` fails like `attribute` does, before the arguments
 *   are evaluated, but need not bind the method to `x`: it may answer anything, for nobody but `invoke0`, `invoke1`, `invoke2`, `invoke3`,
 *   `invoke`, `invokeKeywords` and `invokeSpread` gets it. They take the same arguments as `call0`, `call1`, …, `callSpread`, with `x`
 *   after the first. (What is no method of a built-in type, a field of a struct, say, is called without `x`.)
 * - **Iteration.** Elements come in arrays, so that a loop over a list calls nothing for an element:
 *
 *       $s=$iterate(x);$a=$s.items;$n=$a.length;
 *       try{for($i=0;$i<$n||($i=0,$a=$s.more(),($n=$a.length)>0);$i++){name=$a[$i];…}}finally{$s.done()}
 *
 *   `items` are the first elements: for a list or tuple its own array, which nothing changes before `done`; for a dict its keys; for a range
 *   as many as are worth making at once. `more()` answers those that follow, an empty array at the end. Neither is changed here.
 * - **Unassigned variables** are `undefined`. Where that can be, a read is `(x!==void 0?x:$local(x,"x"))`, or `$global`.
 * - **`True`, `False`, `None`** are emitted as literals where they are the universal ones, and not looked up. A call of any other universal
 *   or predeclared name is an ordinary call of its value.
 * - **Truth.** `truth` is left out around operations whose type is `boolean` here.
 * - **Displays.** A dict whose keys are different literal strings or ints is `dict([k,v,…])`; any other is built by `insert`, entry by entry. A
 *   comprehension makes a JavaScript array and gives it to `list` at its end, or fills `dict([])` by `put`.
 * - **`signature.line` and `column`** are the place that Tilt shows for a call whose arguments do not fit: that of the first thing in the body.
 */
export function emitModule(file: File, scope: FileScope): EmittedModule {
  return new ModuleWriter(file, scope).module();
}

class ModuleWriter extends StatementWriter {
  readonly #file: File;
  readonly #scope: FileScope;
  readonly #places: Places;

  constructor(file: File, scope: FileScope) {
    super(scope);
    this.#file = file;
    this.#scope = scope;
    this.#places = new Places(file.text);
  }

  protected override place(offset: number): Place {
    return this.#places.of(offset);
  }

  module(): EmittedModule {
    this.out.write("(function($,$m){'use strict';");
    const declarations = this.out.gap();
    this.statements(this.#file.statements);
    const globals = this.#scope.globals.map((binding) => this.names.of(binding));
    this.out.write(`return[${globals.join(',')}]})`);
    const locals = this.#scope.locals.map((binding) => this.names.of(binding));
    const variables = this.frame.declarations([...globals, ...locals]);
    this.out.fill(declarations, `${this.constants.declarations()}${variables}`);
    const { text, places } = this.out.finish();
    return {
      code: text,
      globals: this.#scope.globals.map(({ name }) => name),
      locate: (line) => this.#locate(places[line - 1]),
    };
  }

  #locate(place: LinePlace | undefined): (Place & { readonly functionName: string }) | undefined {
    return place && { ...this.#places.of(place.offset), functionName: place.functionName };
  }
}
