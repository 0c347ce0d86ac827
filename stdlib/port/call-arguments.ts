import type { Argument, CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { type Context, help, opensLine, typeOf } from './context.ts';
import { type Item, itemsWithComments } from './items.ts';
import { type Js, Level, list, within } from './js.ts';
import { objectKey } from './literals.ts';
import { isOnly, Kind } from './type.ts';

export function argumentsList(context: Context, call: CallExpression): Js {
  return list(apart(context, call.arguments).positional);
}

export function apart(
  context: Context,
  args: readonly Argument[],
): { readonly positional: readonly Js[]; readonly named: Js } {
  const positional = args.filter((argument) => argument.kind !== 'named argument' && argument.kind !== '** argument');
  const named = args.filter((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
  return { positional: positional.map((argument) => passed(context, argument)), named: options(context, named, false) };
}

export function passed(context: Context, argument: Argument): Js {
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

export function spreadItems(context: Context, node: Expression): Js {
  const type = typeOf(context, node);
  const js = context.expression(node);
  const items = isOnly(type, Kind.list | Kind.tuple | Kind.range) ? js : help(context, 'iterate', js);
  return { doc: ['...', within(items, Level.assign)], level: Level.spread };
}

/** Keywords as one object. */
export function options(context: Context, args: readonly Argument[], isBroken: boolean): Js {
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

export function argumentList(context: Context, call: CallExpression, args: readonly Argument[]): Js[] {
  const positional = args.filter((argument) => argument.kind !== 'named argument' && argument.kind !== '** argument');
  const named = args.filter((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
  const given = positional.map((argument) => passed(context, argument));
  if (named.length > 0) given.push(options(context, named, isSpread(context, call)));
  return given;
}

/** The author gave each argument a line of its own. */
export function isSpread(context: Context, call: CallExpression): boolean {
  const [first] = call.arguments;
  const last = call.arguments.at(-1);
  if (!first || !last || call.arguments.length < 2) return false;
  return (
    opensLine(context, call.at, first.start) && context.source.file.text.slice(first.end, last.start).includes('\n')
  );
}

export function hasNamed(args: readonly Argument[]): boolean {
  return args.some((argument) => argument.kind === 'named argument' || argument.kind === '** argument');
}
