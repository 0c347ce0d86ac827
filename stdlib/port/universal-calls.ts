import { HELPER_NAMES, type HelperName } from '../../interpreter/starlark/helper-names.ts';
import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { argumentList, isSpread, passed, property } from './call-arguments.ts';
import { mayBeMap } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import { type Item, itemsWithComments } from './items.ts';
import { atom, invoke, type Js, Level, list, member, object, within } from './js.ts';
import { bare } from './project.ts';
import { shown, templateOf } from './text-format.ts';
import { elementOf, isOnly, isSafeInt, Kind, STR, type Type } from './type.ts';

const HELPERS: ReadonlySet<string> = new Set(HELPER_NAMES);

export function universalCall(context: Context, call: CallExpression, name: string): Js {
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
      return typeof piece === 'string' ? templateOf([piece]) : invoke(atom('String'), [piece]);
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
