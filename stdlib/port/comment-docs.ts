import type { Comment, File, Node } from '../../interpreter/starlark/syntax/ast.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import type { Comments } from '../../interpreter/starlark/syntax/comments.ts';
import type { Context } from './context.ts';

/** The comments that belong to a node, as JavaScript writes them; each is written once. */
export function commentDocs(context: Context, node: Node | File, role: keyof Comments): string[] {
  const comments = context.comments.get(node)?.[role] ?? [];
  return take(context, comments);
}

function take(context: Context, comments: readonly Comment[]): string[] {
  return comments
    .filter((comment) => !context.written.has(comment))
    .map((comment) => {
      context.written.add(comment);
      return commentText(comment.text);
    });
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
