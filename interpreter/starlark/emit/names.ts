import type { Binding, FileScope } from '../syntax/binding.ts';

/** Words that cannot be a variable's name in a strict script. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch ' +
    'this throw true try typeof var void while with yield'
  ).split(' '),
);

/**
 * Names of Starlark's variables in JavaScript: their own where that is possible. Names with `$`, which no Starlark name has, are the
 * emitter's.
 */
export class VariableNames {
  readonly #names = new Map<Binding, string>();
  readonly #globals: ReadonlySet<string>;
  #count = 0;

  constructor(scope: FileScope) {
    this.#globals = new Set(scope.globals.map(({ name }) => name));
  }

  of(binding: Binding): string {
    const known = this.#names.get(binding);
    if (known !== undefined) return known;
    const name = this.#make(binding);
    this.#names.set(binding, name);
    return name;
  }

  #make(binding: Binding): string {
    const name = ascii(binding.name);
    // A `load` may take a name that a global variable had before, and variables of comprehensions live beside those of the function.
    const isSecond = binding.scope === 'local' && binding.owner === undefined && this.#globals.has(binding.name);
    if (binding.inComprehension || isSecond) return `${name}$${this.#count++}`;
    return RESERVED.has(name) ? `${name}$` : name;
  }
}

/** QuickJS knows other letters than Starlark. */
function ascii(name: string): string {
  if (/^\w+$/.test(name)) return name;
  return name.replace(/\W/gu, (char) => `$${(char.codePointAt(0) ?? 0).toString(16)}$`);
}
