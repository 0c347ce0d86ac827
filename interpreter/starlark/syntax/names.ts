import { nearest } from '../runtime/spell.ts';
import type { Identifier } from './ast.ts';
import type { Binding, FileScope, FunctionScope } from './binding.ts';

/** The names that a file finds without defining them. */
export interface KnownNames {
  readonly predeclared: ReadonlySet<string>;
  readonly universal: ReadonlySet<string>;
}

/** A part of the text with names of its own: the file, a function, or a comprehension. */
export interface Block {
  readonly parent: Block | undefined;
  readonly func: FunctionScope | undefined;
  /** Also what names of outer blocks turned out to be, so that each is looked up, and each mistake reported, once a block. */
  readonly bindings: Map<string, Binding>;
  readonly children: Block[];
  /** Names read or written in a function or the file, that are looked up at its end. */
  uses: Use[];
}

interface Use {
  readonly id: Identifier;
  readonly block: Block;
}

/** The variables of a file while it is walked through, from its beginning to its end. */
export class Names {
  readonly #known: KnownNames;
  readonly #report: (offset: number, message: string) => void;
  /** Its bindings are those of `load`; global ones stand in `#globals`. */
  readonly #file: Block = { parent: undefined, func: undefined, bindings: new Map(), children: [], uses: [] };
  readonly #fileLocals: Binding[] = [];
  readonly #globals = new Map<string, Binding>();
  readonly #outside = new Map<string, Binding>();
  #block = this.#file;

  constructor(known: KnownNames, report: (offset: number, message: string) => void) {
    this.#known = known;
    this.#report = report;
  }

  /** The function that is walked through, if it is one. */
  get func(): FunctionScope | undefined {
    return this.#container().func;
  }

  /** Settles all that is left, at the end of the file. */
  finish(): FileScope {
    this.#resolveLocalUses(this.#file);
    this.#resolveOtherUses(this.#file);
    return { globals: [...this.#globals.values()], locals: this.#fileLocals };
  }

  enter(func: FunctionScope | undefined): Block {
    const block: Block = { parent: this.#block, func, bindings: new Map(), children: [], uses: [] };
    this.#block.children.push(block);
    this.#block = block;
    return block;
  }

  leave(): void {
    if (this.#block.func) this.#resolveLocalUses(this.#block);
    this.#block = this.#block.parent ?? this.#file;
  }

  /** The function, or the file, to which the current block belongs. */
  #container(): Block {
    let block = this.#block;
    while (!block.func && block.parent) block = block.parent;
    return block;
  }

  /** Makes a variable of the current block, if it has none of that name. True if it has. */
  bind(id: Identifier): boolean {
    if (this.#block !== this.#file) return this.bindLocal(id);
    const known = this.#file.bindings.get(id.name) ?? this.#globals.get(id.name);
    id.binding = known ?? { name: id.name, scope: 'global', owner: undefined, inComprehension: false };
    if (!known) this.#globals.set(id.name, id.binding);
    return known !== undefined;
  }

  bindLocal(id: Identifier): boolean {
    const isKnown = this.#block.bindings.has(id.name);
    if (!isKnown) {
      const owner = this.#container().func;
      const inComprehension = this.#block !== this.#file && !this.#block.func;
      const binding: Binding = { name: id.name, scope: 'local', owner, inComprehension };
      this.#block.bindings.set(id.name, binding);
      (owner?.locals ?? this.#fileLocals).push(binding);
    }
    this.use(id);
    return isKnown;
  }

  use(id: Identifier): void {
    const use = { id, block: this.#block };
    if (this.#block === this.#file) id.binding = this.#lookUpInFile(use);
    else this.#container().uses.push(use);
  }

  /** Settles the names that are variables of the function itself; only the others stay. */
  #resolveLocalUses(block: Block): void {
    block.uses = block.uses.filter((use) => {
      const binding = localOf(use);
      if (binding) use.id.binding = binding;
      return !binding;
    });
  }

  /** Settles the names that stand for something outside of their function, when all of the file is known. */
  #resolveOtherUses(block: Block): void {
    for (const child of block.children) this.#resolveOtherUses(child);
    for (const use of block.uses) use.id.binding = this.#lookUp(use, use.block);
  }

  #lookUp(use: Use, block: Block): Binding {
    if (!block.parent) return this.#lookUpInFile(use);
    const known = block.bindings.get(use.id.name);
    if (known) return known;
    const binding = this.#lookUp(use, block.parent);
    if (block.func && binding.scope === 'local') block.func.captured.add(binding);
    block.bindings.set(use.id.name, binding);
    return binding;
  }

  #lookUpInFile(use: Use): Binding {
    const { name } = use.id;
    const known = this.#file.bindings.get(name) ?? this.#globals.get(name) ?? this.#outside.get(name);
    if (known) return known;
    const scope = this.#known.predeclared.has(name)
      ? 'predeclared'
      : this.#known.universal.has(name)
        ? 'universal'
        : 'undefined';
    const binding: Binding = { name, scope, owner: undefined, inComprehension: false };
    if (scope !== 'undefined') this.#outside.set(name, binding);
    else this.#report(use.id.start, `undefined: ${name}${this.#hint(use)}`);
    return binding;
  }

  #hint(use: Use): string {
    const names = [...this.#globals.keys()];
    for (let block: Block | undefined = use.block; block; block = block.parent) names.push(...block.bindings.keys());
    const near = nearest(use.id.name, names.sort());
    return near === undefined ? '' : ` (did you mean ${near}?)`;
  }
}

/** The variable of the use's own function that it stands for. */
function localOf({ id, block }: Use): Binding | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const binding = at.bindings.get(id.name);
    if (binding) return binding.scope === 'local' ? binding : undefined;
    if (at.func) break;
  }
  return undefined;
}
