import type { Comprehension, DictEntry, Expression, ForClause, IfClause } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { refuse } from './syntax-error.ts';
import { describeToken, type Token } from './token.ts';

/** How the parts of what stands in brackets are read: expressions.ts gives them. */
export interface Rules {
  item(cursor: Cursor): Expression;
  /** What stands in parentheses. */
  items(cursor: Cursor): Expression;
  /** Between `for` and `in`. */
  variables(cursor: Cursor): Expression;
  /** Behind the `in` of a comprehension. */
  iterable(cursor: Cursor): Expression;
  /** Behind the `if` of a comprehension. */
  filter(cursor: Cursor): Expression;
}

/** The rest of what commas separate. */
export function parseFurther(
  cursor: Cursor,
  parseItem: (cursor: Cursor) => Expression,
  items: Expression[],
  mayEndInComma: boolean,
): Expression[] {
  while (cursor.is(',')) {
    const comma = cursor.next();
    if (endsList(cursor.token)) {
      if (!mayEndInComma) refuse(comma, 'unparenthesized tuple with trailing comma');
      break;
    }
    items.push(parseItem(cursor));
  }
  return items;
}

/** A list may end in a comma: then something of these follows. */
export function endsList(token: Token): boolean {
  switch (token) {
    case 'end of file':
    case 'newline':
    case '=':
    case '}':
    case ']':
    case ')':
    case ';':
      return true;
    default:
      return false;
  }
}

export function parseParentheses(cursor: Cursor, rules: Rules): Expression {
  const start = cursor.next();
  if (cursor.is(')')) {
    cursor.next();
    return { kind: 'tuple', start, end: cursor.end, items: [] };
  }
  const inner = rules.items(cursor);
  cursor.consume(')');
  return { kind: 'paren', start, end: cursor.end, inner };
}

export function parseList(cursor: Cursor, rules: Rules): Expression {
  const start = cursor.next();
  if (cursor.is(']')) {
    cursor.next();
    return { kind: 'list', start, end: cursor.end, items: [] };
  }
  const first = rules.item(cursor);
  if (cursor.is('for')) return cursor.nest(() => parseComprehension(cursor, rules, start, first, ']'));
  const items = parseFurther(cursor, rules.item, [first], true);
  cursor.consume(']');
  return { kind: 'list', start, end: cursor.end, items };
}

export function parseDict(cursor: Cursor, rules: Rules): Expression {
  const start = cursor.next();
  const entries: DictEntry[] = [];
  while (!cursor.is('}')) {
    const entry = parseEntry(cursor, rules);
    if (entries.length === 0 && cursor.is('for'))
      return cursor.nest(() => parseComprehension(cursor, rules, start, entry, '}'));
    entries.push(entry);
    if (!cursor.is(',')) break;
    cursor.next();
  }
  cursor.consume('}');
  return { kind: 'dict', start, end: cursor.end, entries };
}

function parseEntry(cursor: Cursor, rules: Rules): DictEntry {
  const key = rules.item(cursor);
  const at = cursor.consume(':');
  const value = rules.item(cursor);
  return { kind: 'entry', start: key.start, end: cursor.end, key, at, value };
}

function parseComprehension(
  cursor: Cursor,
  rules: Rules,
  start: number,
  body: Expression | DictEntry,
  closing: ']' | '}',
): Comprehension {
  const clauses: (ForClause | IfClause)[] = [];
  while (!cursor.is(closing)) {
    if (cursor.is('for')) {
      const forAt = cursor.next();
      const target = rules.variables(cursor);
      cursor.consume('in');
      const iterable = rules.iterable(cursor);
      clauses.push({ kind: 'for clause', start: forAt, end: cursor.end, target, iterable });
    } else if (cursor.is('if')) {
      const ifAt = cursor.next();
      const condition = rules.filter(cursor);
      clauses.push({ kind: 'if clause', start: ifAt, end: cursor.end, condition });
    } else {
      cursor.fail(`got ${describeToken(cursor.token)}, want '${closing}', for, or if`);
    }
  }
  cursor.next();
  return { kind: 'comprehension', start, end: cursor.end, body, clauses };
}
