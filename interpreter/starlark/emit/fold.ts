import type { BinaryExpression, BytesLiteral, Expression, StringLiteral } from '../syntax/ast.ts';
import type { Link, Spine } from '../syntax/spine.ts';
import { withoutParentheses } from './writer.ts';

/**
 * Joins neighbouring literals of a sum, as go.starlark.net does when it compiles: that is the only way in which bytes can be added.
 */
export function foldLiterals({ leaf, links }: Spine): Spine {
  if (!links.some(isSum)) return { leaf, links };
  let first = leaf;
  const folded: Link[] = [];
  for (const link of links) {
    const last = folded.at(-1);
    if (isSum(link) && !last) {
      const sum = joined(first, link.right);
      if (sum) {
        first = sum;
        continue;
      }
    } else if (isSum(link) && last && isSum(last)) {
      const right = joined(last.right, link.right);
      if (right) {
        folded[folded.length - 1] = { ...last, right, end: link.end };
        continue;
      }
    }
    folded.push(link);
  }
  return { leaf: first, links: folded };
}

export function isSum(link: Link): link is BinaryExpression {
  return link.kind === 'binary' && link.operator === '+';
}

function joined(left: Expression, right: Expression): StringLiteral | BytesLiteral | undefined {
  const one = withoutParentheses(left);
  const other = withoutParentheses(right);
  const { start } = left;
  const { end } = right;
  if (one.kind === 'string' && other.kind === 'string') {
    return { kind: 'string', start, end, value: one.value + other.value };
  }
  if (one.kind === 'bytes' && other.kind === 'bytes') {
    return { kind: 'bytes', start, end, value: Uint8Array.from([...one.value, ...other.value]) };
  }
  return undefined;
}
