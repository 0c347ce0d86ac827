import type { Expression } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import type { Environment } from './environment.ts';
import { KIND_OF_TYPE_NAME } from './foreign-types.ts';
import { bare, outsideName, typeNameOf } from './project.ts';
import { join, Kind, kindType, NONE, type Type, UNKNOWN, without } from './type.ts';

/** What the variables are when a condition holds, or does not. */
export function narrow(condition: Expression, env: Environment, holds: boolean): Environment {
  const node = bare(condition);
  if (node.kind === 'identifier' && node.binding) {
    const type = env.get(node.binding);
    if (!type || !holds) return env;
    return withType(env, node.binding, without(type, Kind.none | Kind.nothing));
  }
  if (node.kind === 'unary' && node.operator === 'not') return narrow(node.operand, env, !holds);
  if (node.kind !== 'binary') return env;
  if (node.operator === 'and' && holds) return narrow(node.right, narrow(node.left, env, true), true);
  if (node.operator === 'or' && !holds) return narrow(node.right, narrow(node.left, env, false), false);
  if (node.operator !== '==' && node.operator !== '!=') return env;
  const isEqual = (node.operator === '==') === holds;
  const left = bare(node.left);
  const right = bare(node.right);
  if (left.kind === 'identifier' && left.binding && right.kind === 'identifier' && right.name === 'None') {
    const type = env.get(left.binding);
    if (!type) return env;
    return withType(env, left.binding, isEqual ? NONE : without(type, Kind.none | Kind.nothing));
  }
  return narrowByType(left, right, env, isEqual);
}

function narrowByType(left: Expression, right: Expression, env: Environment, isEqual: boolean): Environment {
  const name = typeNameOf(right);
  if (left.kind !== 'call' || name === undefined || outsideName(left.callee) !== 'type') return env;
  const [argument] = left.arguments;
  if (argument?.kind !== 'identifier' || !argument.binding) return env;
  const type = env.get(argument.binding);
  const named = KIND_OF_TYPE_NAME.get(name);
  if (!type || !named) return env;
  if (!isEqual) return type.bits & Kind.unknown ? env : withType(env, argument.binding, without(type, named.bits));
  if (type.bits & Kind.unknown) return withType(env, argument.binding, join(named, kindType(0, type.sites)));
  const sites = type.sites.filter((site) => (Kind[site.kind] & named.bits) !== 0);
  return withType(env, argument.binding, { ...type, bits: type.bits & named.bits, sites });
}

function withType(env: Environment, binding: Binding, type: Type): Environment {
  return new Map(env).set(binding, type.bits === 0 ? UNKNOWN : type);
}
