import type { Expression, Statement } from '../../interpreter/starlark/syntax/ast.ts';
import { conditionOf } from './conditions.ts';
import { type Doc, hardline, indent } from './doc.ts';
import type { StatementContext } from './statement-context.ts';

export function braces(context: StatementContext, statements: readonly Statement[], front: readonly Doc[] = []): Doc {
  const body = context.block(statements);
  const parts: Doc[] = [...front.map((doc): Doc => [hardline, doc]), ...(body.length > 0 ? [hardline, body] : [])];
  if (parts.length === 0) return '{}';
  return ['{', indent(parts), hardline, '}'];
}

export function condition(context: StatementContext, node: Expression): Doc {
  return conditionOf(context, node).doc;
}
