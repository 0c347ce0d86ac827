import type { HelperName } from '../../interpreter/starlark/helper-names.ts';
import type { Comment, Expression, File, Node } from '../../interpreter/starlark/syntax/ast.ts';
import type { Comments } from '../../interpreter/starlark/syntax/comments.ts';
import type { Convention } from './convention.ts';
import { atom, invoke, type Js } from './js.ts';
import type { FunctionFact, Knowledge } from './knowledge.ts';
import type { Names } from './names.ts';
import type { SourceFile } from './project.ts';
import { Kind, type Type, without } from './type.ts';

/** Something that JavaScript cannot say as Starlark did. */
export interface Note {
  readonly offset: number;
  readonly message: string;
}

/** What every part of the writer needs. */
export interface Context {
  readonly known: Knowledge;
  readonly source: SourceFile;
  readonly names: Names;
  readonly comments: ReadonlyMap<Node | File, Comments>;
  /** Comments that were written already. */
  readonly written: Set<Comment>;
  readonly isTypescript: boolean;
  /** Calls whose value nobody uses. */
  readonly discarded: Set<Expression>;
  expression(node: Expression): Js;
  /** As something that JavaScript takes for true when Starlark does. */
  condition(node: Expression): Js;
  conventionOf(fact: FunctionFact): Convention;
  note(node: Node, message: string): void;
  /** The specifier by which JavaScript imports what Starlark loads as `path`. */
  specifier(path: string): string;
}

export function typeOf(context: Context, node: Expression): Type {
  // Where a variable has no value, nothing goes on.
  return without(context.known.typeOf(node), Kind.unset);
}

/** A call of a function of "tilt". */
export function help(context: Context, name: HelperName, ...args: readonly Js[]): Js {
  return invoke(atom(context.names.helper(name)), args);
}

/** Whether the author broke the line behind an opening bracket. */
export function opensLine(context: Context, start: number, first: number): boolean {
  return context.source.file.text.slice(start, first).includes('\n');
}
