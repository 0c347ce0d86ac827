import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { mayBeMap } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import { atom, binary, invoke, type Js, keyed, Level, member, object, within } from './js.ts';
import { isIdentifier, isInherited, objectKey, stringLiteral } from './literals.ts';
import { ownerOf } from './method-types.ts';
import { bare, outsideName } from './project.ts';
import { formatCall } from './text-format.ts';
import { elementOf, isOnly, Kind } from './type.ts';

/** A call of a method. */
export function methodCall(context: Context, call: CallExpression, object: Expression, name: string): Js {
  const hasOnlyPositions = call.arguments.every((argument) => !/ argument$/.test(argument.kind));
  if (name === 'format' && mayBeText(context, object)) return formatCall(context, call, object);
  const args = call.arguments as readonly Expression[];
  if (hasOnlyPositions) {
    const isChange = ['append', 'extend', 'update'].includes(name);
    const short = isChange && !context.discarded.has(call) ? undefined : shortForm(context, object, name, args);
    if (short) return short;
  }
  return general(context, call, object, name);
}

function mayBeText(context: Context, object: Expression): boolean {
  return isOnly(typeOf(context, object), Kind.str);
}

function general(context: Context, call: CallExpression, object: Expression, name: string): Js {
  const positional: Js[] = [];
  const named: Js['doc'][] = [];
  for (const argument of call.arguments) {
    switch (argument.kind) {
      case 'named argument':
        named.push([objectKey(argument.name.name), ': ', context.expression(argument.value).doc]);
        break;
      case '* argument':
        positional.push({
          doc: ['...', within(context.expression(argument.value), Level.assign)],
          level: Level.spread,
        });
        break;
      case '** argument':
        named.push(['...', within(context.expression(argument.value), Level.assign)]);
        break;
      default:
        positional.push(context.expression(argument));
    }
  }
  if (
    named.length > 0 &&
    isOnly(typeOf(context, object), Kind.dict) &&
    name === 'update' &&
    context.discarded.has(call)
  ) {
    return invoke(atom('Object.assign'), [context.expression(object), ...positional, { ...objectOf(named) }]);
  }
  if (call.arguments.length === 0 && (name === 'items' || name === 'keys' || name === 'values')) {
    return help(context, name, context.expression(object));
  }
  if (named.length > 0) positional.push(objectOf(named));
  return help(context, 'method', context.expression(object), atom(stringLiteral(name)), ...positional);
}

function objectOf(entries: readonly Js['doc'][]): Js {
  return object(entries);
}

/** How JavaScript itself says it; nothing where it does not, or where the types are not known well enough. */
function shortForm(context: Context, object: Expression, name: string, args: readonly Expression[]): Js | undefined {
  const type = typeOf(context, object);
  const js = () => context.expression(object);
  const arg = (index: number) => context.expression(args[index] as Expression);
  const argType = (index: number) => typeOf(context, args[index] as Expression);
  const isText = isOnly(type, Kind.str);
  const isList = isOnly(type, Kind.list);
  const isDict = isOnly(type, Kind.dict) && !mayBeMap(type);
  const count = args.length;
  if (isText || (isUnknown(type) && ownerOf(name) === Kind.str)) {
    const short = textMethod(context, object, name, args);
    if (short) return short;
  }
  if (isUnknown(type) && count === 0 && (name === 'items' || name === 'keys' || name === 'values'))
    return help(context, name, js());
  if (isUnknown(type) && name === 'get' && !context.known.hasMaps) {
    const key = bare(args[0] ?? object);
    if (key.kind === 'string' && !isInherited(key.value) && !['length', 'size'].includes(key.value))
      return withDefault(context, js(), key.value, args[1]);
  }
  if (isList || (type.bits & Kind.unknown && ownerOf(name) === Kind.list)) {
    if (name === 'append' && count === 1) return invoke(member(js(), 'push'), [arg(0)]);
  }
  if (isList) {
    const items = args[0] && argType(0);
    const literal = bare(args[0] ?? object);
    if (name === 'extend' && count === 1 && literal.kind === 'list' && literal.items.length > 0) {
      return invoke(member(js(), 'push'), literal.items.map(context.expression));
    }
    if (name === 'extend' && count === 1 && items && isOnly(items, Kind.list | Kind.tuple)) {
      return invoke(member(js(), 'push'), [{ doc: ['...', within(arg(0), Level.assign)], level: Level.spread }]);
    }
  }
  if (isDict || outsideName(object) === 'os.environ') {
    const plainKey = bare(args[0] ?? object);
    const hasPlainKey = plainKey.kind === 'string' && !isInherited(plainKey.value);
    switch (name) {
      case 'keys':
        if (isDict) return invoke(atom('Object.keys'), [js()]);
        break;
      case 'values':
        if (isDict) return invoke(atom('Object.values'), [js()]);
        break;
      case 'items':
        if (isDict) return invoke(atom('Object.entries'), [js()]);
        break;
      case 'get':
        if (hasPlainKey) return withDefault(context, js(), plainKey.value, args[1]);
        break;
      case 'update': {
        const [first] = args;
        if (isDict && count === 1 && first && isOnly(argType(0), Kind.dict) && !mayBeMap(argType(0))) {
          return invoke(atom('Object.assign'), [js(), arg(0)]);
        }
        break;
      }
    }
  }
  if (name === 'get' && (isUnknown(type) || isOnly(type, Kind.dict)))
    return help(context, 'get', js(), ...args.map(context.expression));
  return undefined;
}

/** Nothing is known of it; then a method's name tells its type. */
function isUnknown(type: { readonly bits: number }): boolean {
  return (type.bits & Kind.unknown) !== 0;
}

/** `d.get('k', absent)` */
function withDefault(context: Context, dict: Js, key: string, absent: Expression | undefined): Js {
  const value = isIdentifier(key) ? member(dict, key) : keyed(dict, atom(stringLiteral(key)));
  const found = nullish(value, absent ? context.expression(absent) : atom('null'));
  return absent ? found : { ...found, withoutNull: value };
}

function nullish(left: Js, right: Js): Js {
  return { ...binary({ ...left, level: left.level }, '??', right, Level.nullish), isBoolean: false };
}

function textMethod(context: Context, object: Expression, name: string, args: readonly Expression[]): Js | undefined {
  const js = () => textOf(context, object);
  const arg = (index: number) => context.expression(args[index] as Expression);
  const isText = (index: number) =>
    args[index] !== undefined && isOnly(typeOf(context, args[index] as Expression), Kind.str);
  const boolean = (call: Js): Js => ({ ...call, isBoolean: true });
  const first = bare(args[0] ?? object);
  switch (`${name}/${args.length}`) {
    case 'upper/0':
      return invoke(member(js(), 'toUpperCase'), []);
    case 'lower/0':
      return invoke(member(js(), 'toLowerCase'), []);
    case 'strip/0':
      return invoke(member(js(), 'trim'), []);
    case 'lstrip/0':
      return invoke(member(js(), 'trimStart'), []);
    case 'rstrip/0':
      return invoke(member(js(), 'trimEnd'), []);
    case 'startswith/1':
      return isText(0) ? boolean(invoke(member(js(), 'startsWith'), [arg(0)])) : undefined;
    case 'endswith/1':
      return isText(0) ? boolean(invoke(member(js(), 'endsWith'), [arg(0)])) : undefined;
    case 'replace/2': {
      const by = bare(args[1] as Expression);
      if (!isText(0) || by.kind !== 'string' || by.value.includes('$')) return undefined;
      return invoke(member(js(), 'replaceAll'), [arg(0), arg(1)]);
    }
    case 'split/1':
      return first.kind === 'string' && first.value !== '' ? invoke(member(js(), 'split'), [arg(0)]) : undefined;
    case 'join/1': {
      const items = typeOf(context, args[0] as Expression);
      if (!isOnly(items, Kind.list | Kind.tuple) || !isOnly(elementOf(items), Kind.str)) return undefined;
      return invoke(member(arg(0), 'join'), [context.expression(object)]);
    }
  }
  return undefined;
}

/** `str(blob).strip()`: a Blob has the methods of a string in JavaScript. */
function textOf(context: Context, object: Expression): Js {
  const node = bare(object);
  if (node.kind === 'call' && node.arguments.length === 1 && outsideName(node.callee) === 'str') {
    const [argument] = node.arguments;
    if (argument && isOnly(typeOf(context, argument as Expression), Kind.blob))
      return context.expression(argument as Expression);
  }
  return context.expression(object);
}
