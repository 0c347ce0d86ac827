import type { HelperName } from '../../interpreter/starlark/helper-names.ts';
import type { BinaryExpression, Expression, UnaryExpression } from '../../interpreter/starlark/syntax/ast.ts';
import { equality, logicalOf, mayBeMap, membership, ordering } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import { atom, binary, invoke, type Js, Level, list, not, object, within } from './js.ts';
import { bare } from './project.ts';
import { percent } from './text-format.ts';
import { isOnly, isSafeInt, Kind, type Type } from './type.ts';

const HELPERS: Readonly<Record<string, HelperName>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floorDivide',
  '%': 'remainder',
  '|': 'union',
  '&': 'intersection',
  '^': 'exclusive',
  '<<': 'shiftLeft',
  '>>': 'shiftRight',
};

export function binaryOf(context: Context, node: BinaryExpression): Js {
  switch (node.operator) {
    case 'and':
    case 'or':
      return logicalOf(context, node);
    case '==':
    case '!=':
      return equality(context, node);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordering(context, node);
    case 'in':
    case 'not in':
      return membership(context, node);
  }
  const left = typeOf(context, node.left);
  if (node.operator === '%' && isOnly(left, Kind.str)) return percent(context, node);
  return arithmetic(context, node.operator, node.left, node.right, typeOf(context, node));
}

/** An operator of arithmetic. */
export function arithmetic(
  context: Context,
  operator: string,
  leftNode: Expression,
  rightNode: Expression,
  result: Type,
): Js {
  const [left, right] = [typeOf(context, leftNode), typeOf(context, rightNode)];
  const [x, y] = [context.expression(leftNode), context.expression(rightNode)];
  const native = nativeOf(context, operator, [left, right], [x, y], [leftNode, rightNode], result);
  return native ?? help(context, HELPERS[operator] as HelperName, x, y);
}

type Pair<T> = readonly [T, T];

function nativeOf(
  context: Context,
  operator: string,
  [left, right]: Pair<Type>,
  [x, y]: Pair<Js>,
  nodes: Pair<Expression>,
  result: Type,
): Js | undefined {
  const exact = isSafeInt(left) && isSafeInt(right) && isSafeInt(result);
  switch (operator) {
    case '+':
      if (exact || (isOnly(left, Kind.str) && isOnly(right, Kind.str))) return binary(x, '+', y, Level.sum);
      if (isOnly(left, Kind.list) && isOnly(right, Kind.list))
        return list([...spread(context, nodes[0], x), ...spread(context, nodes[1], y)]);
      return undefined;
    case '-':
      return exact ? binary(x, '-', y, Level.sum) : undefined;
    case '*':
      return exact ? binary(x, '*', y, Level.product) : undefined;
    case '//':
      if (exact && right.low > 0) return invoke(atom('Math.floor'), [binary(x, '/', y, Level.product)]);
      return undefined;
    case '%':
      return exact && left.low >= 0 && right.low > 0 ? binary(x, '%', y, Level.product) : undefined;
    case '|':
      if (!isOnly(left, Kind.dict) || !isOnly(right, Kind.dict) || mayBeMap(left) || mayBeMap(right)) return undefined;
      return object([...spread(context, nodes[0], x), ...spread(context, nodes[1], y)].map((part) => part.doc));
  }
  return undefined;
}

/** The parts of a list or dict: what is written down need not be spread. */
function spread(context: Context, node: Expression, js: Js): readonly Js[] {
  const inner = bare(node);
  if (inner.kind === 'list' && !hasComments(context, inner)) return inner.items.map(context.expression);
  if (
    inner.kind === 'binary' &&
    inner.operator === '+' &&
    isOnly(typeOf(context, inner.left), Kind.list) &&
    isOnly(typeOf(context, inner.right), Kind.list)
  ) {
    return [
      ...spread(context, inner.left, context.expression(inner.left)),
      ...spread(context, inner.right, context.expression(inner.right)),
    ];
  }
  return [{ doc: ['...', within(js, Level.unary)], level: Level.spread }];
}

function hasComments(context: Context, node: Expression & { kind: 'list' }): boolean {
  return context.comments.has(node) || node.items.some((item) => context.comments.has(item));
}

export function unaryOf(context: Context, node: UnaryExpression): Js {
  const operand = bare(node.operand);
  switch (node.operator) {
    case 'not': {
      const js = context.condition(node);
      return js.isBoolean ? js : not(not(js));
    }
    case '-': {
      const type = typeOf(context, operand);
      const js = context.expression(operand);
      if (isSafeInt(type) && !(type.low <= 0 && type.high >= 0))
        return { doc: ['-', within(js, Level.unary + 0.5)], level: Level.unary };
      return help(context, 'negate', js);
    }
    case '+':
      return isOnly(typeOf(context, operand), Kind.int | Kind.float)
        ? context.expression(operand)
        : help(context, 'add', atom('0'), context.expression(operand));
    case '~':
      return help(context, 'invert', context.expression(operand));
  }
}
