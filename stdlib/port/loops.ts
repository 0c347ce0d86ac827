import type { CallExpression, Expression, Node, Statement } from '../../interpreter/starlark/syntax/ast.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import { mayBeMap } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import { atom, invoke, type Js, member } from './js.ts';
import { bare, outsideName } from './project.ts';
import { isOnly, Kind } from './type.ts';

export interface Items {
  readonly js: Js;
  /** Otherwise it can only be gone over. */
  readonly isArray: boolean;
}

/** What a loop goes over, as JavaScript can go over it. */
export function itemsOf(context: Context, iterable: Expression): Items {
  const node = bare(iterable);
  const type = typeOf(context, node);
  const js = () => context.expression(node);
  const enumerated = enumeratedList(context, node);
  if (enumerated) return { js: invoke(member(context.expression(enumerated), 'entries'), []), isArray: false };
  if (isOnly(type, Kind.list | Kind.tuple)) return { js: js(), isArray: true };
  if (isOnly(type, Kind.dict) && !mayBeMap(type)) return { js: invoke(atom('Object.keys'), [js()]), isArray: true };
  if (isOnly(type, Kind.range)) return { js: js(), isArray: false };
  return { js: help(context, 'iterate', js()), isArray: false };
}

/** The list in `enumerate(list)`. */
function enumeratedList(context: Context, node: Expression): Expression | undefined {
  if (node.kind !== 'call' || outsideName(node.callee) !== 'enumerate' || node.arguments.length !== 1) return undefined;
  const [list] = node.arguments;
  if (!list || / argument$/.test(list.kind)) return undefined;
  return isOnly(typeOf(context, list as Expression), Kind.list | Kind.tuple) ? (list as Expression) : undefined;
}

const CHANGES = new Set([
  'append',
  'extend',
  'insert',
  'remove',
  'pop',
  'clear',
  'update',
  'setdefault',
  'popitem',
  'add',
  'discard',
]);

/** Whether the body of a loop changes what the loop goes over, which Starlark refuses. */
export function changesItems(context: Context, iterable: Expression, body: readonly Statement[]): boolean {
  const node = bare(iterable);
  const text = textOf(context, node);
  const isSame = (other: Expression) => textOf(context, bare(other)) === text;
  const visit = (part: Node): boolean => {
    if (part.kind === 'assignment') {
      if (part.target.kind === 'index' && isSame(part.target.object)) return true;
      if (part.operator !== '=' && isSame(part.target)) return true;
    }
    if (part.kind === 'call' && isChange(part) && isSame((part.callee as { object: Expression } & Expression).object))
      return true;
    return childrenOf(part).some(visit);
  };
  return (node.kind === 'identifier' || node.kind === 'dot' || node.kind === 'index') && body.some(visit);
}

function isChange(call: CallExpression): boolean {
  return call.callee.kind === 'dot' && CHANGES.has(call.callee.name);
}

function textOf(context: Context, node: Expression): string {
  return context.source.file.text.slice(node.start, node.end);
}
