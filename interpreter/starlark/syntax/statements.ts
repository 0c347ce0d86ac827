import type {
  Assignment,
  BranchStatement,
  DefStatement,
  ForStatement,
  Identifier,
  IfStatement,
  LoadedSymbol,
  LoadStatement,
  ReturnStatement,
  Statement,
  WhileStatement,
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import {
  parseExpression,
  parseIdentifier,
  parseLoopVariables,
  parseParameters,
  parseString,
  parseTest,
} from './expressions.ts';
import { refuse } from './syntax-error.ts';
import { describeToken, type Token } from './token.ts';

/** Everything up to the end of the file. */
export function parseStatements(cursor: Cursor): Statement[] {
  const statements: Statement[] = [];
  while (!cursor.is('end of file')) {
    if (cursor.is('newline')) cursor.next();
    else parseStatement(cursor, statements);
  }
  return statements;
}

/** Appends one compound statement, or the simple ones of a line. */
function parseStatement(cursor: Cursor, statements: Statement[]): void {
  switch (cursor.token) {
    case 'def':
      statements.push(cursor.nest(parseDef));
      return;
    case 'if':
      statements.push(cursor.nest(parseIf));
      return;
    case 'for':
      statements.push(cursor.nest(parseFor));
      return;
    case 'while':
      statements.push(cursor.nest(parseWhile));
      return;
    default:
      parseLine(cursor, statements);
  }
}

function parseDef(cursor: Cursor): DefStatement {
  const start = cursor.next();
  const name = parseIdentifier(cursor);
  cursor.consume('(');
  const parameters = parseParameters(cursor);
  cursor.consume(')');
  cursor.consume(':');
  const body = parseSuite(cursor);
  return { kind: 'def', start, end: endOf(body), name, parameters, body, scope: undefined };
}

/** The `elif`s are read one after the other and put into each other from the last one on, so that there can be any number. */
function parseIf(cursor: Cursor): IfStatement {
  const branches: Pick<IfStatement, 'start' | 'condition' | 'body'>[] = [];
  do {
    const start = cursor.next();
    const condition = parseTest(cursor);
    cursor.consume(':');
    branches.push({ start, condition, body: parseSuite(cursor) });
  } while (cursor.is('elif'));
  let elseAt: number | undefined;
  let otherwise: Statement[] = [];
  if (cursor.is('else')) {
    elseAt = cursor.next();
    cursor.consume(':');
    otherwise = parseSuite(cursor);
  }
  const [first, ...elifs] = branches;
  for (const branch of elifs.reverse()) {
    const end = endOf(otherwise.length > 0 ? otherwise : branch.body);
    otherwise = [{ kind: 'if', ...branch, end, elseAt, otherwise }];
    elseAt = branch.start;
  }
  const { start, condition, body } = first as (typeof branches)[number];
  return { kind: 'if', start, end: endOf(otherwise.length > 0 ? otherwise : body), condition, body, elseAt, otherwise };
}

function parseFor(cursor: Cursor): ForStatement {
  const start = cursor.next();
  const target = parseLoopVariables(cursor);
  cursor.consume('in');
  const iterable = parseExpression(cursor);
  cursor.consume(':');
  const body = parseSuite(cursor);
  return { kind: 'for', start, end: endOf(body), target, iterable, body };
}

function parseWhile(cursor: Cursor): WhileStatement {
  const start = cursor.next();
  const condition = parseTest(cursor);
  cursor.consume(':');
  const body = parseSuite(cursor);
  return { kind: 'while', start, end: endOf(body), condition, body };
}

/** What follows a colon: the rest of the line, or an indented block. */
function parseSuite(cursor: Cursor): Statement[] {
  const statements: Statement[] = [];
  if (!cursor.is('newline')) {
    parseLine(cursor, statements);
    return statements;
  }
  cursor.next();
  cursor.consume('indent');
  while (!cursor.is('outdent') && !cursor.is('end of file')) {
    parseStatement(cursor, statements);
  }
  cursor.consume('outdent');
  return statements;
}

function endOf(body: readonly Statement[]): number {
  return body.at(-1)?.end ?? 0;
}

function parseLine(cursor: Cursor, statements: Statement[]): void {
  for (;;) {
    statements.push(parseSimple(cursor));
    if (!cursor.is(';')) break;
    cursor.next();
    if (cursor.is('newline') || cursor.is('end of file')) break;
  }
  if (!cursor.is('end of file')) cursor.consume('newline');
}

function parseSimple(cursor: Cursor): Statement {
  switch (cursor.token) {
    case 'return':
      return parseReturn(cursor);
    case 'break':
    case 'continue':
    case 'pass':
      return parseBranch(cursor, cursor.token);
    case 'load':
      return parseLoad(cursor);
    default:
      return parseAssignment(cursor);
  }
}

function parseReturn(cursor: Cursor): ReturnStatement {
  const start = cursor.next();
  const isBare = cursor.is('end of file') || cursor.is('newline') || cursor.is(';');
  const value = isBare ? undefined : parseExpression(cursor);
  return { kind: 'return', start, end: cursor.end, value };
}

function parseBranch(cursor: Cursor, kind: BranchStatement['kind']): BranchStatement {
  const start = cursor.next();
  return { kind, start, end: cursor.end };
}

const ASSIGNMENTS: ReadonlySet<Token> = new Set<Assignment['operator']>([
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<=',
  '>>=',
]);

/** An assignment, or an expression by itself. */
function parseAssignment(cursor: Cursor): Statement {
  const target = parseExpression(cursor);
  const { start } = target;
  if (!ASSIGNMENTS.has(cursor.token)) return { kind: 'expression', start, end: cursor.end, expression: target };
  const operator = cursor.token as Assignment['operator'];
  const at = cursor.next();
  const value = parseExpression(cursor);
  return { kind: 'assignment', start, end: cursor.end, target, at, operator, value };
}

function parseLoad(cursor: Cursor): LoadStatement {
  const start = cursor.next();
  const parenthesis = cursor.consume('(');
  if (!cursor.is('string literal')) cursor.fail('first operand of load statement must be a string literal');
  const path = parseString(cursor);
  const symbols: LoadedSymbol[] = [];
  while (!cursor.is(')') && !cursor.is('end of file')) {
    cursor.consume(',');
    if (cursor.is(')')) break;
    symbols.push(parseSymbol(cursor));
  }
  cursor.consume(')');
  if (symbols.length === 0) refuse(parenthesis, 'load statement must import at least 1 symbol');
  return { kind: 'load', start, end: cursor.end, path, symbols };
}

function parseSymbol(cursor: Cursor): LoadedSymbol {
  if (cursor.is('string literal')) {
    const literal = parseString(cursor);
    const local: Identifier = {
      kind: 'identifier',
      start: literal.start + 1,
      end: literal.end - 1,
      name: literal.value,
      binding: undefined,
    };
    return { kind: 'loaded symbol', start: literal.start, end: cursor.end, local, name: literal.value, literal };
  }
  if (!cursor.is('identifier')) {
    cursor.fail(`load operand must be "name" or localname="name" (got ${describeToken(cursor.token)})`);
  }
  const local = parseIdentifier(cursor);
  const { name } = local;
  if (!cursor.is('=')) {
    cursor.fail(`load operand must be "${name}" or ${name}="originalname" (want '=' after ${name})`);
  }
  cursor.next();
  if (!cursor.is('string literal')) {
    cursor.fail(`original name of loaded symbol must be quoted: ${name}="originalname"`);
  }
  const literal = parseString(cursor);
  return { kind: 'loaded symbol', start: local.start, end: cursor.end, local, name: literal.value, literal };
}
