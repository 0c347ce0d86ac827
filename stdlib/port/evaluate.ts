import type {
  BinaryExpression,
  Comprehension,
  DotExpression,
  Expression,
  Identifier,
  IndexExpression,
} from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding, FunctionScope } from '../../interpreter/starlark/syntax/binding.ts';
import { builtinNamed } from './builtin-facts.ts';
import type { Environment } from './environment.ts';
import { evaluateCall, MODULES } from './evaluate-call.ts';
import { foreignSequence } from './foreign-types.ts';
import type { Knowledge } from './knowledge.ts';
import { entryType } from './method-types.ts';
import { narrow } from './narrow.ts';
import { operate } from './operate.ts';
import { bare, outsideName } from './project.ts';
import {
  BOOL,
  BYTES,
  elementOf,
  FLOAT,
  FUNCTION,
  INT,
  intType,
  isOnly,
  join,
  joinAll,
  Kind,
  kindType,
  MODULE,
  mayBe,
  NEVER,
  NONE,
  OTHER,
  STR,
  siteType,
  type Type,
  UNKNOWN,
  UNSET,
  without,
} from './type.ts';

export type Evaluate = (expression: Expression, environment: Environment) => Type;

/** Finds the types of expressions, given what the variables are at that moment. */
export class Evaluator {
  readonly #known: Knowledge;
  /** The function in which the expressions stand. */
  func: FunctionScope | undefined;

  constructor(known: Knowledge) {
    this.#known = known;
  }

  readonly of: Evaluate = (expression, environment) => {
    return this.#known.record(expression, this.#typeOf(expression, environment));
  };

  #typeOf(expression: Expression, env: Environment): Type {
    const of = (part: Expression) => this.of(part, env);
    switch (expression.kind) {
      case 'identifier':
        return this.#name(expression, env);
      case 'string':
        return STR;
      case 'bytes':
        return BYTES;
      case 'int':
        return intType(Number(expression.value), Number(expression.value));
      case 'float':
        return FLOAT;
      case 'paren':
        return of(expression.inner);
      case 'list': {
        const site = this.#known.sequence(expression, 'list');
        site.least = expression.items.length;
        for (const item of expression.items) this.#known.addToElement(site, of(item));
        return siteType(site);
      }
      case 'tuple': {
        const site = this.#known.sequence(expression, 'tuple', expression.items.length);
        expression.items.forEach((item, index) => {
          this.#known.addToItem(site, index, of(item));
        });
        return siteType(site);
      }
      case 'dict': {
        const site = this.#known.dict(expression);
        for (const { key, value } of expression.entries) {
          const valueType = of(value);
          this.#known.addToDict(site, of(key), valueType);
          if (key.kind === 'string') this.#known.addToEntry(site.entries, key.value, valueType);
        }
        return siteType(site);
      }
      case 'comprehension':
        return this.#comprehension(expression, env);
      case 'conditional': {
        of(expression.condition);
        const whenTrue = this.of(expression.whenTrue, narrow(expression.condition, env, true));
        return join(whenTrue, this.of(expression.whenFalse, narrow(expression.condition, env, false)));
      }
      case 'lambda': {
        const fact = this.#known.functions.get(expression);
        for (const parameter of expression.parameters) {
          if (parameter.kind === 'parameter' && parameter.default) of(parameter.default);
        }
        return fact ? siteType(fact.site) : FUNCTION;
      }
      case 'unary': {
        const operand = of(expression.operand);
        if (expression.operator === 'not') return BOOL;
        if (expression.operator === '-' && isOnly(operand, Kind.int)) return intType(-operand.high, -operand.low);
        return isOnly(operand, Kind.int) ? INT : isOnly(operand, Kind.float) ? FLOAT : UNKNOWN;
      }
      case 'binary':
        return this.#binary(expression, env);
      case 'dot':
        return this.#dot(expression, env);
      case 'index':
        return this.#index(expression, env);
      case 'slice': {
        for (const part of [expression.from, expression.to, expression.step]) if (part) of(part);
        return this.#part(expression, of(expression.object));
      }
      case 'call':
        return evaluateCall(this.#known, expression, env, this.of, (fn) => this.#functionName(fn));
    }
  }

  /** A direct callee that is a function of these files does not make it a value. */
  #functionName(callee: Expression): boolean {
    return callee.kind === 'identifier' && this.#known.definitionOf(callee.binding) !== undefined;
  }

  #name(id: Identifier, env: Environment): Type {
    const { binding } = id;
    if (!binding) return UNKNOWN;
    if (binding.scope === 'universal') {
      if (id.name === 'None') return NONE;
      return id.name === 'True' || id.name === 'False' ? BOOL : FUNCTION;
    }
    if (binding.scope === 'predeclared') {
      if (MODULES.has(id.name)) return MODULE;
      if (id.name === '__file__' || id.name === '__name__') return STR;
      return /^[A-Z_0-9]+$/.test(id.name) ? OTHER : FUNCTION;
    }
    const fact = this.#known.definitionOf(binding);
    if (fact) {
      this.#known.see(siteType(fact.site));
      return siteType(fact.site);
    }
    const here = env.get(binding);
    if (here) return here;
    const origin = this.#known.originOf(binding);
    if (origin === binding && binding.owner === this.func && !binding.inComprehension && this.#isOwn(binding))
      return UNSET;
    return this.#known.variables.get(origin) ?? (origin === binding && this.#known.round > 0 ? NEVER : UNKNOWN);
  }

  #isOwn(binding: Binding): boolean {
    return binding.scope === 'global' ? this.func === undefined : binding.scope === 'local' && this.#known.round > 0;
  }

  #comprehension(node: Comprehension, outer: Environment): Type {
    const env: Environment = new Map(outer);
    let inner = env;
    for (const clause of node.clauses) {
      if (clause.kind === 'if clause') {
        this.of(clause.condition, inner);
        inner = narrow(clause.condition, inner, true);
      } else this.assign(clause.target, elementOf(this.of(clause.iterable, inner)), inner);
    }
    if (node.body.kind === 'entry') {
      const site = this.#known.dict(node);
      this.#known.addToDict(site, this.of(node.body.key, inner), this.of(node.body.value, inner));
      return siteType(site);
    }
    const site = this.#known.sequence(node, 'list');
    this.#known.addToElement(site, this.of(node.body, inner));
    return siteType(site);
  }

  #binary(node: BinaryExpression, env: Environment): Type {
    const left = this.of(node.left, env);
    switch (node.operator) {
      case 'and':
        return join(left, this.of(node.right, narrow(node.left, env, true)));
      case 'or': {
        const right = this.of(node.right, narrow(node.left, env, false));
        const kept = isOnly(left, Kind.none | Kind.nothing)
          ? NEVER
          : left.bits & Kind.unknown
            ? left
            : without(left, Kind.none | Kind.nothing);
        return join(kept, right);
      }
    }
    const right = this.of(node.right, env);
    switch (node.operator) {
      case '==':
      case '!=':
      case '<':
      case '>':
      case '<=':
      case '>=':
        if (left.bits !== right.bits) {
          this.#known.see(left);
          this.#known.see(right);
        }
        return BOOL;
      case 'in':
      case 'not in':
        this.#known.see(left);
        this.#known.see(elementOf(right));
        return BOOL;
      case '%':
        if (isOnly(left, Kind.str)) {
          if (bare(node.right).kind === 'tuple') this.#known.see(elementOf(right));
          else if (mayBe(right, Kind.tuple)) this.#known.see(right);
          else this.#known.see(right);
          return STR;
        }
        if (mayBe(left, Kind.str)) this.#known.see(right);
        break;
    }
    return operate(this.#known, node, node.operator, left, right);
  }

  #dot(node: DotExpression, env: Environment): Type {
    const object = this.of(node.object, env);
    const name = outsideName(node);
    if (name !== undefined) {
      if (MODULES.has(name)) return MODULE;
      if (name === 'sys.argv') return foreignSequence('list', STR);
      if (name === 'os.environ') return OTHER;
      // Members of the modules that are no functions are texts.
      return builtinNamed(name) || !MODULES.has(name.slice(0, Math.max(0, name.lastIndexOf('.')))) ? FUNCTION : STR;
    }
    const structs = object.sites.filter((site) => site.kind === 'struct');
    if (isOnly(object, Kind.struct) && structs.length === object.sites.length && structs.length > 0) {
      return joinAll(structs.map((site) => site.fields.get(node.name) ?? UNKNOWN));
    }
    this.#known.see(object);
    return UNKNOWN;
  }

  #index(node: IndexExpression, env: Environment): Type {
    const object = this.of(node.object, env);
    const key = this.of(node.key, env);
    if (mayBe(object, Kind.dict)) this.#known.see(key);
    return this.indexed(object, node.key);
  }

  indexed(object: Type, key: Expression): Type {
    if (object.bits & Kind.unknown) return UNKNOWN;
    let result = NEVER;
    if (object.bits & Kind.str) result = join(result, STR);
    if (object.bits & Kind.range) result = join(result, INT);
    if (object.bits & (Kind.list | Kind.tuple)) {
      for (const site of object.sites) {
        if (site.kind === 'tuple' && site.items && key.kind === 'int')
          result = join(result, site.items[Number(key.value)] ?? site.element);
        else if (site.kind === 'list' || site.kind === 'tuple') result = join(result, site.element);
      }
    }
    if (object.bits & Kind.dict)
      result = join(
        result,
        entryType(
          kindType(
            Kind.dict,
            object.sites.filter((site) => site.kind === 'dict'),
          ),
          key,
        ),
      );
    if (object.bits & (Kind.other | Kind.module | Kind.blob | Kind.bytes | Kind.struct)) result = join(result, UNKNOWN);
    return result;
  }

  /** A slice: a new list, or a text. */
  #part(node: Expression, object: Type): Type {
    if (isOnly(object, Kind.str)) return STR;
    if (object.bits & Kind.tuple) this.#known.see(object);
    for (const kind of ['list', 'tuple'] as const) {
      if (!isOnly(object, Kind[kind])) continue;
      const site = this.#known.sequence(node, kind);
      this.#known.addToElement(site, elementOf(object));
      return siteType(site);
    }
    return UNKNOWN;
  }

  // ---- variables

  assign(target: Expression, type: Type, env: Environment): void {
    switch (target.kind) {
      case 'identifier':
        this.#known.record(target, type);
        if (!target.binding) return;
        env.set(target.binding, type);
        this.#known.addToVariable(target.binding, type);
        return;
      case 'paren':
        this.assign(target.inner, type, env);
        return;
      case 'tuple':
      case 'list':
        this.#known.record(target, type);
        target.items.forEach((item, index) => {
          this.assign(item, itemType(type, index, target.items.length), env);
        });
        return;
      case 'index':
        this.#setItem(target, type, env);
        return;
      case 'dot':
        this.of(target.object, env);
        this.#known.see(type);
        return;
    }
  }

  #setItem(target: IndexExpression, type: Type, env: Environment): void {
    const object = this.of(target.object, env);
    const key = this.of(target.key, env);
    if (object.bits & Kind.unknown) this.#known.see(type);
    for (const site of object.sites) {
      if (site.kind === 'dict') {
        site.grows = true;
        this.#known.addToDict(site, key, type);
        if (target.key.kind === 'string' && site.entries.has(target.key.value)) {
          this.#known.addToEntry(site.entries, target.key.value, type);
        } else if (target.key.kind !== 'string') {
          for (const name of site.entries.keys()) this.#known.addToEntry(site.entries, name, type);
        }
      } else if (site.kind === 'list') this.#known.addToElement(site, type);
    }
  }
}

/** What a target gets of a sequence that is taken apart. */
function itemType(type: Type, index: number, count: number): Type {
  if (type.bits & Kind.unknown) return UNKNOWN;
  return type.sites
    .map((site) =>
      site.kind === 'tuple' && site.items?.length === count
        ? (site.items[index] ?? UNKNOWN)
        : elementOf(siteType(site)),
    )
    .reduce(join, NEVER);
}
