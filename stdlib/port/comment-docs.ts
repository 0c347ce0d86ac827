import type { Comment, File, Node } from '../../interpreter/starlark/syntax/ast.ts';
import { blocksOf, childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import type { Comments } from '../../interpreter/starlark/syntax/comments.ts';
import type { Context } from './context.ts';

/** The comments that belong to a node, as JavaScript writes them; each is written once. */
export function commentDocs(context: Context, node: Node | File, role: keyof Comments): string[] {
  const comments = context.comments.get(node)?.[role] ?? [];
  return take(context, comments);
}

/** A comment in the line in which a block ends belongs to the last statement of the block. */
export function inInnermost(
  file: File,
  comments: ReadonlyMap<Node | File, Comments>,
): ReadonlyMap<Node | File, Comments> {
  const moved = new Map(comments);
  const visit = (node: Node | File): void => {
    const own = moved.get(node);
    const last = blocksOf(node).at(-1)?.at(-1);
    if (node.kind !== 'file' && own && last && own.suffix.length > 0) {
      const inner = moved.get(last) ?? { before: [], suffix: [], after: [], inside: [] };
      moved.set(last, { ...inner, suffix: [...inner.suffix, ...own.suffix] });
      moved.set(node, { ...own, suffix: [] });
    }
    for (const block of blocksOf(node)) for (const statement of block) visit(statement);
  };
  visit(file);
  return moved;
}

function take(context: Context, comments: readonly Comment[]): string[] {
  return comments
    .filter((comment) => !context.written.has(comment) && !isModeLine(comment))
    .map((comment) => {
      context.written.add(comment);
      return commentText(comment.text);
    });
}

/** `-*- mode: Python -*-` is for editors, and not true any more. */
function isModeLine({ start, text }: Comment): boolean {
  return start < 200 && /-\*-.*python/i.test(text);
}

export function commentText(text: string): string {
  const words = text.replace(/^#/, '').trimEnd();
  if (text.startsWith('#!')) return `//${words}`;
  return `//${words === '' || /^[\s/]/.test(words) ? words : ` ${words}`}`;
}

/** Comments somewhere inside of a node that found no place of their own. `skip` are parts that see to their own. */
export function leftovers(context: Context, node: Node, skip: readonly (readonly Node[])[]): string[] {
  const found: string[] = [];
  const visit = (part: Node, isOuter: boolean): void => {
    const own = context.comments.get(part);
    if (own && !isOuter) found.push(...take(context, [...own.before, ...own.inside, ...own.suffix, ...own.after]));
    else if (own) found.push(...take(context, own.inside));
    for (const child of childrenOf(part)) if (!skip.some((block) => block.includes(child))) visit(child, false);
  };
  visit(node, true);
  return found;
}
