import type { HelperName } from '../../interpreter/starlark/helper-names.ts';
import { HELPER_NAMES } from '../../interpreter/starlark/helper-names.ts';
import type { Argument, CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { bindCall } from './bind-call.ts';
import { builtinNamed } from './builtin-facts.ts';
import { mayBeMap } from './conditions.ts';
import { type Context, help, opensLine, typeOf } from './context.ts';
import { type Item, itemsWithComments } from './items.ts';
import { atom, invoke, type Js, Level, list, member, object, within } from './js.ts';
import type { FunctionFact } from './knowledge.ts';
import { objectKey, stringLiteral } from './literals.ts';
import { methodCall } from './methods.ts';
import { bare, outsideName } from './project.ts';
import { shown, templateOf } from './text-format.ts';
import { elementOf, isOnly, isSafeInt, Kind, mayBe, PLAIN, STR, type Type } from './type.ts';

export function callOf(context: Context, call: CallExpression): Js {
  const target = context.known.targets.get(call);
  const callee = bare(call.callee);
  switch (target?.kind) {
    case 'function':
      return callFunction(context, call, target.fact);
    case 'universal':
      return universalCall(context, call, target.name);
    case 'builtin':
      return builtinCall(context, call, target.name);
    case 'method':
      if (callee.kind === 'dot') {
        // A field of a struct, a module or an unknown value may be a function.
        if (target.receiver.bits & (Kind.struct | Kind.module)) return valueCall(context, call);
        return methodCall(context, call, callee.object, target.name);
      }
  }
  return valueCall(context, call);
}

/** A call of nobody knows what. */
function valueCall(context: Context, call: CallExpression): Js {
  const hasNames = call.arguments.some(
    (argument) => argument.kind === 'named argument' || argument.kind === '** argument',
  );
  const callee = context.expression(call.callee);
  const binding =
    bare(call.callee).kind === 'identifier'
      ? (bare(call.callee) as { binding?: { scope: string; owner: unknown } }).binding
      : undefined;
  const isImported = binding !== undefined && binding.scope === 'local' && binding.owner === undefined;
  const type = typeOf(context, call.callee);
  if (!mayBe(type, Kind.function) && type.bits !== 0)
    return help(context, 'call', callee, argumentsList(context, call));
  if (!hasNames || isImported) return invoke(callee, argumentList(context, call, call.arguments));
  const { positional, named } = apart(context, call.arguments);
  return help(context, 'call', callee, list(positional), named);
}

function argumentsList(context: Context, call: CallExpression): Js {
  return list(apart(context, call.arguments).positional);
}

function apart(
  context: Context,
  args: readonly Argument[],
): { readonly positional: readonly Js[]; readonly named: Js } {
  const positional = args.filter((argument) => argument.kind !== 'named argument' && argument.kind !== '** argument');
  const named = args.filter((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
  return { positional: positional.map((argument) => passed(context, argument)), named: options(context, named, false) };
}

function passed(context: Context, argument: Argument): Js {
  switch (argument.kind) {
    case '* argument':
      return spreadItems(context, argument.value);
    case 'named argument':
    case '** argument':
      return context.expression(argument.value);
    default:
      return context.expression(argument);
  }
}

function spreadItems(context: Context, node: Expression): Js {
  const type = typeOf(context, node);
  const js = context.expression(node);
  const items = isOnly(type, Kind.list | Kind.tuple | Kind.range) ? js : help(context, 'iterate', js);
  return { doc: ['...', within(items, Level.assign)], level: Level.spread };
}

/** Keywords as one object. */
function options(context: Context, args: readonly Argument[], isBroken: boolean): Js {
  const [only] = args;
  if (args.length === 1 && only?.kind === '** argument') {
    return itemsWithComments(
      context,
      '{',
      [{ node: only, doc: ['...', within(context.expression(only.value), Level.assign)] }],
      false,
      only,
    );
  }
  const items = args.map((argument): Item => {
    if (argument.kind === 'named argument')
      return { node: argument, doc: property(context, argument.name.name, argument.value) };
    if (argument.kind === '** argument') {
      return { node: argument, doc: ['...', within(context.expression(argument.value), Level.assign)] };
    }
    return { node: argument, doc: passed(context, argument).doc };
  });
  return itemsWithComments(context, '{', items, isBroken, args[0] as Argument);
}

/** `name: value`, or just the name. */
export function property(context: Context, name: string, value: Expression): Js['doc'] {
  const js = context.expression(value);
  if (js.doc === name && name !== '__proto__') return name;
  return [objectKey(name), ': ', within(js, Level.assign)];
}

function argumentList(context: Context, call: CallExpression, args: readonly Argument[]): Js[] {
  const positional = args.filter((argument) => argument.kind !== 'named argument' && argument.kind !== '** argument');
  const named = args.filter((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
  const given = positional.map((argument) => withComments(context, argument, passed(context, argument)));
  if (named.length > 0) given.push(options(context, named, isSpread(context, call)));
  return given;
}

/** The author gave each argument a line of its own. */
function isSpread(context: Context, call: CallExpression): boolean {
  const [first] = call.arguments;
  const last = call.arguments.at(-1);
  if (!first || !last || call.arguments.length < 2) return false;
  return (
    opensLine(context, call.at, first.start) && context.source.file.text.slice(first.end, last.start).includes('\n')
  );
}

function withComments(context: Context, argument: Argument, js: Js): Js {
  void context;
  void argument;
  return js;
}

// ---- functions of the file

function callFunction(context: Context, call: CallExpression, fact: FunctionFact): Js {
  const callee = context.expression(call.callee);
  const bound = bindCall(fact.node, fact.name, call);
  if (!bound.ok) {
    context.note(call, `Tilt refuses this call: ${bound.message}`);
    return invoke(atom('fail'), [atom(stringLiteral(bound.message), false)]);
  }
  const convention = context.conventionOf(fact);
  if (convention.kind === 'signature') {
    const hasNames = call.arguments.some(
      (argument) => argument.kind === 'named argument' || argument.kind === '** argument',
    );
    if (!hasNames) return invoke(callee, argumentList(context, call, call.arguments), false);
    const { positional, named } = apart(context, call.arguments);
    return help(context, 'call', callee, list(positional), named);
  }
  const value = (expression: Expression) => context.expression(expression);
  const args: Js[] = [];
  for (const binding of convention.required) {
    const given = bound.values.get(binding);
    args.push(given ? value(given) : atom('undefined'));
  }
  if (convention.kind === 'positional') {
    for (const binding of convention.optional) {
      const given = bound.values.get(binding);
      args.push(given ? value(given) : atom('undefined'));
    }
    while (args.at(-1)?.doc === 'undefined' && args.length > convention.required.length) args.pop();
    for (const rest of bound.rest) args.push(value(rest));
    if (bound.star) args.push(spreadItems(context, bound.star));
    return invoke(callee, args, false);
  }
  if (convention.star) {
    const rest = [...bound.rest.map(value), ...(bound.star ? [spreadItems(context, bound.star)] : [])];
    if (convention.starIsRest) args.push(...rest);
    else args.push(list(rest));
  }
  const named = new Map(
    call.arguments.flatMap((argument) =>
      argument.kind === 'named argument' ? [[argument.value, argument] as const] : [],
    ),
  );
  const entries: Item[] = [];
  const add = (name: string, expression: Expression) =>
    entries.push({ node: named.get(expression), doc: property(context, name, expression) });
  // In the order in which the author gave them.
  const optional = new Set(convention.optional);
  for (const [binding, expression] of bound.values) if (optional.has(binding)) add(binding.name, expression);
  for (const [name, expression] of bound.keywords) add(name, expression);
  if (bound.starStar) entries.push({ node: undefined, doc: ['...', within(value(bound.starStar), Level.assign)] });
  if (entries.length > 0) args.push(itemsWithComments(context, '{', entries, isSpread(context, call), call));
  else while (!convention.starIsRest && args.at(-1)?.doc === '[]') args.pop();
  return invoke(callee, args, false);
}

// ---- builtins

function builtinCall(context: Context, call: CallExpression, name: string): Js {
  const callee = context.expression(call.callee);
  if (name === 'module') {
    const { positional, named } = apart(context, call.arguments);
    return help(context, 'module', ...positional, named);
  }
  if (name === 'print') return printCall(context, call, callee);
  const ownFile = ofOwnFile(context, call, name);
  if (ownFile) return ownFile;
  const schema = builtinNamed(name);
  let args = call.arguments;
  const last = args.at(-1);
  // A dict by position would be taken for keywords.
  if (
    last &&
    !/ argument$/.test(last.kind) &&
    mayBe(typeOf(context, last as Expression), Kind.dict) &&
    schema &&
    !schema.rest
  ) {
    const names = Object.keys(schema.parameters);
    const parameter = schema.parameters[names[args.length - 1] ?? ''];
    const isDict = isOnly(typeOf(context, last as Expression), Kind.dict);
    if (parameter && !parameter.required && (isDict || parameter.type.takesObject)) {
      const moved = options(context, [], false);
      void moved;
      const given = args.slice(0, -1).map((argument) => passed(context, argument));
      return invoke(callee, [
        ...given,
        object([property(context, names[args.length - 1] as string, last as Expression)]),
      ]);
    }
  }
  args = call.arguments;
  if (name === 'include' || name === 'load_dynamic') {
    const [first] = args;
    if (args.length === 1 && first?.kind === 'string')
      return invoke(callee, [atom(stringLiteral(context.specifier(first.value)), false)]);
  }
  if (name === 'k8s_yaml' && isOnly(typeOf(context, (args[0] ?? call) as Expression), Kind.dict) && !hasNamed(args)) {
    context.note(call, 'Tilt takes the keys of a dict for paths of files');
    return invoke(callee, [help(context, 'list', context.expression(args[0] as Expression))]);
  }
  const [named] = args
    .filter((argument) => argument.kind === 'named argument' || argument.kind === '** argument')
    .slice(-1);
  // A builtin changes nothing of what it gets: no copy.
  if (named?.kind === '** argument' && !args.some((argument) => argument.kind === 'named argument')) {
    return invoke(
      callee,
      args.map((argument) => passed(context, argument)),
    );
  }
  const ordered = context.isTypescript && schema ? inOrder(Object.entries(schema.parameters), args) : args;
  return invoke(callee, argumentList(context, call, ordered));
}

/** What is required stands in front: so TypeScript's declarations want it. */
function inOrder(
  parameters: readonly (readonly [string, { readonly required: boolean }])[],
  args: readonly Argument[],
): readonly Argument[] {
  const given = args.findIndex((argument) => / argument$/.test(argument.kind));
  const missing = parameters
    .slice(Math.max(0, given))
    .filter(([, { required }]) => required)
    .map(([name]) => name);
  if (given <= 0 || missing.length === 0) return args;
  const named = missing.map((name) =>
    args.find((argument) => argument.kind === 'named argument' && argument.name.name === name),
  );
  if (named.some((argument) => argument === undefined)) return args;
  const moved = named as readonly (Argument & { kind: 'named argument' })[];
  return [
    ...args.slice(0, given),
    ...moved.map(({ value }) => value),
    ...args.slice(given).filter((argument) => !moved.includes(argument as never)),
  ];
}

/** Parts of the path of the file itself, which has another name now. */
function ofOwnFile(context: Context, call: CallExpression, name: string): Js | undefined {
  const [path] = call.arguments;
  if (call.arguments.length !== 1 || !path || outsideName(path as Expression) !== '__file__') return undefined;
  if (name === 'os.path.dirname') return atom('import.meta.dirname');
  if (name === 'os.path.basename') return atom(stringLiteral(context.source.path.replace(/^.*\//, '')));
  return undefined;
}

function hasNamed(args: readonly Argument[]): boolean {
  return args.some((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
}

/** What `print` of JavaScript shows as Starlark does. */
const PRINTABLE = PLAIN | Kind.blob;

function printCall(context: Context, call: CallExpression, callee: Js): Js {
  const args = call.arguments.map((argument): Js => {
    if (/ argument$/.test(argument.kind)) return passed(context, argument);
    const node = argument as Expression;
    const js = context.expression(node);
    return isOnly(typeOf(context, node), PRINTABLE) ? js : help(context, 'str', js);
  });
  if (!hasNamed(call.arguments)) return invoke(callee, args);
  return invoke(callee, argumentList(context, call, call.arguments));
}

// ---- functions of the language

const HELPERS: ReadonlySet<string> = new Set(HELPER_NAMES);

function universalCall(context: Context, call: CallExpression, name: string): Js {
  const isPlain = call.arguments.every((argument) => !/ argument$/.test(argument.kind));
  if (isPlain) {
    const short = shortUniversal(context, name, call.arguments as readonly Expression[]);
    if (short) return short;
  }
  if (name === 'dict') {
    const short = shortDict(context, call);
    if (short) return short;
  }
  if (!HELPERS.has(name)) return invoke(context.expression(call.callee), argumentList(context, call, call.arguments));
  return help(context, name as HelperName, ...argumentList(context, call, call.arguments));
}

function shortUniversal(context: Context, name: string, args: readonly Expression[]): Js | undefined {
  const [first] = args;
  const type: Type = first ? typeOf(context, first) : STR;
  const js = () => context.expression(first as Expression);
  if (args.length === 0) {
    if (name === 'list') return list([]);
    if (name === 'dict') return object([]);
    return undefined;
  }
  if (args.length === 2 && (name === 'min' || name === 'max')) {
    const areSafe = args.every((arg) => isSafeInt(typeOf(context, arg)));
    return areSafe ? invoke(atom(`Math.${name}`), args.map(context.expression)) : undefined;
  }
  if (args.length !== 1) return undefined;
  switch (name) {
    case 'len':
      if (isOnly(type, Kind.list | Kind.tuple)) return member(js(), 'length');
      if (isOnly(type, Kind.dict) && !mayBeMap(type)) return member(invoke(atom('Object.keys'), [js()]), 'length');
      return undefined;
    case 'str': {
      if (isOnly(type, Kind.str)) return js();
      if (!isOnly(type, Kind.int | Kind.blob)) return undefined;
      const piece = shown(context, first as Expression);
      return typeof piece === 'string' ? templateOf(context, [piece]) : invoke(atom('String'), [piece]);
    }
    case 'int':
      return isOnly(type, Kind.int) ? js() : undefined;
    case 'bool': {
      const condition = context.condition(first as Expression);
      return condition.isBoolean ? condition : { ...invoke(atom('Boolean'), [condition]), isBoolean: true };
    }
    case 'list':
      if (isOnly(type, Kind.list | Kind.tuple | Kind.range))
        return list([{ doc: ['...', within(js(), Level.assign)], level: Level.spread }]);
      if (isOnly(type, Kind.dict) && !mayBeMap(type)) return invoke(atom('Object.keys'), [js()]);
      return undefined;
    case 'sorted': {
      const strings = isOnly(elementOf(type), Kind.str);
      if (!strings) return undefined;
      if (isOnly(type, Kind.list | Kind.tuple)) return invoke(member(copyOf(first as Expression, js()), 'sort'), []);
      if (isOnly(type, Kind.dict) && !mayBeMap(type))
        return invoke(member(invoke(atom('Object.keys'), [js()]), 'sort'), []);
      return undefined;
    }
    case 'reversed':
      return isOnly(type, Kind.list) ? invoke(member(copyOf(first as Expression, js()), 'reverse'), []) : undefined;
  }
  return undefined;
}

/** A list that may be sorted in place: what a call has just made needs no copy. */
function copyOf(node: Expression, js: Js): Js {
  const call = bare(node);
  const isFresh =
    call.kind === 'list' ||
    call.kind === 'comprehension' ||
    (call.kind === 'call' && call.callee.kind === 'dot' && ['keys', 'values', 'split'].includes(call.callee.name));
  return isFresh ? js : list([{ doc: ['...', within(js, Level.assign)], level: Level.spread }]);
}

/** `dict(a=1)` and `dict(other, a=1)` */
function shortDict(context: Context, call: CallExpression): Js | undefined {
  const [first] = call.arguments;
  const hasFirst = first !== undefined && !/ argument$/.test(first.kind);
  const type = hasFirst ? typeOf(context, first as Expression) : undefined;
  const named = call.arguments.slice(hasFirst ? 1 : 0);
  if (named.some((argument) => argument.kind === '* argument')) return undefined;
  const items = named.map((argument): Item => {
    if (argument.kind === 'named argument')
      return { node: argument, doc: property(context, argument.name.name, argument.value) };
    return { node: argument, doc: ['...', within(passed(context, argument), Level.assign)] };
  });
  if (!hasFirst) return itemsWithComments(context, '{', items, isSpread(context, call), call);
  if (!type || !isOnly(type, Kind.dict) || mayBeMap(type)) return undefined;
  const front: Item = { node: undefined, doc: ['...', within(context.expression(first as Expression), Level.assign)] };
  return itemsWithComments(context, '{', [front, ...items], isSpread(context, call), call);
}
