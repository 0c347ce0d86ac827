import type { BinaryExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { type Context, help, typeOf } from './context.ts';
import { arrow, atom, binary, conditional, invoke, type Js, Level, member, not } from './js.ts';
import { isInherited, stringLiteral } from './literals.ts';
import { bare, outsideName, typeNameOf } from './project.ts';
import { elementOf, isOnly, isSafeInt, Kind, mayBe, PLAIN, type Type } from './type.ts';

/** Values that JavaScript takes for true when Starlark does. */
const PLAIN_TRUTH = PLAIN;

/** An expression where only its truth counts. */
export function conditionOf(context: Context, expression: Expression): Js {
  const node = bare(expression);
  if (node.kind === 'unary' && node.operator === 'not') return negated(context, node.operand);
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    const isAnd = node.operator === 'and';
    return binary(
      conditionOf(context, node.left),
      isAnd ? '&&' : '||',
      conditionOf(context, node.right),
      isAnd ? Level.and : Level.or,
    );
  }
  const type = typeOf(context, node);
  const given = context.expression(node);
  const js = given.withoutNull ?? given;
  if (js.isBoolean || isOnly(type, PLAIN_TRUTH)) return js;
  if (isOnly(type, Kind.list | Kind.tuple)) return binary(member(js, 'length'), '>', atom('0'), Level.relational, true);
  if (isOnly(type, Kind.dict) && !mayBeMap(type)) {
    return binary(member(invoke(atom('Object.keys'), [js]), 'length'), '>', atom('0'), Level.relational, true);
  }
  return { ...help(context, 'truth', js), isBoolean: true };
}

function negated(context: Context, expression: Expression): Js {
  const node = bare(expression);
  if (node.kind === 'unary' && node.operator === 'not') {
    const inner = conditionOf(context, node.operand);
    return inner.isBoolean ? inner : not(not(inner));
  }
  if (node.kind === 'binary') {
    const opposite = OPPOSITE[node.operator];
    if (opposite) return context.expression({ ...node, operator: opposite } as BinaryExpression);
  }
  const type = typeOf(context, node);
  if (isOnly(type, Kind.list | Kind.tuple)) {
    return binary(member(context.expression(node), 'length'), '===', atom('0'), Level.equality, true);
  }
  if (isOnly(type, Kind.dict) && !mayBeMap(type)) {
    return binary(
      member(invoke(atom('Object.keys'), [context.expression(node)]), 'length'),
      '===',
      atom('0'),
      Level.equality,
      true,
    );
  }
  return not(conditionOf(context, node));
}

const OPPOSITE: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', in: 'not in', 'not in': 'in' };

/** A dict with keys that are no strings, or may be. */
export function mayBeMap(type: Type): boolean {
  return type.sites.some(
    (site) => site.kind === 'dict' && (site.key.bits & ~(Kind.str | Kind.unknown | Kind.nothing)) !== 0,
  );
}

/** `and` and `or` where their value counts. */
export function logicalOf(context: Context, node: BinaryExpression): Js {
  const isAnd = node.operator === 'and';
  const given = context.expression(node.left);
  // What `or` finds to be nothing, it does not answer.
  const left = (isAnd ? undefined : given.withoutNull) ?? given;
  const right = context.expression(node.right);
  const type = typeOf(context, node.left);
  if (left.isBoolean || isOnly(type, PLAIN_TRUTH)) {
    return {
      ...binary(left, isAnd ? '&&' : '||', right, isAnd ? Level.and : Level.or),
      isBoolean: left.isBoolean === true && right.isBoolean === true,
    };
  }
  if (left.isSimple) {
    const condition = conditionOf(context, node.left);
    return isAnd ? conditional(condition, right, left) : conditional(condition, left, right);
  }
  const value = atom(context.names.free('value'));
  const condition = help(context, 'truth', value);
  const choice = isAnd ? conditional(condition, right, value) : conditional(condition, value, right);
  return invoke(arrow([value.doc], choice), [left]);
}

// ---- comparison

export function equality(context: Context, node: BinaryExpression): Js {
  const isEqual = node.operator === '==';
  const [left, right] = [typeOf(context, node.left), typeOf(context, node.right)];
  const operator = isEqual ? '===' : '!==';
  const typeTest = typeTestOf(context, node.left, node.right) ?? typeTestOf(context, node.right, node.left);
  if (typeTest) return isEqual ? typeTest : not(typeTest);
  const side = (part: Expression, other: Type) => {
    const js = context.expression(part);
    return isOnly(other, Kind.str | Kind.int | Kind.bool) ? (js.withoutNull ?? js) : js;
  };
  const compare = (loose = false) =>
    binary(
      side(node.left, right),
      loose ? operator.slice(0, 2) : operator,
      side(node.right, left),
      Level.equality,
      true,
    );
  const mainTest = mainFileTest(node);
  if (mainTest) return isEqual ? mainTest : not(mainTest);
  // None may be null or undefined in JavaScript.
  if (isOnly(left, Kind.none) || isOnly(right, Kind.none)) {
    const other = isOnly(left, Kind.none) ? right : left;
    return compare((other.bits & (Kind.nothing | Kind.unknown)) !== 0);
  }
  const isPlain = (type: Type, other: Type) =>
    isOnly(type, Kind.str | Kind.bool | Kind.none) || (isOnly(type, PLAIN) && !mayBe(other, Kind.float));
  const bothPlain = isOnly(left, PLAIN) && isOnly(right, PLAIN) && !((left.bits | right.bits) & Kind.nothing);
  if (bothPlain) return compare();
  if ((isPlain(left, right) && !(left.bits & Kind.none)) || (isPlain(right, left) && !(right.bits & Kind.none)))
    return compare();
  const empty = emptyTest(context, node, isEqual);
  if (empty) return empty;
  const equal: Js = {
    ...help(context, 'equal', context.expression(node.left), context.expression(node.right)),
    isBoolean: true,
  };
  return isEqual ? equal : not(equal);
}

/** `xs == []` */
function emptyTest(context: Context, node: BinaryExpression, isEqual: boolean): Js | undefined {
  const right = bare(node.right);
  if (right.kind !== 'list' || right.items.length > 0 || !isOnly(typeOf(context, node.left), Kind.list))
    return undefined;
  return binary(
    member(context.expression(node.left), 'length'),
    isEqual ? '===' : '!==',
    atom('0'),
    Level.equality,
    true,
  );
}

/** `__name__ == "__main__"` */
function mainFileTest(node: BinaryExpression): Js | undefined {
  const sides = [bare(node.left), bare(node.right)];
  const hasName = sides.some((side) => outsideName(side) === '__name__');
  const hasMain = sides.some((side) => side.kind === 'string' && side.value === '__main__');
  return hasName && hasMain ? { ...atom('import.meta.main'), isBoolean: true } : undefined;
}

/** `type(x) == "list"` */
function typeTestOf(context: Context, left: Expression, right: Expression): Js | undefined {
  const call = bare(left);
  const name = typeNameOf(right);
  if (call.kind !== 'call' || name === undefined || outsideName(call.callee) !== 'type' || call.arguments.length !== 1)
    return undefined;
  const [argument] = call.arguments;
  if (!argument || argument.kind.endsWith('argument')) return undefined;
  const x = context.expression(argument as Expression);
  const type = typeOf(context, argument as Expression);
  switch (name) {
    case 'string':
      return binary({ doc: ['typeof ', x.doc], level: Level.unary }, '===', atom("'string'"), Level.equality, true);
    case 'bool':
      return binary({ doc: ['typeof ', x.doc], level: Level.unary }, '===', atom("'boolean'"), Level.equality, true);
    case 'list':
      if (!mayBe(type, Kind.tuple)) return { ...invoke(atom('Array.isArray'), [x]), isBoolean: true };
  }
  if (bare(right).kind === 'string') return undefined;
  return binary(help(context, 'type', x), '===', atom(stringLiteral(name)), Level.equality, true);
}

export function ordering(context: Context, node: BinaryExpression): Js {
  const [left, right] = [typeOf(context, node.left), typeOf(context, node.right)];
  const [x, y] = [context.expression(node.left), context.expression(node.right)];
  const areNumbers = isSafeInt(left) && isSafeInt(right);
  const areInts = isOnly(left, Kind.int) && isOnly(right, Kind.int);
  const areTexts = isOnly(left, Kind.str) && isOnly(right, Kind.str);
  if (areNumbers || areInts || areTexts) return binary(x, node.operator, y, Level.relational, true);
  return { ...help(context, 'compare', x, atom(stringLiteral(node.operator)), y), isBoolean: true };
}

export function membership(context: Context, node: BinaryExpression): Js {
  const isIn = node.operator === 'in';
  const js = contains(context, node);
  return isIn ? js : not(js);
}

function contains(context: Context, node: BinaryExpression): Js {
  const [x, container] = [typeOf(context, node.left), typeOf(context, node.right)];
  const [left, right] = [context.expression(node.left), context.expression(node.right)];
  const key = bare(node.left);
  const asTest = (js: Js): Js => ({ ...js, isBoolean: true });
  if (isOnly(container, Kind.str) && isOnly(x, Kind.str)) return asTest(invoke(member(right, 'includes'), [left]));
  if (outsideName(node.right) === 'os.environ') return binary(left, 'in', right, Level.relational, true);
  if (isOnly(container, Kind.list | Kind.tuple)) {
    const plain =
      isOnly(elementOf(container), Kind.str) ||
      isOnly(x, Kind.str) ||
      (isOnly(x, PLAIN & ~Kind.nothing) && isOnly(elementOf(container), PLAIN & ~Kind.nothing));
    if (plain) return asTest(invoke(member(right, 'includes'), [left]));
  }
  if (isOnly(container, Kind.dict) && !mayBeMap(container)) {
    if (key.kind === 'string' && !isInherited(key.value)) return binary(left, 'in', right, Level.relational, true);
    if (isOnly(x, Kind.str)) return asTest(invoke(atom('Object.hasOwn'), [right, left]));
  }
  return asTest(help(context, 'contains', right, left));
}
