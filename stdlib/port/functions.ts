import type {
  DefStatement,
  Expression,
  Identifier,
  LambdaExpression,
  NamedParameter,
  Node,
} from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import type { Context } from './context.ts';
import { typeOf } from './context.ts';
import type { Convention } from './convention.ts';
import { type Doc, group, indent, line, separated, softline, trailingComma } from './doc.ts';
import { arrow, atom, invoke, type Js, Level, within } from './js.ts';
import type { FunctionFact } from './knowledge.ts';
import { isIdentifier, objectKey, stringLiteral } from './literals.ts';
import { bare, scopeOf } from './project.ts';
import { isOnly, Kind, PLAIN } from './type.ts';
import { typescriptOf } from './typescript.ts';

/** A default that must be computed before the function: it stands in a variable. */
export interface EarlyDefault {
  readonly name: string;
  readonly value: Js;
}

export interface Parameters {
  readonly docs: readonly Doc[];
  readonly early: readonly EarlyDefault[];
  /** For `signature`: how the parameters are described. */
  readonly description: string | undefined;
  /** Statements in front of the body. */
  readonly prologue: readonly Doc[];
}

export function parametersOf(context: Context, node: DefStatement | LambdaExpression): Parameters {
  const fact = context.known.functions.get(node) as FunctionFact;
  const convention = context.conventionOf(fact);
  const early: EarlyDefault[] = [];
  const prologue: Doc[] = [];
  const defaults = new Map<string, NamedParameter>();
  for (const parameter of node.parameters)
    if (parameter.kind === 'parameter') defaults.set(parameter.name.name, parameter);
  const nameOf = (binding: Binding) => context.names.of(binding);
  const annotation = (binding: Binding, isOptional = false) =>
    context.isTypescript ? `${isOptional ? '?' : ''}: ${typescriptOf(context.known.variables.get(binding))}` : '';
  const defaultOf = (binding: Binding): Doc | undefined => {
    const value = defaults.get(binding.name)?.default;
    if (!value) return undefined;
    const js = context.expression(value);
    const isShadowed =
      bare(value).kind === 'identifier' &&
      scopeOf(node).parameters.some(({ name }) => name === (bare(value) as Identifier).name);
    if (!isShadowed && isConstant(context, value) && !(isContainer(value) && changes(node, binding)))
      return within(js, Level.assign);
    const name = context.names.free(
      `${fact.name === 'lambda' ? 'default' : fact.name}_${binding.name}`.replace(/^_+/, ''),
    );
    early.push({ name, value: js });
    return name;
  };
  const withDefault = (binding: Binding): Doc => {
    const value = defaultOf(binding);
    const type = value === undefined ? '' : annotation(binding);
    return value === undefined ? nameOf(binding) : [nameOf(binding), type, ' = ', value];
  };
  if (convention.star && (convention.kind === 'signature' ? false : isSeenStar(context, convention.star))) {
    const name = nameOf(convention.star);
    prologue.push(`${name} = ${context.names.helper('tuple')}(${name});`);
  }
  if (convention.kind === 'signature') {
    const docs = scopeOf(node).parameters.map((binding) =>
      defaults.has(binding.name) && isNamed(convention, binding) ? withDefault(binding) : nameOf(binding),
    );
    return {
      docs: docs.map((doc, index) => typed(context, doc, scopeOf(node).parameters[index] as Binding)),
      early,
      description: describe(node),
      prologue,
    };
  }
  const docs: Doc[] = convention.required.map((binding) => `${nameOf(binding)}${annotation(binding)}`);
  if (convention.kind === 'positional') {
    docs.push(...convention.optional.map(withDefault));
    if (convention.star) docs.push(`...${nameOf(convention.star)}${context.isTypescript ? ': any[]' : ''}`);
    return { docs, early, description: undefined, prologue };
  }
  if (convention.star) {
    const hasMore = convention.optional.some((binding) => convention.mustName.has(binding));
    docs.push(
      convention.starIsRest
        ? `...${nameOf(convention.star)}`
        : `${nameOf(convention.star)}${context.isTypescript ? ': any[]' : ''}${hasMore ? '' : ' = []'}`,
    );
  }
  if (convention.optional.length === 0 && convention.starStar) {
    docs.push(`${nameOf(convention.starStar)}${context.isTypescript ? ': Record<string, any>' : ''} = {}`);
  } else if (convention.optional.length > 0) docs.push(optionsPattern(context, convention, defaultOf, nameOf));
  return { docs, early, description: undefined, prologue };
}

function typed(context: Context, doc: Doc, binding: Binding): Doc {
  return context.isTypescript && typeof doc === 'string'
    ? `${doc}: ${typescriptOf(context.known.variables.get(binding))}`
    : doc;
}

function isNamed(convention: Convention, binding: Binding): boolean {
  return binding !== convention.star && binding !== convention.starStar;
}

function optionsPattern(
  context: Context,
  convention: Convention,
  defaultOf: (binding: Binding) => Doc | undefined,
  nameOf: (binding: Binding) => string,
): Doc {
  const types: string[] = [];
  const entries: Doc[] = convention.optional.map((binding) => {
    const name = nameOf(binding);
    const key =
      name === binding.name ? name : `${isIdentifier(binding.name) ? binding.name : objectKey(binding.name)}: ${name}`;
    const value = defaultOf(binding);
    types.push(
      `${objectKey(binding.name)}${value === undefined ? '' : '?'}: ${typescriptOf(context.known.variables.get(binding))}`,
    );
    return value === undefined ? key : [key, ' = ', value];
  });
  if (convention.starStar) {
    entries.push(`...${nameOf(convention.starStar)}`);
    types.push('[name: string]: any');
  }
  const allOptional = convention.mustName.size === 0;
  const type: Doc = context.isTypescript ? [': { ', types.join('; '), ' }'] : '';
  return [
    group(['{', indent([line, separated(entries, [',', line])]), convention.starStar ? '' : trailingComma, line, '}']),
    type,
    allOptional ? ' = {}' : '',
  ];
}

function describe(node: DefStatement | LambdaExpression): string {
  const words: string[] = [];
  for (const parameter of node.parameters) {
    if (parameter.kind === 'parameter') words.push(`${parameter.name.name}${parameter.default ? '?' : ''}`);
    else words.push(`${parameter.kind === '* parameter' ? '*' : '**'}${parameter.name?.name ?? ''}`);
  }
  return words.join(', ');
}

function isSeenStar(context: Context, binding: Binding): boolean {
  const site = context.known.siteOf(binding);
  return site?.kind !== 'tuple' || site.isSeen;
}

/** A default that is the same whenever it is computed. */
function isConstant(context: Context, node: Expression): boolean {
  const inner = bare(node);
  switch (inner.kind) {
    case 'string':
    case 'int':
    case 'bytes':
      return true;
    case 'float':
      return true;
    case 'identifier':
      return inner.binding?.scope === 'universal' || inner.binding?.scope === 'predeclared' || isFixed(context, inner);
    case 'unary':
      return isConstant(context, inner.operand);
    case 'list':
    case 'tuple':
      return inner.items.every((item) => isConstant(context, item));
    case 'dict':
      return inner.entries.every(({ key, value }) => isConstant(context, key) && isConstant(context, value));
    default:
      return false;
  }
}

/** A variable of the file that never changes, nor its value. */
function isFixed(context: Context, node: Identifier): boolean {
  const { binding } = node;
  if (binding?.scope !== 'global') return false;
  const isOnce = context.known.outlines.get(context.source)?.assignments.get(binding)?.length === 1;
  return isOnce && isOnly(typeOf(context, node), PLAIN & ~Kind.nothing);
}

function isContainer(node: Expression): boolean {
  const { kind } = bare(node);
  return kind === 'list' || kind === 'dict';
}

const CHANGING = new Set(['append', 'extend', 'insert', 'remove', 'pop', 'clear', 'update', 'setdefault', 'popitem']);

/** Whether a function changes what it got for a parameter, or gives it away: then all calls share the default. */
function changes(node: DefStatement | LambdaExpression, binding: Binding): boolean {
  const is = (expression: Node | undefined) => expression?.kind === 'identifier' && expression.binding === binding;
  const visit = (part: Node): boolean => {
    switch (part.kind) {
      case 'return':
        if (is(part.value)) return true;
        break;
      case 'assignment':
        if (part.target.kind === 'index' && is(part.target.object)) return true;
        if (part.operator !== '=' && is(part.target)) return true;
        break;
      case 'call':
        if (part.callee.kind === 'dot' && CHANGING.has(part.callee.name) && is(part.callee.object)) return true;
        break;
    }
    return childrenOf(part).some(visit);
  };
  return node.kind === 'lambda' ? is(node.body) || visit(node.body) : node.body.some(visit);
}

/** A function as a value. */
export function lambdaOf(context: Context, node: LambdaExpression): Js {
  const { docs, early, description, prologue } = parametersOf(context, node);
  const body = context.expression(node.body);
  let js: Js;
  if (prologue.length > 0) {
    js = { doc: ['(', separated(docs, ', '), ') => { ', prologue, ' return ', body.doc, '; }'], level: Level.assign };
  } else js = arrow(docs, body);
  if (description !== undefined) js = signed(context, description, js);
  // What a default is computed from must be what it was when the function was made.
  if (early.length > 0) {
    const names = early.map(({ name }) => name);
    js = invoke(
      arrow(names, js),
      early.map(({ value }) => value),
    );
  }
  return js;
}

export function signed(context: Context, description: string, fn: Js): Js {
  return invoke(atom(context.names.helper('signature')), [atom(stringLiteral(description), false), fn]);
}

export function parameterList(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '()';
  const last = docs.at(-1) as Doc;
  const hugs = typeof last !== 'string' && docs.length <= 4;
  if (hugs) return ['(', separated(docs, ', '), ')'];
  return group(['(', indent([softline, separated(docs, [',', line])]), trailingComma, softline, ')']);
}
