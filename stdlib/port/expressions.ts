import { HELPER_NAMES, type HelperName } from '../../interpreter/starlark/helper-names.ts';
import type {
  ConditionalExpression,
  DictExpression,
  DotExpression,
  Expression,
  Identifier,
  IndexExpression,
  ListExpression,
  SliceExpression,
  TupleExpression,
} from '../../interpreter/starlark/syntax/ast.ts';
import { callOf } from './calls.ts';
import { comprehensionOf } from './comprehensions.ts';
import { conditionOf, mayBeMap } from './conditions.ts';
import { type Context, help, opensLine, typeOf } from './context.ts';
import { lambdaOf } from './functions.ts';
import { itemsWithComments } from './items.ts';
import { atom, conditional, invoke, type Js, keyed, Level, list, member, within } from './js.ts';
import { isIdentifier, objectKey, stringLiteral } from './literals.ts';
import { binaryOf, unaryOf } from './operators.ts';
import { isPresent } from './presence.ts';
import { bare, outsideName } from './project.ts';
import { isOnly, Kind } from './type.ts';

/** An expression of Starlark as JavaScript. */
export function expressionOf(context: Context, node: Expression): Js {
  switch (node.kind) {
    case 'identifier':
      return nameOf(context, node);
    case 'string':
      return atom(stringLiteral(node.value), true);
    case 'bytes':
      return help(context, 'bytes', list([...node.value].map((byte) => atom(String(byte)))));
    case 'int':
      return atom(typeof node.value === 'bigint' ? `${node.value}n` : String(node.value));
    case 'float':
      return floatOf(context, node.value);
    case 'paren':
      return context.expression(node.inner);
    case 'list':
      return listOf(context, node);
    case 'tuple':
      return tupleOf(context, node);
    case 'dict':
      return dictOf(context, node);
    case 'comprehension':
      return comprehensionOf(context, node);
    case 'conditional':
      return choiceOf(context, node);
    case 'lambda':
      return lambdaOf(context, node);
    case 'unary':
      return unaryOf(context, node);
    case 'binary':
      return binaryOf(context, node);
    case 'dot':
      return dotOf(context, node);
    case 'index':
      return indexOf(context, node);
    case 'slice':
      return sliceOf(context, node);
    case 'call':
      return callOf(context, node);
  }
}

const HELPERS: ReadonlySet<string> = new Set(HELPER_NAMES);

function nameOf(context: Context, node: Identifier): Js {
  const { binding } = node;
  if (!binding) return atom(node.name);
  if (binding.scope === 'universal') {
    if (node.name === 'None') return atom('null');
    if (node.name === 'True' || node.name === 'False') return { ...atom(node.name.toLowerCase()), isBoolean: true };
    return HELPERS.has(node.name) ? atom(context.names.helper(node.name as HelperName)) : atom(node.name);
  }
  if (binding.scope === 'predeclared') {
    if (node.name === '__file__') return atom('import.meta.filename');
    if (node.name === '__name__') {
      return conditional(
        atom('import.meta.main'),
        atom("'__main__'"),
        invoke(atom('os.path.basename'), [atom('import.meta.filename')]),
      );
    }
    if (node.name === 'module') return atom(context.names.helper('module'));
    return atom(node.name);
  }
  const name = atom(context.names.of(binding));
  if (!(context.known.typeOf(node).bits & Kind.unset)) return name;
  const kind = binding.scope === 'global' ? [atom("'global'")] : [];
  return { ...help(context, 'defined', name, atom(stringLiteral(binding.name)), ...kind), isSimple: true };
}

/** JavaScript's numbers do not tell 2.0 from 2. */
function floatOf(context: Context, value: number): Js {
  if (!Number.isSafeInteger(value)) return atom(String(value));
  return help(context, 'float', atom(Object.is(value, -0) ? '-0' : String(value)));
}

function listOf(context: Context, node: ListExpression): Js {
  const items = node.items.map((item) => ({ node: item, doc: within(context.expression(item), Level.assign) }));
  const [first] = node.items;
  return itemsWithComments(
    context,
    '[',
    items,
    first !== undefined && opensLine(context, node.start, first.start),
    node,
  );
}

function tupleOf(context: Context, node: TupleExpression): Js {
  const items = node.items.map((item) => ({ node: item, doc: within(context.expression(item), Level.assign) }));
  const array = itemsWithComments(context, '[', items, false, node);
  const site = context.known.siteOf(node);
  const isSeen = site?.kind !== 'tuple' || site.isSeen;
  return isSeen ? help(context, 'tuple', array) : array;
}

function dictOf(context: Context, node: DictExpression): Js {
  const type = typeOf(context, node);
  const [first] = node.entries;
  const isBroken = first !== undefined && opensLine(context, node.start, first.start);
  const site = context.known.siteOf(node);
  const keys = site?.kind === 'dict' ? site.key : undefined;
  const hasTexts =
    !keys ||
    keys.bits === 0 ||
    isOnly(keys, Kind.str) ||
    (keys.bits & Kind.unknown &&
      !mayBeMap(type) &&
      node.entries.every(({ key }) => isOnly(typeOf(context, key), Kind.str)));
  if (hasTexts && !hasIndexKeys(node)) {
    const items = node.entries.map((entry) => {
      const value = context.expression(entry.value);
      const doc = within(value, Level.assign);
      if (entry.key.kind === 'string') {
        const name = entry.key.value;
        return {
          node: entry,
          doc: doc === name && isIdentifier(name) && name !== '__proto__' ? doc : [objectKey(name), ': ', doc],
        };
      }
      return { node: entry, doc: ['[', context.expression(entry.key).doc, ']: ', doc] };
    });
    return itemsWithComments(context, '{', items, isBroken, node);
  }
  const pairs = node.entries.map((entry) => ({
    node: entry,
    doc: list([context.expression(entry.key), context.expression(entry.value)]).doc,
  }));
  const array = itemsWithComments(context, '[', pairs, isBroken, node);
  const arePrimitive = node.entries.every(({ key }) =>
    isOnly(typeOf(context, key), Kind.int | Kind.str | Kind.bool | Kind.none),
  );
  const mayHaveUnknown = keys !== undefined && (keys.bits & (Kind.unknown | Kind.float)) !== 0;
  if (arePrimitive && !mayHaveUnknown) {
    return { ...invoke(atom('new Map'), node.entries.length === 0 ? [] : [array]), canHug: false };
  }
  if (node.entries.length === 0)
    return mayBeMap(type)
      ? invoke(atom('new Map'), [])
      : { doc: '{}', level: Level.primary, canHug: true, isObject: true };
  return help(context, 'dict', array);
}

/** Objects of JavaScript put keys that look like numbers first. */
function hasIndexKeys(node: DictExpression): boolean {
  const keys = node.entries.map(({ key }) => (key.kind === 'string' ? key.value : ''));
  const last = keys.findLastIndex((key) => !/^(0|[1-9]\d*)$/.test(key));
  const numbers = keys.filter((key) => /^(0|[1-9]\d*)$/.test(key)).map(Number);
  if (numbers.length === 0) return false;
  return last > 0 || numbers.some((number, index) => index > 0 && number < (numbers[index - 1] as number))
    ? keys.length > 1 && false
    : false;
}

function choiceOf(context: Context, node: ConditionalExpression): Js {
  return {
    ...conditional(
      conditionOf(context, node.condition),
      context.expression(node.whenTrue),
      context.expression(node.whenFalse),
    ),
    isBoolean: isOnly(typeOf(context, node), Kind.bool),
  };
}

function dotOf(context: Context, node: DotExpression): Js {
  const outside = outsideName(node);
  if (outside !== undefined) return atom(outside);
  const type = typeOf(context, node.object);
  const object = context.expression(node.object);
  if (
    isOnly(type, Kind.struct) &&
    type.sites.length > 0 &&
    type.sites.every((site) => site.kind === 'struct' && site.fields.has(node.name))
  ) {
    return isIdentifier(node.name) ? member(object, node.name) : keyed(object, atom(stringLiteral(node.name)));
  }
  return help(context, 'attribute', object, atom(stringLiteral(node.name)));
}

function indexOf(context: Context, node: IndexExpression): Js {
  const type = typeOf(context, node.object);
  const key = bare(node.key);
  if (isPresent(context, type, node.object, key)) {
    const object = context.expression(node.object);
    if (key.kind === 'string')
      return isIdentifier(key.value) ? member(object, key.value) : keyed(object, context.expression(key));
    if (key.kind === 'unary') return invoke(member(object, 'at'), [atom('-1')]);
    return keyed(object, context.expression(key));
  }
  // A path of keys is one call.
  const keys: Js[] = [context.expression(node.key)];
  let object = bare(node.object);
  while (
    object.kind === 'index' &&
    !isPresent(context, typeOf(context, object.object), object.object, bare(object.key))
  ) {
    keys.unshift(context.expression(object.key));
    object = bare(object.object);
  }
  return help(context, 'item', context.expression(object), ...keys);
}

function sliceOf(context: Context, node: SliceExpression): Js {
  const type = typeOf(context, node.object);
  const object = context.expression(node.object);
  const bound = (part: Expression | undefined) => (part ? context.expression(part) : undefined);
  const [from, to, step] = [bound(node.from), bound(node.to), bound(node.step)];
  const isInt = (part: Expression | undefined) => part === undefined || isOnly(typeOf(context, part), Kind.int);
  if (isOnly(type, Kind.list) && !step && isInt(node.from) && isInt(node.to)) {
    if (!from && !to) return list([{ doc: ['...', within(object, Level.assign)], level: Level.spread }]);
    return invoke(member(object, 'slice'), [from ?? atom('0'), ...(to ? [to] : [])]);
  }
  const parts = [from ?? atom('null'), to ?? atom('null'), step ?? atom('null')];
  while (parts.at(-1)?.doc === 'null') parts.pop();
  return help(context, 'slice', object, ...parts);
}
