import type {
  Comprehension,
  DictEntry,
  Expression,
  ForClause,
  IfClause,
} from '../../interpreter/starlark/syntax/ast.ts';
import { conditionOf, mayBeMap } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import type { Doc } from './doc.ts';
import { arrow, atom, binary, invoke, type Js, Level, list, member, within } from './js.ts';
import { itemsOf } from './loops.ts';
import { bare } from './project.ts';
import { targetDoc } from './targets.ts';
import { elementOf, isOnly, Kind } from './type.ts';
import { typescriptOf } from './typescript.ts';

/** A comprehension as filter and map. */
export function comprehensionOf(context: Context, node: Comprehension): Js {
  const { body } = node;
  const value = (): Js => {
    if (body.kind !== 'entry') return context.expression(body);
    return list([context.expression(body.key), context.expression(body.value)]);
  };
  const array = clausesOf(
    context,
    node.clauses,
    value,
    body.kind === 'entry' ? undefined : body,
    body.kind === 'entry' ? body : undefined,
  );
  if (body.kind !== 'entry') return array;
  const type = typeOf(context, node);
  const hasTexts = isOnly(typeOf(context, body.key), Kind.str) && !mayBeMap(type);
  return hasTexts ? invoke(atom('Object.fromEntries'), [array]) : help(context, 'dict', array);
}

function clausesOf(
  context: Context,
  clauses: readonly (ForClause | IfClause)[],
  value: () => Js,
  body: Expression | undefined,
  entry: DictEntry | undefined,
): Js {
  const [first, ...others] = clauses;
  if (first?.kind !== 'for clause') throw new Error('a comprehension begins with what it goes over');
  const items = arrayOf(context, first.iterable);
  const target = first.target;
  const conditions: IfClause[] = [];
  while (others[0]?.kind === 'if clause') conditions.push(others.shift() as IfClause);
  let array = items;
  const checked = prepared(context, target, first.iterable);
  if (conditions.length > 0) {
    const condition = conditions
      .map((clause) => conditionOf(context, clause.condition))
      .reduce((left, right) => binary(left, '&&', right, Level.and));
    array = invoke(member(array, 'filter'), [arrow([checked.parameter], condition)]);
  }
  if (others.length > 0) {
    return invoke(member(array, 'flatMap'), [
      arrow([checked.parameter], clausesOf(context, others, value, body, entry)),
    ]);
  }
  // What is only filtered is new already.
  if (body && isSameName(target, body)) return conditions.length > 0 ? array : copied(array);
  if (isSamePair(target, entry)) return array;
  return invoke(member(array, 'map'), [arrow([checked.parameter], value())]);
}

function prepared(context: Context, target: Expression, iterable: Expression): { readonly parameter: Doc } {
  // TypeScript asks for a type where it knows none.
  const element = elementOf(typeOf(context, iterable));
  const isKnown =
    bare(target).kind !== 'identifier'
      ? (element.bits & Kind.unknown) === 0
      : bare(iterable).kind === 'identifier' && (element.bits & Kind.unknown) === 0;
  const type = bare(target).kind === 'identifier' ? typescriptOf(element) : 'any';
  return { parameter: [targetDoc(context, target), context.isTypescript && !isKnown ? `: ${type}` : ''] };
}

/** Pairs that are made of what was taken apart. */
function isSamePair(target: Expression, entry: DictEntry | undefined): boolean {
  const pair = bare(target);
  if (!entry || (pair.kind !== 'tuple' && pair.kind !== 'list') || pair.items.length !== 2) return false;
  return isSameName(pair.items[0] as Expression, entry.key) && isSameName(pair.items[1] as Expression, entry.value);
}

function isSameName(target: Expression, body: Expression): boolean {
  const [left, right] = [bare(target), bare(body)];
  return left.kind === 'identifier' && right.kind === 'identifier' && left.binding === right.binding;
}

function copied(array: Js): Js {
  return list([{ doc: ['...', within(array, Level.assign)], level: Level.spread }]);
}

/** What is gone over, as an array. */
function arrayOf(context: Context, iterable: Expression): Js {
  const items = itemsOf(context, iterable);
  return items.isArray ? items.js : list([{ doc: ['...', within(items.js, Level.assign)], level: Level.spread }]);
}
