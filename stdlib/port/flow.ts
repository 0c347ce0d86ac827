import type {
  Expression,
  ForStatement,
  IfStatement,
  LoadStatement,
  Statement,
  WhileStatement,
} from '../../interpreter/starlark/syntax/ast.ts';
import { optionalNames } from './bind-call.ts';
import type { Environment } from './environment.ts';
import { Evaluator } from './evaluate.ts';
import { TUPLE_OF_UNKNOWN } from './foreign-types.ts';
import { type FunctionFact, Knowledge } from './knowledge.ts';
import { narrow } from './narrow.ts';
import { operate } from './operate.ts';
import { bare, type FunctionNode, outlineOf, outsideName, type SourceFile, scopeOf } from './project.ts';
import { elementOf, isOnly, join, Kind, NEVER, NOTHING, type Type, UNKNOWN, UNSET, widen } from './type.ts';

const MOST_ROUNDS = 30;
const MOST_LOOPS = 8;

/** Finds out what the values of all expressions of the files may be. */
export function analyse(files: readonly SourceFile[]): Knowledge {
  const known = new Knowledge(files, new Map(files.map((file) => [file, outlineOf(file.file)])));
  for (const file of files) collectFunctions(known, file);
  for (const file of files) collectOrigins(known, file);
  do {
    known.hasChanged = false;
    for (const file of files) new Flow(known).file(file);
    for (const fact of known.functions.values()) new Flow(known).function(fact);
    known.round += 1;
  } while (known.hasChanged && known.round < MOST_ROUNDS);
  return known;
}

function collectFunctions(known: Knowledge, file: SourceFile): void {
  const outline = known.outlines.get(file);
  for (const node of outline?.functions ?? []) {
    const fact: FunctionFact = {
      node,
      name: node.kind === 'def' ? node.name.name : 'lambda',
      scope: scopeOf(node),
      file,
      site: { kind: 'function', node },
      calls: new Set(),
      escapes: false,
      isPublic:
        file.isImported &&
        node.kind === 'def' &&
        node.name.binding?.scope === 'global' &&
        !node.name.name.startsWith('_'),
      returns: NEVER,
    };
    known.functions.set(node, fact);
    const binding = node.kind === 'def' ? node.name.binding : undefined;
    if (binding && outline?.assignments.get(binding)?.length === 1 && file.isPorted)
      known.definitions.set(binding, fact);
  }
}

function collectOrigins(known: Knowledge, file: SourceFile): void {
  for (const [statement, path] of file.loads) {
    const other = known.files.find((candidate) => candidate.path === path);
    if (!other?.isPorted) continue;
    for (const symbol of statement.symbols) {
      const origin = other.scope.globals.find((binding) => binding.name === symbol.name);
      const isAssignedAgain =
        (known.outlines.get(file)?.assignments.get(symbol.local.binding as never)?.length ?? 0) > 1;
      if (origin && symbol.local.binding && !isAssignedAgain) known.origins.set(symbol.local.binding, origin);
    }
  }
}

interface Loop {
  breaks: Environment[];
  continues: Environment[];
}

/** Goes through the statements of a file or a function. */
class Flow {
  readonly #known: Knowledge;
  readonly #evaluator: Evaluator;
  #fact: FunctionFact | undefined;
  #loop: Loop | undefined;

  constructor(known: Knowledge) {
    this.#known = known;
    this.#evaluator = new Evaluator(known);
  }

  file(file: SourceFile): void {
    this.#block(file.file.statements, new Map());
  }

  function(fact: FunctionFact): void {
    this.#fact = fact;
    this.#evaluator.func = fact.scope;
    const env: Environment = new Map();
    this.#parameters(fact, env);
    if (fact.node.kind === 'lambda') {
      this.#known.addToReturns(fact, this.#evaluator.of(fact.node.body, env));
      return;
    }
    const end = this.#block(fact.node.body, env);
    if (end) this.#known.addToReturns(fact, NOTHING);
  }

  #parameters(fact: FunctionFact, env: Environment): void {
    const { scope, node } = fact;
    const isOpen = fact.escapes || fact.calls.size === 0 || !fact.file.isPorted || (fact.isPublic && fact.file.isMain);
    const optional = optionalNames(node);
    for (const binding of scope.parameters) {
      if (binding === scope.star) {
        const site = this.#known.sequence(binding, 'tuple');
        if (isOpen) this.#known.addToElement(site, UNKNOWN);
        env.set(binding, isOpen ? TUPLE_OF_UNKNOWN : { ...TUPLE_OF_UNKNOWN, sites: [site] });
      } else if (binding === scope.starStar) {
        const site = this.#known.dict(binding);
        if (isOpen) this.#known.addToDict(site, { ...NOTHING, bits: Kind.str }, UNKNOWN);
        env.set(binding, { ...UNKNOWN, bits: Kind.dict, sites: [site] });
      } else {
        if (isOpen) this.#known.addToVariable(binding, UNKNOWN);
        if (optional.has(binding.name)) this.#known.addToVariable(binding, this.#defaultType(node, binding.name));
        env.set(binding, this.#known.variables.get(binding) ?? NEVER);
        continue;
      }
      this.#known.addToVariable(binding, env.get(binding) as Type);
    }
  }

  #defaultType(node: FunctionNode, name: string): Type {
    for (const parameter of node.parameters) {
      if (parameter.kind === 'parameter' && parameter.name.name === name && parameter.default) {
        return this.#known.types.get(parameter.default) ?? NEVER;
      }
    }
    return NEVER;
  }

  /** The variables at the end; nothing if the end is never reached. */
  #block(statements: readonly Statement[], start: Environment): Environment | undefined {
    let env: Environment | undefined = new Map(start);
    for (const statement of statements) {
      if (!env) return undefined;
      env = this.#statement(statement, env);
    }
    return env;
  }

  #statement(statement: Statement, env: Environment): Environment | undefined {
    const of = (expression: Expression) => this.#evaluator.of(expression, env);
    switch (statement.kind) {
      case 'expression': {
        of(statement.expression);
        const call = bare(statement.expression);
        const name = call.kind === 'call' ? outsideName(call.callee) : undefined;
        return name === 'fail' || name === 'exit' ? undefined : env;
      }
      case 'assignment': {
        const value = of(statement.value);
        if (statement.operator === '=') this.#evaluator.assign(statement.target, value, env);
        else this.#augment(statement.target, statement, statement.operator.slice(0, -1), value, env);
        return env;
      }
      case 'pass':
        return env;
      case 'break':
        this.#loop?.breaks.push(env);
        return undefined;
      case 'continue':
        this.#loop?.continues.push(env);
        return undefined;
      case 'return': {
        const type = statement.value ? of(statement.value) : NOTHING;
        if (this.#fact) this.#known.addToReturns(this.#fact, type);
        return undefined;
      }
      case 'load':
        this.#load(statement, env);
        return env;
      case 'def':
        return this.#def(statement, env);
      case 'if':
        return this.#if(statement, env);
      case 'for':
      case 'while':
        return this.#loopStatement(statement, env);
    }
  }

  #augment(target: Expression, node: object, operator: string, value: Type, env: Environment): void {
    const before = this.#evaluator.of(target, env);
    // Lists and dicts change in place.
    if (operator === '+' && isOnly(before, Kind.list)) {
      for (const site of before.sites) {
        if (site.kind !== 'list') continue;
        site.grows = true;
        this.#known.addToElement(site, elementOf(value));
      }
      return;
    }
    if (operator === '|' && isOnly(before, Kind.dict)) {
      for (const site of before.sites) {
        if (site.kind !== 'dict') continue;
        for (const part of value.sites) if (part.kind === 'dict') this.#known.addToDict(site, part.key, part.value);
        if (value.bits & Kind.unknown) this.#known.addToDict(site, UNKNOWN, UNKNOWN);
      }
      return;
    }
    this.#evaluator.assign(target, operate(this.#known, node, operator, before, value), env);
  }

  #def(statement: Statement & { kind: 'def' }, env: Environment): Environment {
    for (const parameter of statement.parameters) {
      if (parameter.kind === 'parameter' && parameter.default) this.#evaluator.of(parameter.default, env);
    }
    const fact = this.#known.functions.get(statement);
    if (fact && !this.#known.definitionOf(statement.name.binding)) {
      const type = { ...UNKNOWN, bits: Kind.function, sites: [fact.site] };
      this.#known.see(type);
      this.#evaluator.assign(statement.name, type, env);
    }
    return env;
  }

  #load(statement: LoadStatement, env: Environment): void {
    for (const { local } of statement.symbols) {
      if (!local.binding) continue;
      const origin = this.#known.originOf(local.binding);
      if (origin === local.binding) {
        env.set(local.binding, UNKNOWN);
        this.#known.addToVariable(local.binding, UNKNOWN);
        continue;
      }
      env.set(local.binding, this.#known.variables.get(origin) ?? NEVER);
    }
  }

  #if(statement: IfStatement, env: Environment): Environment | undefined {
    this.#evaluator.of(statement.condition, env);
    const whenTrue = this.#block(statement.body, narrow(statement.condition, env, true));
    const whenFalse = this.#block(statement.otherwise, narrow(statement.condition, env, false));
    return merge([whenTrue, whenFalse]);
  }

  #loopStatement(statement: ForStatement | WhileStatement, env: Environment): Environment | undefined {
    const outer = this.#loop;
    let start = env;
    const items = statement.kind === 'for' ? this.#evaluator.of(statement.iterable, env) : NEVER;
    const runs = statement.kind === 'for' && runsAtLeastOnce(statement.iterable);
    let exits: (Environment | undefined)[] = [];
    for (let round = 0; round < MOST_LOOPS; round++) {
      const loop: Loop = { breaks: [], continues: [] };
      this.#loop = loop;
      let inside: Environment = new Map(start);
      if (statement.kind === 'for') this.#evaluator.assign(statement.target, elementOf(items), inside);
      else {
        this.#evaluator.of(statement.condition, inside);
        inside = narrow(statement.condition, inside, true);
      }
      const end = this.#block(statement.body, inside);
      const again = merge([end, ...loop.continues]);
      const isEndless = statement.kind === 'while' && isTrue(statement.condition);
      exits = [runs ? again : isEndless ? undefined : start, ...(isEndless || runs ? [] : [again]), ...loop.breaks];
      const next = again ? widenAll(start, again, round) : start;
      if (isSame(start, next)) break;
      start = next;
    }
    this.#loop = outer;
    return merge(exits);
  }
}

function isTrue(condition: Expression): boolean {
  const node = bare(condition);
  return node.kind === 'identifier' && node.name === 'True' && node.binding?.scope === 'universal';
}

/** Whether it is plain to see that there is something to go over. */
export function runsAtLeastOnce(iterable: Expression): boolean {
  const node = bare(iterable);
  if (node.kind === 'list' || node.kind === 'tuple') return node.items.length > 0;
  if (node.kind !== 'call' || outsideName(node.callee) !== 'range' || node.arguments.length !== 1) return false;
  const [count] = node.arguments;
  return count?.kind === 'int' && count.value > 0;
}

function merge(environments: readonly (Environment | undefined)[]): Environment | undefined {
  const reached = environments.filter((env) => env !== undefined);
  const [first, ...others] = reached;
  if (!first) return undefined;
  const merged: Environment = new Map(first);
  for (const other of others) {
    for (const binding of new Set([...merged.keys(), ...other.keys()])) {
      merged.set(binding, join(merged.get(binding) ?? UNSET, other.get(binding) ?? UNSET));
    }
  }
  return merged;
}

function widenAll(start: Environment, again: Environment, round: number): Environment {
  const next: Environment = new Map(start);
  for (const [binding, type] of again) {
    const before = start.get(binding) ?? UNSET;
    next.set(binding, round < 2 ? join(before, type) : widen(before, type));
  }
  return next;
}

function isSame(a: Environment, b: Environment): boolean {
  if (a.size !== b.size) return false;
  for (const [binding, type] of b) {
    const before = a.get(binding);
    if (
      !before ||
      before.bits !== type.bits ||
      before.low !== type.low ||
      before.high !== type.high ||
      before.sites.length !== type.sites.length
    )
      return false;
  }
  return true;
}
