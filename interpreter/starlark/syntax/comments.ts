import type { Comment, File, Node } from './ast.ts';
import { blocksOf, childrenOf } from './children.ts';

/** What stands around a node. */
export interface Comments {
  /** Lines in front of it. */
  readonly before: Comment[];
  /** Behind it, in the line where it ends. */
  readonly suffix: Comment[];
  /** Lines behind it: it is the last one of its block or its brackets. */
  readonly after: Comment[];
  /** In front of all that it is made of, for which there is nothing else to belong to: in `[ # here`, or in empty brackets. */
  readonly inside: Comment[];
}

/**
 * Says for each comment of a file to what it belongs. A line of its own belongs to what follows in the same block or brackets, to
 * what comes before it if nothing follows; indentation tells at the end of which block a comment stands. A comment behind something
 * belongs to that.
 */
export function commentsOf(file: File): ReadonlyMap<Node | File, Comments> {
  const found = new Map<Node | File, Comments>();
  const at = (node: Node | File): Comments => {
    const known = found.get(node);
    if (known) return known;
    const made: Comments = { before: [], suffix: [], after: [], inside: [] };
    found.set(node, made);
    return made;
  };
  for (const comment of file.comments) {
    const { node, role } = placeOf(file, comment);
    at(node)[role].push(comment);
  }
  return found;
}

interface Role {
  readonly node: Node | File;
  readonly role: keyof Comments;
}

function placeOf(file: File, comment: Comment): Role {
  let around: Node | File = file;
  for (;;) {
    const { before, next, within } = neighbours(around, comment.start);
    if (within) {
      around = within;
      continue;
    }
    if (!comment.ownLine) {
      const isSameLine = before && !file.text.slice(before.end, comment.start).includes('\n');
      return isSameLine ? { node: before, role: 'suffix' } : { node: around, role: 'inside' };
    }
    if (before && endsBlock(file.text, around, before, next, comment)) {
      return { node: lastOfBlock(file.text, before, comment), role: 'after' };
    }
    if (next) return { node: next, role: 'before' };
    return before ? { node: before, role: 'after' } : { node: around, role: 'inside' };
  }
}

function neighbours(around: Node | File, offset: number): { before?: Node; next?: Node; within?: Node } {
  let before: Node | undefined;
  for (const child of childrenOf(around)) {
    if (child.start > offset) return before ? { before, next: child } : { next: child };
    if (child.end > offset) return { within: child };
    before = child;
  }
  return before ? { before } : {};
}

/** True for a comment that still belongs to a block which ends with, or inside of, `before`. */
function endsBlock(text: string, around: Node | File, before: Node, next: Node | undefined, comment: Comment): boolean {
  if (around.kind === 'if' && around.elseAt !== undefined && comment.start < around.elseAt) {
    return next === undefined || next.start >= around.elseAt;
  }
  const isStatement = blocksOf(around).some((block) => block.includes(before));
  if (!isStatement) return false;
  return !next || (blocksOf(before).length > 0 && indentation(text, comment.start) > indentation(text, before.start));
}

/** The last statement at the comment's indentation of those that end with `before`. */
function lastOfBlock(text: string, before: Node, comment: Comment): Node {
  const width = indentation(text, comment.start);
  let last = before;
  for (;;) {
    const inner = blocksOf(last).at(-1)?.at(-1);
    if (!inner || indentation(text, inner.start) > width || indentation(text, last.start) >= width) return last;
    last = inner;
  }
}

function indentation(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const blanks = /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
  return blanks.replaceAll('\t', ' '.repeat(8)).length;
}
