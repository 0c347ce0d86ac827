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
  while (isLink(leaf)) {
    links.push(leaf);
    leaf = beginningOf(leaf);
  }
  return { leaf, links: links.reverse() };
}

export function isLink(expression: Expression): expression is Link {
  switch (expression.kind) {
    case 'binary':
    case 'dot':
    case 'index':
    case 'slice':
    case 'call':
      return true;
    default:
      return false;
  }
}

/** What a link begins with. */
export function beginningOf(link: Link): Expression {
  switch (link.kind) {
    case 'binary':
      return link.left;
    case 'call':
      return link.callee;
    default:
      return link.object;
  }
}

/** The next part of a chain of `elif`s. */
export function elifOf({ otherwise: [next], elseAt }: IfStatement): IfStatement | undefined {
  return next?.kind === 'if' && next.start === elseAt ? next : undefined;
}
