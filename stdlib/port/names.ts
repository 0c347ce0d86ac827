import { HELPER_NAMES, type HelperName } from '../../interpreter/starlark/helper-names.ts';
import type { File, Identifier, Node } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch ' +
    'this throw true try typeof undefined var void while with yield NaN Infinity'
  ).split(' '),
);

/** Whether JavaScript has a use of its own for a word. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word) || OWN_OBJECTS.has(word);
}

/** Objects of JavaScript that ported code uses. */
const OWN_OBJECTS = new Set(['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String']);

/** How the names of a file are called in JavaScript. */
export class Names {
  readonly #names = new Map<Binding, string>();
  /** All names that the file gives to something. */
  readonly #taken = new Set<string>();
  readonly #outside = new Set<string>();
  readonly #helpers = new Map<HelperName, string>();
  /** The names that had to change. */
  readonly #renamed = new Map<Binding, string>();

  constructor(file: File) {
    const bindings = new Set<Binding>();
    const visit = (node: Node | File): void => {
      if (node.kind === 'identifier' && node.binding) {
        if (node.binding.scope === 'predeclared' || node.binding.scope === 'universal') this.#outside.add(node.name);
        else if (!bindings.has(node.binding)) bindings.add(node.binding);
      }
      for (const child of childrenOf(node)) visit(child);
    };
    visit(file);
    for (const { name } of bindings) this.#taken.add(name);
    for (const binding of bindings) this.#names.set(binding, this.#nameFor(binding));
  }

  #nameFor(binding: Binding): string {
    const { name, owner } = binding;
    const shadows = owner === undefined && !binding.inComprehension && this.#outside.has(name) && !HELPERS.has(name);
    if (!RESERVED.has(name) && !OWN_OBJECTS.has(name) && !shadows) return name;
    const free = this.free(`${name}_`);
    this.#renamed.set(binding, free);
    return free;
  }

  /** Where each name that had to change is seen first, and what it is now. */
  firstRenamed(file: File): Map<Identifier, string> {
    const left = new Map(this.#renamed);
    const found = new Map<Identifier, string>();
    const visit = (node: Node | File): void => {
      if (left.size === 0) return;
      const name = node.kind === 'identifier' && node.binding ? left.get(node.binding) : undefined;
      if (name !== undefined && node.kind === 'identifier' && node.binding) {
        left.delete(node.binding);
        found.set(node, name);
      }
      for (const child of childrenOf(node)) visit(child);
    };
    visit(file);
    return found;
  }

  /** A name that nothing else has. */
  free(wish: string): string {
    let name = wish;
    for (let n = 2; this.#taken.has(name) || this.#outside.has(name) || RESERVED.has(name); n++) name = `${wish}${n}`;
    this.#taken.add(name);
    return name;
  }

  of(binding: Binding): string {
    return this.#names.get(binding) ?? binding.name;
  }

  /** The name by which a function of "tilt" is used; from then on it is imported. */
  helper(name: HelperName): string {
    const known = this.#helpers.get(name);
    if (known !== undefined) return known;
    const own = this.#taken.has(name) ? this.free(`${name}_`) : name;
    this.#helpers.set(name, own);
    return own;
  }

  /** The import that the file needs; nothing if it needs none. */
  importLine(): string | undefined {
    if (this.#helpers.size === 0) return undefined;
    const words = [...this.#helpers].sort().map(([name, own]) => (own === name ? name : `${name} as ${own}`));
    return `import { ${words.join(', ')} } from 'tilt';`;
  }
}

const HELPERS: ReadonlySet<string> = new Set(HELPER_NAMES);
