import type {
  BinaryExpression,
  CallExpression,
  DotExpression,
  Expression,
  IfStatement,
  IndexExpression,
  SliceExpression,
} from './ast.ts';

/** An expression that begins with another one. */
export type Link = BinaryExpression | DotExpression | IndexExpression | SliceExpression | CallExpression;

export interface Spine {
  readonly leaf: Expression;
  /** From the innermost, which begins with the leaf, to the whole expression. */
  readonly links: readonly Link[];
}

/**
 * A chain such as `a + b + c` or `a.b().c()`, which is as deep a tree as it is long, as a list: so long ones need no deep recursion.
 */
export function spineOf(expression: Expression): Spine {
  const links: Link[] = [];
  let leaf = expression;
  for (;;) {
    switch (leaf.kind) {
      case 'binary':
        links.push(leaf);
        leaf = leaf.left;
        continue;
      case 'dot':
      case 'index':
      case 'slice':
        links.push(leaf);
        leaf = leaf.object;
        continue;
      case 'call':
        links.push(leaf);
        leaf = leaf.callee;
        continue;
      default:
        return { leaf, links: links.reverse() };
    }
  }
}

/** The next part of a chain of `elif`s. */
export function elifOf({ otherwise: [next], elseAt }: IfStatement): IfStatement | undefined {
  return next?.kind === 'if' && next.start === elseAt ? next : undefined;
}
