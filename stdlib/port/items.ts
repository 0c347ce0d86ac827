import type { Node } from '../../interpreter/starlark/syntax/ast.ts';
import { commentDocs } from './comment-docs.ts';
import type { Context } from './context.ts';
import { type Doc, hardline, indent, line, softline } from './doc.ts';
import { bracketed, type Js, Level } from './js.ts';

export interface Item {
  readonly node: Node | undefined;
  readonly doc: Doc;
}

/** A literal with brackets, with the comments that stand in it. */
export function itemsWithComments(
  context: Context,
  open: '[' | '{',
  items: readonly Item[],
  isBroken: boolean,
  around: Node,
): Js {
  const close = open === '[' ? ']' : '}';
  const inside = commentDocs(context, around, 'inside');
  const parts = items.map(({ node, doc }) => ({
    doc,
    before: node ? commentDocs(context, node, 'before') : [],
    suffix: node ? commentDocs(context, node, 'suffix') : [],
    after: node ? commentDocs(context, node, 'after') : [],
  }));
  const hasComments =
    inside.length > 0 || parts.some(({ before, suffix, after }) => before.length + suffix.length + after.length > 0);
  if (!hasComments) {
    if (items.length === 0) return { doc: open + close, level: Level.primary, canHug: true, isObject: open === '{' };
    return bracketed(
      open,
      parts.map(({ doc }) => doc),
      close,
      open === '[' ? softline : line,
      isBroken,
    );
  }
  const body = parts.map(
    ({ doc, before, suffix, after }): Doc => [
      hardline,
      before.map((text) => [text, hardline]),
      doc,
      ',',
      suffix.map((text) => [' ', text]),
      after.map((text) => [hardline, text]),
    ],
  );
  const front = inside.map((text): Doc => [hardline, text]);
  return {
    doc: [open, indent([front, body]), hardline, close],
    level: Level.primary,
    canHug: true,
    isObject: open === '{',
  };
}
