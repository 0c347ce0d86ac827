import type {
  Argument,
  BinaryOperator,
  BytesLiteral,
  Expression,
  FloatLiteral,
  Identifier,
  IntLiteral,
  LambdaExpression,
  Parameter,
  StringLiteral,
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import { endsList, parseDict, parseFurther, parseList, parseParentheses, type Rules } from './displays.ts';
import { refuse } from './syntax-error.ts';
import { describeToken, type Token } from './token.ts';

/** From what binds loosest. Comparisons do not associate; `not` before an operand stands between `and` and them. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  [],
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'],
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['-', '+'],
  ['*', '%', '/', '//'],
];
const NOT_LEVEL = 2;
const COMPARISON_LEVEL = 3;

const LEVEL_OF = new Map<Token, number>(LEVELS.flatMap((level, index) => level.map((operator) => [operator, index])));

/** One or several, separated by commas: several are a tuple. */
export function parseExpression(cursor: Cursor, mayEndInComma = false): Expression {
  const first = parseTest(cursor);
  if (!cursor.is(',')) return first;
  const items = parseFurther(cursor, parseTest, [first], mayEndInComma);
  return { kind: 'tuple', start: first.start, end: cursor.end, items };
}

/** A single expression. */
export function parseTest(cursor: Cursor): Expression {
  return cursor.nest(parseTestInside);
}

function parseTestInside(cursor: Cursor): Expression {
  if (cursor.is('lambda')) return parseLambda(cursor, true);
  const whenTrue = parseBinary(cursor, 0);
  if (!cursor.is('if')) return whenTrue;
  const ifAt = cursor.next();
  const condition = parseBinary(cursor, 0);
  if (!cursor.is('else')) refuse(ifAt, 'conditional expression without else clause');
  cursor.next();
  const whenFalse = parseTest(cursor);
  return { kind: 'conditional', start: whenTrue.start, end: cursor.end, condition, whenTrue, whenFalse };
}

/** One that does not take a following `if` to itself. */
function parseTestWithoutCondition(cursor: Cursor): Expression {
  return cursor.is('lambda') ? cursor.nest(() => parseLambda(cursor, false)) : parseBinary(cursor, 0);
}

function parseLambda(cursor: Cursor, mayBeConditional: boolean): LambdaExpression {
  const start = cursor.next();
  const parameters = cursor.is(':') ? [] : parseParameters(cursor);
  cursor.consume(':');
  const body = mayBeConditional ? parseTest(cursor) : parseTestWithoutCondition(cursor);
  return { kind: 'lambda', start, end: cursor.end, parameters, body, scope: undefined };
}

function parseBinary(cursor: Cursor, least: number): Expression {
  let left = cursor.is('not') && least <= NOT_LEVEL ? parseNot(cursor) : parsePrimaryWithSuffix(cursor);
  for (let compared: string | undefined; ; ) {
    if (cursor.is('not')) {
      cursor.next();
      if (!cursor.is('in')) cursor.fail(`got ${describeToken(cursor.token)}, want in`);
      cursor.token = 'not in';
    }
    const operator = cursor.token as BinaryOperator;
    const level = LEVEL_OF.get(operator) ?? -1;
    if (level < least) return left;
    if (level === COMPARISON_LEVEL && compared !== undefined) {
      cursor.fail(`${compared} does not associate with ${operator} (use parens)`);
    }
    const at = cursor.next();
    const right = parseBinary(cursor, level + 1);
    left = { kind: 'binary', start: left.start, end: cursor.end, left, at, operator, right };
    compared = level === COMPARISON_LEVEL ? operator : undefined;
  }
}

function parseNot(cursor: Cursor): Expression {
  return cursor.nest(() => {
    const start = cursor.next();
    const operand = parseBinary(cursor, NOT_LEVEL);
    return { kind: 'unary', start, end: cursor.end, operator: 'not', operand };
  });
}

/** `x`, `x.name`, `x[…]`, `x(…)`, of any length. */
export function parsePrimaryWithSuffix(cursor: Cursor): Expression {
  let expression = parsePrimary(cursor);
  for (;;) {
    switch (cursor.token) {
      case '.': {
        const at = cursor.next();
        const { name } = parseIdentifier(cursor);
        expression = { kind: 'dot', start: expression.start, end: cursor.end, object: expression, at, name };
        break;
      }
      case '[':
        expression = parseBrackets(cursor, expression);
        break;
      case '(': {
        const at = cursor.next();
        const args = parseArguments(cursor);
        cursor.consume(')');
        expression = {
          kind: 'call',
          start: expression.start,
          end: cursor.end,
          callee: expression,
          at,
          arguments: args,
        };
        break;
      }
      default:
        return expression;
    }
  }
}

function parseBrackets(cursor: Cursor, object: Expression): Expression {
  const at = cursor.next();
  const parts: (Expression | undefined)[] = [undefined, undefined, undefined];
  if (!cursor.is(':')) {
    const key = parseExpression(cursor);
    if (cursor.is(']')) {
      cursor.next();
      return { kind: 'index', start: object.start, end: cursor.end, object, at, key };
    }
    parts[0] = key;
  }
  for (let part = 1; part <= 2 && cursor.is(':'); part++) {
    cursor.next();
    if (!cursor.is(']') && !(part === 1 && cursor.is(':'))) parts[part] = parseTest(cursor);
  }
  cursor.consume(']');
  const [from, to, step] = parts;
  return { kind: 'slice', start: object.start, end: cursor.end, object, at, from, to, step };
}

function parseArguments(cursor: Cursor): Argument[] {
  const args: Argument[] = [];
  while (!cursor.is(')') && !cursor.is('end of file')) {
    if (args.length > 0) cursor.consume(',');
    if (cursor.is(')')) break;
    args.push(parseArgument(cursor));
  }
  return args;
}

function parseArgument(cursor: Cursor): Argument {
  if (cursor.is('*') || cursor.is('**')) {
    const kind = cursor.is('*') ? '* argument' : '** argument';
    const start = cursor.next();
    const value = parseTest(cursor);
    return { kind, start, end: cursor.end, value };
  }
  const name = parseTest(cursor);
  if (!cursor.is('=')) return name;
  if (name.kind !== 'identifier') return cursor.fail('keyword argument must have form name=expr');
  cursor.next();
  const value = parseTest(cursor);
  return { kind: 'named argument', start: name.start, end: cursor.end, name, value };
}

export function parseParameters(cursor: Cursor): Parameter[] {
  const parameters: Parameter[] = [];
  while (!cursor.is(')') && !cursor.is(':') && !cursor.is('end of file')) {
    if (parameters.length > 0) cursor.consume(',');
    if (cursor.is(')')) break;
    parameters.push(parseParameter(cursor));
  }
  return parameters;
}

function parseParameter(cursor: Cursor): Parameter {
  if (cursor.is('*') || cursor.is('**')) {
    const kind = cursor.is('*') ? '* parameter' : '** parameter';
    const start = cursor.next();
    const isNamed = kind === '** parameter' || cursor.is('identifier');
    const name = isNamed ? parseIdentifier(cursor) : undefined;
    return { kind, start, end: cursor.end, name };
  }
  const name = parseIdentifier(cursor);
  const isOptional = cursor.is('=');
  const at = isOptional ? cursor.next() : undefined;
  const value = isOptional ? parseTest(cursor) : undefined;
  return { kind: 'parameter', start: name.start, end: cursor.end, name, at, default: value };
}

export function parseIdentifier(cursor: Cursor): Identifier {
  if (!cursor.is('identifier')) cursor.fail('not an identifier');
  const { start, text, offset } = cursor.scanner;
  cursor.next();
  return { kind: 'identifier', start, end: offset, name: text.slice(start, offset), binding: undefined };
}

export function parseString(cursor: Cursor): StringLiteral {
  const value = cursor.scanner.value as string;
  const start = cursor.next();
  return { kind: 'string', start, end: cursor.end, value };
}

function parsePrimary(cursor: Cursor): Expression {
  switch (cursor.token) {
    case 'identifier':
      return parseIdentifier(cursor);
    case 'string literal':
      return parseString(cursor);
    case 'int literal':
    case 'float literal':
    case 'bytes literal': {
      const kind = KIND_OF_LITERAL[cursor.token];
      const { value } = cursor.scanner;
      const start = cursor.next();
      return { kind, start, end: cursor.end, value } as BytesLiteral | IntLiteral | FloatLiteral;
    }
    case '[':
      return parseList(cursor, RULES);
    case '{':
      return parseDict(cursor, RULES);
    case '(':
      return parseParentheses(cursor, RULES);
    case '-':
    case '+':
    case '~':
      return parseSign(cursor, cursor.token);
    default:
      return refuse(cursor.start, `got ${describeToken(cursor.token)}, want primary expression`);
  }
}

const RULES: Rules = {
  item: parseTest,
  items: (cursor) => parseExpression(cursor, true),
  variables: parseLoopVariables,
  iterable: (cursor) => parseBinary(cursor, 0),
  filter: parseTestWithoutCondition,
};

const KIND_OF_LITERAL = { 'int literal': 'int', 'float literal': 'float', 'bytes literal': 'bytes' } as const;

function parseSign(cursor: Cursor, operator: '-' | '+' | '~'): Expression {
  return cursor.nest(() => {
    const start = cursor.next();
    const operand = parsePrimaryWithSuffix(cursor);
    return { kind: 'unary', start, end: cursor.end, operator, operand };
  });
}

/** What stands between `for` and `in`. */
export function parseLoopVariables(cursor: Cursor): Expression {
  const first = parsePrimaryWithSuffix(cursor);
  if (!cursor.is(',')) return first;
  const items = [first];
  while (cursor.is(',')) {
    cursor.next();
    if (endsList(cursor.token)) break;
    items.push(parsePrimaryWithSuffix(cursor));
  }
  return { kind: 'tuple', start: first.start, end: cursor.end, items };
}
