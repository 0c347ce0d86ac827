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
import { evaluateCall, MODULES } from './evaluate-call.ts';
import { foreignSequence, KIND_OF_TYPE_NAME } from './foreign-types.ts';
import type { Knowledge } from './knowledge.ts';
import { entryType } from './method-types.ts';
import { bare, outsideName, typeNameOf } from './project.ts';
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
  sum,
  type Type,
  UNKNOWN,
  UNSET,
  without,
} from './type.ts';

export type Environment = Map<Binding, Type>;

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
        const whenTrue = this.of(expression.whenTrue, this.narrow(expression.condition, env, true));
        return join(whenTrue, this.of(expression.whenFalse, this.narrow(expression.condition, env, false)));
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
        inner = this.narrow(clause.condition, inner, true);
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
        return join(left, this.of(node.right, this.narrow(node.left, env, true)));
      case 'or': {
        const right = this.of(node.right, this.narrow(node.left, env, false));
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
    return this.operate(node, node.operator, left, right);
  }

  /** What an operator of arithmetic answers. `node` is what makes new lists. */
  operate(node: object, operator: string, left: Type, right: Type): Type {
    if (left.bits === 0 || right.bits === 0) return NEVER;
    // What is made of tuples is one.
    if ((left.bits | right.bits) & Kind.tuple) {
      this.#known.see(left);
      this.#known.see(right);
    }
    if (isOnly(left, Kind.int) && isOnly(right, Kind.int)) return intOperation(operator, left, right);
    if (isOnly(left, Kind.int | Kind.float) && isOnly(right, Kind.int | Kind.float)) return FLOAT;
    if (operator === '+') {
      if (left.bits !== right.bits) {
        this.#known.see(left);
        this.#known.see(right);
      }
      if (isOnly(left, Kind.str) && isOnly(right, Kind.str)) return STR;
      if (isOnly(left, Kind.str) || isOnly(right, Kind.str)) return STR;
      for (const kind of ['list', 'tuple'] as const) {
        if (!isOnly(left, Kind[kind]) && !isOnly(right, Kind[kind])) continue;
        const site = this.#known.sequence(node, kind);
        this.#known.addToElement(site, join(elementOf(left), elementOf(right)));
        return siteType(site);
      }
    }
    if (operator === '*') {
      for (const [type, other] of [
        [left, right],
        [right, left],
      ] as const) {
        if (!isOnly(other, Kind.int)) continue;
        if (isOnly(type, Kind.str)) return STR;
        for (const kind of ['list', 'tuple'] as const) {
          if (!isOnly(type, Kind[kind])) continue;
          const site = this.#known.sequence(node, kind);
          this.#known.addToElement(site, elementOf(type));
          return siteType(site);
        }
      }
    }
    if (operator === '%' && isOnly(left, Kind.str)) return STR;
    if (operator === '|' && isOnly(left, Kind.dict) && isOnly(right, Kind.dict)) {
      const site = this.#known.dict(node);
      for (const part of [...left.sites, ...right.sites]) {
        if (part.kind !== 'dict') continue;
        this.#known.addToDict(site, part.key, part.value);
        if (left.sites.length === 1 && right.sites.length === 1) {
          for (const [name, type] of part.entries) this.#known.addToEntry(site.entries, name, type);
        }
      }
      return siteType(site);
    }
    this.#known.see(left);
    this.#known.see(right);
    if ('|&^-'.includes(operator) && isOnly(left, Kind.set) && isOnly(right, Kind.set)) {
      return foreignSequence('set', join(elementOf(left), elementOf(right)));
    }
    return UNKNOWN;
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

  /** What the variables are when a condition holds, or does not. */
  narrow(condition: Expression, env: Environment, holds: boolean): Environment {
    const node = bare(condition);
    if (node.kind === 'identifier' && node.binding) {
      const type = env.get(node.binding);
      if (!type || !holds) return env;
      return this.#with(env, node.binding, without(type, Kind.none | Kind.nothing));
    }
    if (node.kind === 'unary' && node.operator === 'not') return this.narrow(node.operand, env, !holds);
    if (node.kind !== 'binary') return env;
    if (node.operator === 'and' && holds) return this.narrow(node.right, this.narrow(node.left, env, true), true);
    if (node.operator === 'or' && !holds) return this.narrow(node.right, this.narrow(node.left, env, false), false);
    if (node.operator !== '==' && node.operator !== '!=') return env;
    const isEqual = (node.operator === '==') === holds;
    const left = bare(node.left);
    const right = bare(node.right);
    if (left.kind === 'identifier' && left.binding && right.kind === 'identifier' && right.name === 'None') {
      const type = env.get(left.binding);
      if (!type) return env;
      return this.#with(env, left.binding, isEqual ? NONE : without(type, Kind.none | Kind.nothing));
    }
    return this.#narrowByType(left, right, env, isEqual);
  }

  #narrowByType(left: Expression, right: Expression, env: Environment, isEqual: boolean): Environment {
    const name = typeNameOf(right);
    if (left.kind !== 'call' || name === undefined || outsideName(left.callee) !== 'type') return env;
    const [argument] = left.arguments;
    if (argument?.kind !== 'identifier' || !argument.binding) return env;
    const type = env.get(argument.binding);
    const named = KIND_OF_TYPE_NAME.get(name);
    if (!type || !named) return env;
    if (!isEqual) return type.bits & Kind.unknown ? env : this.#with(env, argument.binding, without(type, named.bits));
    if (type.bits & Kind.unknown) return this.#with(env, argument.binding, join(named, kindType(0, type.sites)));
    const sites = type.sites.filter((site) => (Kind[site.kind] & named.bits) !== 0);
    return this.#with(env, argument.binding, { ...type, bits: type.bits & named.bits, sites });
  }

  #with(env: Environment, binding: Binding, type: Type): Environment {
    return new Map(env).set(binding, type.bits === 0 ? UNKNOWN : type);
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

function intOperation(operator: string, left: Type, right: Type): Type {
  switch (operator) {
    case '+':
      return intType(sum(left.low, right.low), sum(left.high, right.high));
    case '-':
      return intType(sum(left.low, -right.high), sum(left.high, -right.low));
    case '*': {
      const corners = [left.low, left.high].flatMap((a) =>
        [right.low, right.high].map((b) => (a === 0 || b === 0 ? 0 : a * b)),
      );
      return intType(Math.min(...corners), Math.max(...corners));
    }
    case '/':
      return FLOAT;
    case '//': {
      const size = Math.max(Math.abs(left.low), Math.abs(left.high));
      return intType(left.low >= 0 && right.low > 0 ? 0 : -size, size);
    }
    case '%':
      return right.low > 0 ? intType(0, right.high) : INT;
    case '&':
      return left.low >= 0 && right.low >= 0 ? intType(0, Math.min(left.high, right.high)) : INT;
    default:
      return INT;
  }
}
