import type {
  DefStatement,
  Expression,
  File,
  LambdaExpression,
  LoadStatement,
  Node,
} from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding, FileScope, FunctionScope } from '../../interpreter/starlark/syntax/binding.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';

/** One Starlark file of a project that is ported, read and resolved. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly file: File;
  readonly scope: FileScope;
  /** Absolute paths of what it loads from files; nothing for extensions and for what could not be read. */
  readonly loads: ReadonlyMap<LoadStatement, string | undefined>;
  /** Whether this file is written anew, or stays and is only known. */
  readonly isPorted: boolean;
  readonly isMain: boolean;
  /** Other files import it, or it defines functions that only they can call. */
  readonly isImported: boolean;
}

export type FunctionNode = DefStatement | LambdaExpression;

/** What is known of a file by looking at it once. */
export interface Outline {
  /** Everything that gives a variable a value: assignments and their like, `def`, `for`, `load`, parameters. */
  readonly assignments: ReadonlyMap<Binding, readonly Node[]>;
  /** Functions in the order of the text. */
  readonly functions: readonly FunctionNode[];
  /** The function in which a node stands, for functions. */
  readonly parents: ReadonlyMap<FunctionNode, FunctionNode | undefined>;
}

export function outlineOf(file: File): Outline {
  const assignments = new Map<Binding, Node[]>();
  const functions: FunctionNode[] = [];
  const parents = new Map<FunctionNode, FunctionNode | undefined>();
  const assign = (target: Expression, by: Node): void => {
    switch (target.kind) {
      case 'identifier':
        if (target.binding) assignments.set(target.binding, [...(assignments.get(target.binding) ?? []), by]);
        return;
      case 'paren':
        assign(target.inner, by);
        return;
      case 'tuple':
      case 'list':
        for (const item of target.items) assign(item, by);
    }
  };
  const visit = (node: Node | File, around: FunctionNode | undefined): void => {
    let inner = around;
    switch (node.kind) {
      case 'def':
      case 'lambda':
        if (node.kind === 'def') assign(node.name, node);
        functions.push(node);
        parents.set(node, around);
        inner = node;
        break;
      case 'assignment':
      case 'for':
      case 'for clause':
        assign(node.target, node);
        break;
      case 'load':
        for (const symbol of node.symbols) assign(symbol.local, node);
        break;
    }
    for (const child of childrenOf(node)) visit(child, inner);
  };
  visit(file, undefined);
  return { assignments, functions, parents };
}

/** Whether a file defines a function for others: it does not use it itself. */
export function isForOthers(file: File): boolean {
  const used = new Set<Binding>();
  const visit = (node: Node | File): void => {
    for (const child of childrenOf(node)) {
      if (child.kind === 'identifier' && child.binding && !(node.kind === 'def' && child === node.name))
        used.add(child.binding);
      visit(child);
    }
  };
  visit(file);
  return file.statements.some(
    (statement) =>
      statement.kind === 'def' &&
      !statement.name.name.startsWith('_') &&
      statement.name.binding !== undefined &&
      !used.has(statement.name.binding),
  );
}

export function scopeOf(node: FunctionNode): FunctionScope {
  if (!node.scope) throw new Error('a function was not resolved');
  return node.scope;
}

/** Parentheses mean nothing. */
export function bare(expression: Expression): Expression {
  return expression.kind === 'paren' ? bare(expression.inner) : expression;
}

/** The text that `type(x)` is compared with: `'list'`, or `type([])` for it. */
export function typeNameOf(node: Expression): string | undefined {
  const inner = bare(node);
  if (inner.kind === 'string') return inner.value;
  if (inner.kind !== 'call' || outsideName(inner.callee) !== 'type' || inner.arguments.length !== 1) return undefined;
  const [sample] = inner.arguments;
  switch (sample?.kind) {
    case 'string':
    case 'list':
    case 'dict':
    case 'int':
    case 'float':
      return sample.kind;
    case 'identifier':
      if (sample.binding?.scope !== 'universal') return undefined;
      return sample.name === 'None'
        ? 'NoneType'
        : sample.name === 'True' || sample.name === 'False'
          ? 'bool'
          : undefined;
    default:
      return undefined;
  }
}

/** Names in the order of the text that a target gives values. */
export function namesIn(target: Expression): readonly Binding[] {
  switch (target.kind) {
    case 'identifier':
      return target.binding ? [target.binding] : [];
    case 'paren':
      return namesIn(target.inner);
    case 'tuple':
    case 'list':
      return target.items.flatMap(namesIn);
    default:
      return [];
  }
}

/** `os.path.join` of names and dots alone, beginning with a name that the file did not define. */
export function outsideName(expression: Expression): string | undefined {
  if (expression.kind === 'identifier') {
    const scope = expression.binding?.scope;
    return scope === 'predeclared' || scope === 'universal' ? expression.name : undefined;
  }
  if (expression.kind !== 'dot') return undefined;
  const front = outsideName(expression.object);
  return front === undefined ? undefined : `${front}.${expression.name}`;
}
