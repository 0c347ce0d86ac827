import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { bindCall } from './bind-call.ts';
import { returnsOf } from './builtin-facts.ts';
import { foreignSequence } from './foreign-types.ts';
import type { FunctionFact, Knowledge } from './knowledge.ts';
import { typeOfMethod } from './method-types.ts';
import { bare, outsideName } from './project.ts';
import {
  BOOL,
  BYTES,
  COUNT,
  elementOf,
  FLOAT,
  INT,
  intType,
  isOnly,
  join,
  joinAll,
  Kind,
  NONE,
  NOTHING,
  RANGE,
  STR,
  siteType,
  type Type,
  UNKNOWN,
  valuesOf,
} from './type.ts';

type Environment = Map<Binding, Type>;
type Evaluate = (expression: Expression, environment: Environment) => Type;

/** What a call answers; on the way it becomes known what the function gets. */
export function evaluateCall(
  known: Knowledge,
  call: CallExpression,
  env: Environment,
  evaluate: Evaluate,
  isFunctionName: (callee: Expression) => boolean,
): Type {
  const of = (expression: Expression) => evaluate(expression, env);
  const callee = bare(call.callee);
  if (callee.kind === 'identifier' && isFunctionName(callee)) {
    const fact = known.definitionOf(callee.binding) as FunctionFact;
    known.targets.set(call, { kind: 'function', fact });
    fact.calls.add(call);
    passArguments(known, fact, call, of);
    return fact.returns;
  }
  const outside = outsideName(callee);
  const front = outside?.slice(0, Math.max(0, outside.lastIndexOf('.'))) ?? '';
  const isMethodOfValue = outside === undefined || (front !== '' && !MODULES.has(front));
  if (!isMethodOfValue) return callOutside(known, call, outside, of);
  if (callee.kind === 'dot') return callMethod(known, call, callee.object, callee.name, of);
  const fn = of(callee);
  known.targets.set(call, { kind: 'value' });
  known.see(fn);
  for (const argument of call.arguments)
    known.see(of('value' in argument && 'name' in argument ? argument.value : valueOfArgument(argument)));
  if (fn.bits & Kind.unknown || fn.sites.some((site) => site.kind !== 'function')) return UNKNOWN;
  if (fn.sites.length === 0) return fn.bits === 0 ? fn : UNKNOWN;
  return joinAll(
    fn.sites.map((site) => (site.kind === 'function' ? (known.functions.get(site.node)?.returns ?? UNKNOWN) : UNKNOWN)),
  );
}

/** Objects whose members are functions, where others have methods. */
export const MODULES: ReadonlySet<string> = new Set(['os', 'sys', 'config', 'shlex', 'v1alpha1', 'os.path']);

type ArgumentNode = CallExpression['arguments'][number];

function valueOfArgument(argument: ArgumentNode): Expression {
  switch (argument.kind) {
    case 'named argument':
    case '* argument':
    case '** argument':
      return argument.value;
    default:
      return argument;
  }
}

/** Parameters get the types of what is passed for them. */
function passArguments(
  known: Knowledge,
  fact: FunctionFact,
  call: CallExpression,
  of: (expression: Expression) => Type,
): void {
  for (const argument of call.arguments) of(valueOfArgument(argument));
  const bound = bindCall(fact.node, fact.name, call);
  if (!bound.ok) return;
  for (const [binding, expression] of bound.values) known.addToVariable(binding, known.typeOf(expression));
  const { star, starStar } = fact.scope;
  if (star) {
    const site = known.sequence(star, 'tuple');
    for (const expression of bound.rest) known.addToElement(site, known.typeOf(expression));
    if (bound.star) known.addToElement(site, elementOf(known.typeOf(bound.star)));
  }
  if (starStar) {
    const site = known.dict(starStar);
    for (const [, expression] of bound.keywords) known.addToDict(site, STR, known.typeOf(expression));
    if (bound.starStar) known.addToDict(site, STR, valuesOf(known.typeOf(bound.starStar)));
  }
  // What `*` and `**` bring can be for any parameter.
  if (bound.star || bound.starStar) {
    const rest = join(
      bound.star ? elementOf(known.typeOf(bound.star)) : NONE,
      bound.starStar ? valuesOf(known.typeOf(bound.starStar)) : NONE,
    );
    for (const binding of fact.scope.parameters) {
      if (binding !== star && binding !== starStar && !bound.values.has(binding))
        known.addToVariable(binding, rest.bits === Kind.none ? UNKNOWN : rest);
    }
  }
}

function callOutside(known: Knowledge, call: CallExpression, name: string, of: (expression: Expression) => Type): Type {
  const callee = bare(call.callee);
  const isUniversal =
    callee.kind === 'identifier' && callee.binding?.scope === 'universal' && name !== 'fail' && name !== 'print';
  of(callee);
  known.targets.set(call, { kind: isUniversal ? 'universal' : 'builtin', name });
  const types = call.arguments.map((argument) => of(valueOfArgument(argument)));
  if (isUniversal) return universal(known, call, name, types);
  if (name === 'struct' || name === 'module') {
    const site = known.struct(call);
    for (const argument of call.arguments) {
      if (argument.kind === 'named argument')
        known.addToEntry(site.fields, argument.name.name, known.typeOf(argument.value));
    }
    for (const type of types) seeFunctions(known, type);
    const isOpen = name === 'module' || call.arguments.some((argument) => argument.kind !== 'named argument');
    return isOpen ? UNKNOWN : siteType(site);
  }
  if (name === 'print') for (const type of types) known.see(type);
  else for (const type of types) seeFunctions(known, type);
  const [, absent] = types;
  // With a default it is always a text.
  if (name === 'os.getenv' && absent && isOnly(absent, Kind.str)) return STR;
  return returnsOf(name);
}

function seeFunctions(known: Knowledge, type: Type): void {
  if (type.sites.some((site) => site.kind === 'function'))
    known.see({ ...type, sites: type.sites.filter((site) => site.kind === 'function') });
}

function callMethod(
  known: Knowledge,
  call: CallExpression,
  object: Expression,
  name: string,
  of: (expression: Expression) => Type,
): Type {
  const receiver = of(object);
  const types = call.arguments.map((argument) => of(valueOfArgument(argument)));
  if (receiver.bits & (Kind.struct | Kind.other) || isOnly(receiver, Kind.module)) {
    for (const type of types) known.see(type);
    known.targets.set(call, { kind: 'method', name, receiver });
    return UNKNOWN;
  }
  known.targets.set(call, { kind: 'method', name, receiver });
  if (name === 'format') for (const type of types) known.see(type);
  if (mayBeDict(receiver) && ['get', 'pop', 'setdefault'].includes(name))
    for (const type of types.slice(0, 1)) known.see(type);
  if (name === 'index' || name === 'remove' || name === 'count') {
    known.see(receiver);
    for (const type of types) known.see(type);
  }
  return typeOfMethod(known, call, receiver, name, types, call.arguments.map(valueOfArgument));
}

const mayBeDict = (type: Type) => (type.bits & (Kind.dict | Kind.unknown)) !== 0;

/** What the functions of the language answer. */
function universal(known: Knowledge, call: CallExpression, name: string, args: readonly Type[]): Type {
  const [first = NONE] = args;
  const list = (element: Type) => {
    const site = known.sequence(call, 'list');
    known.addToElement(site, element);
    return siteType(site);
  };
  const pairs = (front: Type, back: Type) => {
    const site = known.sequence(call, 'list');
    const pair = known.sequence(site, 'tuple', 2);
    known.addToItem(pair, 0, front);
    known.addToItem(pair, 1, back);
    known.addToElement(site, siteType(pair));
    return siteType(site);
  };
  switch (name) {
    case 'str':
    case 'repr':
    case 'type':
      known.see(first);
      return STR;
    case 'chr':
      return STR;
    case 'len':
      return COUNT;
    case 'ord':
      return intType(0, 0x10ffff);
    case 'int':
      return isOnly(first, Kind.int) || isOnly(first, Kind.bool)
        ? first.bits === Kind.int
          ? first
          : intType(0, 1)
        : INT;
    case 'hash':
      return INT;
    case 'abs':
      return isOnly(first, Kind.int) ? intType(0, Math.max(Math.abs(first.low), Math.abs(first.high))) : UNKNOWN;
    case 'float':
      return FLOAT;
    case 'bool':
    case 'all':
    case 'any':
    case 'hasattr':
      return BOOL;
    case 'bytes':
      return BYTES;
    case 'range':
      return rangeOf(args);
    case 'list':
    case 'reversed':
      return list(args.length > 0 ? elementOf(first) : { ...NONE, bits: 0 });
    case 'sorted':
      for (const type of args.slice(1)) known.see(type);
      return list(elementOf(first));
    case 'tuple': {
      const site = known.sequence(call, 'tuple');
      known.addToElement(site, elementOf(first));
      return siteType(site);
    }
    case 'enumerate':
      return pairs(COUNT, elementOf(first));
    case 'zip':
      return args.length === 2
        ? pairs(elementOf(first), elementOf(args[1] ?? NONE))
        : foreignSequence('list', foreignSequence('tuple', joinAll(args.map(elementOf))));
    case 'dict': {
      const site = known.dict(call);
      call.arguments.forEach((argument, index) => {
        const type = args[index] as Type;
        if (argument.kind === 'named argument') {
          known.addToDict(site, STR, type);
          known.addToEntry(site.entries, argument.name.name, type);
        } else if (isOnly(type, Kind.dict)) {
          for (const part of type.sites) {
            if (part.kind !== 'dict') continue;
            known.addToDict(site, part.key, part.value);
            if (type.sites.length === 1)
              for (const [key, value] of part.entries) known.addToEntry(site.entries, key, value);
          }
        } else {
          // A list of pairs.
          const pair = elementOf(type);
          const [key, value] = [0, 1].map((at) =>
            pair.bits & Kind.unknown
              ? UNKNOWN
              : joinAll(
                  pair.sites.map((part) =>
                    part.kind === 'tuple' && part.items ? (part.items[at] as Type) : elementOf(siteType(part)),
                  ),
                ),
          );
          known.addToDict(site, argument.kind === '** argument' ? STR : (key as Type), value as Type);
        }
      });
      return siteType(site);
    }
    case 'set': {
      const site = known.sequence(call, 'set');
      if (args.length > 0) known.addToElement(site, elementOf(first));
      known.see(elementOf(first));
      return siteType(site);
    }
    case 'min':
    case 'max':
      for (const type of args) known.see(type);
      return args.length === 1
        ? elementOf(first)
        : joinAll(args.filter((_, index) => call.arguments[index]?.kind !== 'named argument'));
    case 'dir':
      return foreignSequence('list', STR);
    case 'getattr':
      for (const type of args) known.see(type);
      return UNKNOWN;
  }
  for (const type of args) known.see(type);
  return name === 'fail' ? NOTHING : UNKNOWN;
}

/** The numbers that a range may have. */
function rangeOf(args: readonly Type[]): Type {
  const [first, second] = args;
  if (!first || !isOnly(first, Kind.int) || (second && !isOnly(second, Kind.int))) return RANGE;
  const [low, high] = second
    ? [Math.min(first.low, second.low), Math.max(first.high, second.high)]
    : [Math.min(0, first.low), first.high];
  return { ...RANGE, low, high: Math.max(low, high) };
}
