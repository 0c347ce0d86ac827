import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding, FunctionScope } from '../../interpreter/starlark/syntax/binding.ts';
import type { FunctionNode, Outline, SourceFile } from './project.ts';
import {
  type DictSite,
  type FunctionSite,
  join,
  Kind,
  NEVER,
  type SequenceSite,
  type Site,
  type StructSite,
  type Type,
  UNKNOWN,
  widen,
} from './type.ts';

/** A function of the ported files. */
export interface FunctionFact {
  readonly node: FunctionNode;
  readonly name: string;
  readonly scope: FunctionScope;
  readonly file: SourceFile;
  readonly site: FunctionSite;
  /** Calls that certainly mean this function. */
  readonly calls: Set<CallExpression>;
  /** It is used as a value, so that nobody knows all of its callers. */
  escapes: boolean;
  /** Other files can call it, by position and by keywords. */
  readonly isPublic: boolean;
  returns: Type;
}

/** What a call means, where that is certain. */
export type Target =
  | { readonly kind: 'function'; readonly fact: FunctionFact }
  | { readonly kind: 'builtin' | 'universal'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly receiver: Type }
  | { readonly kind: 'value' };

/** All that is found out about a set of files; it only grows. */
export class Knowledge {
  readonly files: readonly SourceFile[];
  readonly outlines: ReadonlyMap<SourceFile, Outline>;
  readonly types = new Map<Expression, Type>();
  /** All that a variable may be, at any time. */
  readonly variables = new Map<Binding, Type>();
  readonly functions = new Map<FunctionNode, FunctionFact>();
  /** Variables that are one `def` and nothing else. */
  readonly definitions = new Map<Binding, FunctionFact>();
  /** What a name that `load` made is in the other file. */
  readonly origins = new Map<Binding, Binding>();
  readonly targets = new Map<CallExpression, Target>();
  readonly #sites = new Map<object, Site>();
  /** How often all was gone through. */
  round = 0;
  hasChanged = false;
  /** Some dict may lose keys. */
  losesKeys = false;
  /** Some list may lose items. */
  losesItems = false;

  constructor(files: readonly SourceFile[], outlines: ReadonlyMap<SourceFile, Outline>) {
    this.files = files;
    this.outlines = outlines;
  }

  /** What the value of an expression may be; what is never reached is unknown. */
  typeOf(expression: Expression): Type {
    const type = this.types.get(expression);
    return type === undefined || type.bits === 0 ? UNKNOWN : type;
  }

  record(expression: Expression, type: Type): Type {
    const before = this.types.get(expression) ?? NEVER;
    const after = this.#grown(before, type);
    if (after !== before) this.types.set(expression, after);
    return type;
  }

  #grown(before: Type, type: Type): Type {
    const after = this.round > 3 ? widen(before, type) : join(before, type);
    if (after !== before) this.hasChanged = true;
    return after;
  }

  addToVariable(binding: Binding, type: Type): void {
    const before = this.variables.get(binding) ?? NEVER;
    const after = this.#grown(before, type);
    if (after !== before) this.variables.set(binding, after);
  }

  /** The variable in the file that defines it. */
  originOf(binding: Binding): Binding {
    let at = binding;
    for (let next = this.origins.get(at); next; next = this.origins.get(at)) at = next;
    return at;
  }

  definitionOf(binding: Binding | undefined): FunctionFact | undefined {
    return binding && this.definitions.get(this.originOf(binding));
  }

  addToReturns(fact: FunctionFact, type: Type): void {
    fact.returns = this.#grown(fact.returns, type);
  }

  addToElement(site: SequenceSite, type: Type): void {
    site.element = this.#grown(site.element, type);
  }

  addToItem(site: SequenceSite, index: number, type: Type): void {
    if (!site.items) return;
    site.items[index] = this.#grown(site.items[index] ?? NEVER, type);
    this.addToElement(site, type);
  }

  addToDict(site: DictSite, key: Type, value: Type): void {
    site.key = this.#grown(site.key, key);
    site.value = this.#grown(site.value, value);
  }

  addToEntry(entries: Map<string, Type>, name: string, type: Type): void {
    entries.set(name, this.#grown(entries.get(name) ?? NEVER, type));
  }

  sequence(owner: object, kind: SequenceSite['kind'], length?: number): SequenceSite {
    return this.#site(owner, () => ({
      kind,
      element: NEVER,
      items: length === undefined ? undefined : Array.from({ length }, () => NEVER),
      isSeen: false,
      isForeign: false,
    })) as SequenceSite;
  }

  dict(owner: object): DictSite {
    return this.#site(owner, () => ({ kind: 'dict', key: NEVER, value: NEVER, entries: new Map() })) as DictSite;
  }

  struct(owner: object): StructSite {
    return this.#site(owner, () => ({ kind: 'struct', fields: new Map() })) as StructSite;
  }

  #site(owner: object, make: () => Site): Site {
    const known = this.#sites.get(owner);
    if (known) return known;
    const made = make();
    this.#sites.set(owner, made);
    return made;
  }

  /** Whether some dict of the script has keys that are no strings. */
  get hasMaps(): boolean {
    for (const site of this.#sites.values())
      if (site.kind === 'dict' && site.key.bits & ~(Kind.str | Kind.unknown | Kind.nothing)) return true;
    return false;
  }

  siteOf(owner: object): Site | undefined {
    return this.#sites.get(owner);
  }

  /** Somebody looks at a value so closely that tuples and lists differ; functions in it may be called in any way. */
  see(type: Type, seen = new Set<Site>()): void {
    for (const site of type.sites) {
      if (seen.has(site)) continue;
      seen.add(site);
      switch (site.kind) {
        case 'function': {
          const fact = this.functions.get(site.node);
          if (fact && !fact.escapes) {
            fact.escapes = true;
            this.hasChanged = true;
          }
          break;
        }
        case 'dict':
          this.see(site.key, seen);
          this.see(site.value, seen);
          break;
        case 'struct':
          for (const field of site.fields.values()) this.see(field, seen);
          break;
        default:
          if (!site.isSeen) {
            site.isSeen = true;
            this.hasChanged = true;
          }
          this.see(site.element, seen);
      }
    }
  }
}
