import type { Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { mayBeMap } from './conditions.ts';
import { type Context, typeOf } from './context.ts';
import { isInherited } from './literals.ts';
import { bare } from './project.ts';
import { isOnly, Kind, type Type } from './type.ts';

/** Whether it is certain that there is something under a key. */
export function isPresent(context: Context, type: Type, object: Expression, key: Expression): boolean {
  if (key.kind === 'string') {
    if (!isOnly(type, Kind.dict) || type.sites.length === 0 || context.known.losesKeys || isInherited(key.value))
      return false;
    return !mayBeMap(type) && type.sites.every((site) => site.kind === 'dict' && site.entries.has(key.value));
  }
  if (key.kind === 'int') {
    const at = Number(key.value);
    if (isOnly(type, Kind.tuple) && type.sites.length > 0) {
      return type.sites.every((site) => site.kind === 'tuple' && site.items !== undefined && at < site.items.length);
    }
    if (isOnly(type, Kind.list) && type.sites.length > 0 && !context.known.losesItems) {
      return type.sites.every((site) => site.kind === 'list' && at < (site.least ?? 0));
    }
    return at === 0 && isSplit(context, object);
  }
  return (
    key.kind === 'unary' &&
    key.operator === '-' &&
    key.operand.kind === 'int' &&
    key.operand.value === 1 &&
    isSplit(context, object)
  );
}

/** `text.split(',')` has at least one part. */
function isSplit(context: Context, node: Expression): boolean {
  const call = bare(node);
  if (call.kind !== 'call' || call.callee.kind !== 'dot' || call.callee.name !== 'split' || call.arguments.length !== 1)
    return false;
  const [separator] = call.arguments;
  return (
    separator?.kind === 'string' && separator.value !== '' && isOnly(typeOf(context, call.callee.object), Kind.str)
  );
}
