import type { Identifier, Node, Statement } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import type { Context } from './context.ts';
import type { Declarations } from './declare.ts';
import type { Doc } from './doc.ts';

/** What the writer of statements needs beyond expressions. */
export interface StatementContext extends Context {
  readonly declarations: Declarations;
  readonly notes: Map<Node, string[]>;
  /** Where each name that had to change is seen first, and what it is now. */
  readonly renamed: Map<Identifier, string>;
  /** Names that the file exports. */
  readonly exported: ReadonlySet<Binding>;
  /** The statements of a block, each with its comments and the blank lines in front of it. */
  block(statements: readonly Statement[]): Doc[];
  load(statement: Statement & { kind: 'load' }): Doc | undefined;
}
