import type { Expression, File, Node, Statement } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding, FunctionScope } from '../../interpreter/starlark/syntax/binding.ts';
import { blocksOf, childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import { namesIn, scopeOf } from './project.ts';

/** Where the variables of a file are declared. */
export interface Declarations {
  /** Names that a statement declares itself, and how. */
  readonly byStatement: ReadonlyMap<Statement, ReadonlyMap<Binding, 'const' | 'let'>>;
  /** Names that are declared before a statement. */
  readonly before: ReadonlyMap<Statement, readonly Binding[]>;
}

type Block = readonly Statement[];

interface Step {
  readonly block: Block;
  readonly statement: Statement | undefined;
  readonly index: number;
  readonly isLoop: boolean;
}

interface Occurrence {
  readonly path: readonly Step[];
  readonly writes: Statement | undefined;
  readonly isInner: boolean;
  readonly order: number;
}

/** Decides it: as near to the first use as can be, as `const` where nothing changes. */
export function declare(file: File, exported: ReadonlySet<Binding>): Declarations {
  const byStatement = new Map<Statement, Map<Binding, 'const' | 'let'>>();
  const before = new Map<Statement, Binding[]>();
  for (const [binding, occurrences] of collect(file)) {
    for (const part of apart(binding, occurrences, exported.has(binding))) settle(binding, part);
  }
  settleTargets(byStatement, before, file);
  return { byStatement, before };

  function settle(binding: Binding, occurrences: readonly Occurrence[]): void {
    const place = placeOf(binding, occurrences, exported.has(binding));
    if (place.kind === 'here') {
      const known = byStatement.get(place.statement) ?? new Map();
      byStatement.set(place.statement, known.set(binding, place.word));
    } else if (place.kind === 'before') before.set(place.statement, [...(before.get(place.statement) ?? []), binding]);
  }
}

/**
 * A variable that is used in several places which have nothing to do with each other, such as that of two loops one after the other, is
 * several variables: in each place it gets a value before anything else.
 */
function apart(
  binding: Binding,
  occurrences: readonly Occurrence[],
  isExported: boolean,
): readonly (readonly Occurrence[])[] {
  const whole = [occurrences];
  if (isExported || occurrences.some((occurrence) => occurrence.isInner || occurrence.writes?.kind === 'load'))
    return whole;
  if (binding.owner?.parameters.includes(binding)) return whole;
  const start = ownerDepth(occurrences[0]?.path ?? [], binding);
  const blocks = new Set(
    occurrences.flatMap(({ writes, path }) => (writes && path.length > start + 1 ? [path.at(-1)?.block] : [])),
  );
  const parts = new Map<Block | undefined, Occurrence[]>();
  for (const occurrence of occurrences) {
    const step = occurrence.path.slice(start + 1).find(({ block }) => blocks.has(block));
    if (!step) return whole;
    parts.set(step.block, [...(parts.get(step.block) ?? []), occurrence]);
  }
  for (const [block, part] of parts) {
    const [first] = part;
    const isPlain =
      first?.writes?.kind === 'for' || (first?.writes?.kind === 'assignment' && first.writes.operator === '=');
    if (!isPlain || first?.path.at(-1)?.block !== block) return whole;
  }
  return [...parts.values()];
}

/** Names that one statement takes apart are declared all together or not at all. */
function settleTargets(
  byStatement: Map<Statement, Map<Binding, 'const' | 'let'>>,
  before: Map<Statement, Binding[]>,
  _file: File,
): void {
  for (const [statement, names] of byStatement) {
    if (statement.kind !== 'assignment' && statement.kind !== 'for') continue;
    const all = namesIn(statement.target);
    if (all.length === names.size && statement.target.kind !== 'index') {
      const isChanged = [...names.values()].includes('let');
      if (isChanged) for (const name of names.keys()) names.set(name, 'let');
      if (hasOnlyNames(statement.target)) continue;
    }
    byStatement.delete(statement);
    before.set(statement, [...(before.get(statement) ?? []), ...names.keys()]);
  }
}

function hasOnlyNames(target: Expression): boolean {
  if (target.kind === 'identifier') return true;
  if (target.kind === 'paren') return hasOnlyNames(target.inner);
  return (target.kind === 'tuple' || target.kind === 'list') && target.items.every(hasOnlyNames);
}

function collect(file: File): Map<Binding, Occurrence[]> {
  const found = new Map<Binding, Occurrence[]>();
  let order = 0;
  const add = (
    binding: Binding | undefined,
    path: readonly Step[],
    writes: Statement | undefined,
    func: FunctionScope | undefined,
  ) => {
    if (!binding || binding.inComprehension || binding.scope === 'predeclared' || binding.scope === 'universal') return;
    const known = found.get(binding) ?? [];
    found.set(binding, known);
    known.push({ path, writes, isInner: func !== binding.owner, order: order++ });
  };
  const expression = (node: Node, path: readonly Step[], func: FunctionScope | undefined): void => {
    if (node.kind === 'identifier') {
      add(node.binding, path, undefined, func);
      return;
    }
    if (node.kind === 'lambda') {
      for (const parameter of node.parameters)
        if (parameter.kind === 'parameter' && parameter.default) expression(parameter.default, path, func);
      expression(node.body, path, scopeOf(node));
      return;
    }
    for (const child of childrenOf(node)) {
      if (node.kind === 'named argument' && child === node.name) continue;
      expression(child, path, func);
    }
  };
  const target = (node: Expression, path: readonly Step[], by: Statement, func: FunctionScope | undefined): void => {
    if (node.kind === 'identifier') add(node.binding, path, by, func);
    else if (node.kind === 'paren') target(node.inner, path, by, func);
    else if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) target(item, path, by, func);
    else expression(node, path, func);
  };
  const block = (statements: Block, path: readonly Step[], func: FunctionScope | undefined, isLoop: boolean): void => {
    statements.forEach((statement, index) => {
      const here = [...path, { block: statements, statement, index, isLoop }];
      switch (statement.kind) {
        case 'assignment':
          expression(statement.value, here, func);
          if (statement.operator !== '=') expression(statement.target, here, func);
          target(statement.target, here, statement, func);
          return;
        case 'for':
          expression(statement.iterable, here, func);
          target(
            statement.target,
            [...here, { block: statement.body, statement: undefined, index: -1, isLoop: true }],
            statement,
            func,
          );
          block(statement.body, here, func, true);
          return;
        case 'while':
          expression(statement.condition, here, func);
          block(statement.body, here, func, true);
          return;
        case 'def':
          add(statement.name.binding, here, statement, func);
          for (const parameter of statement.parameters)
            if (parameter.kind === 'parameter' && parameter.default) expression(parameter.default, here, func);
          block(statement.body, here, scopeOf(statement), false);
          return;
        case 'load':
          for (const symbol of statement.symbols) add(symbol.local.binding, here, statement, func);
          return;
        default: {
          const blocks = blocksOf(statement);
          for (const child of childrenOf(statement))
            if (!blocks.some((inner) => inner.includes(child))) expression(child, here, func);
          for (const inner of blocks) block(inner as Block, here, func, false);
        }
      }
    });
  };
  block(file.statements, [], undefined, false);
  return found;
}

type Place =
  | { readonly kind: 'here'; readonly statement: Statement; readonly word: 'const' | 'let' }
  | { readonly kind: 'before'; readonly statement: Statement }
  | { readonly kind: 'nowhere' };

function placeOf(binding: Binding, occurrences: readonly Occurrence[], isExported: boolean): Place {
  if (binding.owner?.parameters.includes(binding)) return { kind: 'nowhere' };
  const writes = occurrences.filter((occurrence) => occurrence.writes);
  const [first] = writes;
  if (!first?.writes) return { kind: 'nowhere' };
  if (first.writes.kind === 'load') return { kind: 'nowhere' };
  // Only at the top of a file can something be exported.
  const depth = isExported ? 1 : commonDepth(occurrences.map((occurrence) => occurrence.path));
  const path = first.path;
  const inLoop = path.slice(ownerDepth(path, binding), depth).some((step) => step.isLoop);
  const isCaptured = occurrences.some((occurrence) => occurrence.isInner);
  const isDirect = path.length === depth;
  const isFirst = occurrences.every((occurrence) => occurrence.order >= first.order || occurrence.isInner);
  const word = writes.length === 1 ? 'const' : 'let';
  const statement = first.writes;
  const canDeclare =
    (statement.kind === 'assignment' && statement.operator === '=') ||
    statement.kind === 'for' ||
    statement.kind === 'def';
  if (canDeclare && isDirect && isFirst && !(inLoop && isCaptured)) {
    if (statement.kind !== 'for' || path.at(-1)?.index === -1) return { kind: 'here', statement, word };
  }
  // Outside of all loops: a variable keeps its value from one round to the next.
  let at = depth - 1;
  const start = ownerDepth(path, binding);
  for (let step = start; step < depth; step++) {
    if (!path[step]?.isLoop) continue;
    at = step - 1;
    break;
  }
  at = Math.max(at, start);
  const block = path[at]?.block;
  const indexes = occurrences.map((occurrence) => occurrence.path[at]).filter((step) => step?.block === block);
  const earliest = indexes.reduce(
    (best, step) => (step && best && step.index >= 0 && step.index < best.index ? step : best),
    path[at],
  );
  return earliest?.statement
    ? { kind: 'before', statement: earliest.statement }
    : { kind: 'before', statement: first.writes };
}

/** The step of the path at which the function begins whose variable it is. */
function ownerDepth(path: readonly Step[], binding: Binding): number {
  if (!binding.owner) return 0;
  const { start } = binding.owner;
  const at = path.findIndex((step) => step.statement?.kind === 'def' && step.statement.start === start);
  return at + 1;
}

/** How many steps the paths have in common, counting a step as the block that it is in. */
function commonDepth(paths: readonly (readonly Step[])[]): number {
  let depth = 0;
  for (;;) {
    const block = paths[0]?.[depth]?.block;
    if (!block || !paths.every((path) => path[depth]?.block === block)) return depth;
    depth += 1;
    const statement = paths[0]?.[depth - 1]?.statement;
    if (!paths.every((path) => path[depth - 1]?.statement === statement)) return depth;
  }
}
