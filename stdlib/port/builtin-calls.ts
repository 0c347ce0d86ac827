import type { Argument, CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { builtinNamed } from './builtin-facts.ts';
import { apart, argumentList, hasNamed, passed, property } from './call-arguments.ts';
import { type Context, help, typeOf } from './context.ts';
import { atom, invoke, type Js, object } from './js.ts';
import { stringLiteral } from './literals.ts';
import { outsideName } from './project.ts';
import { isOnly, Kind, mayBe, PLAIN } from './type.ts';

export function builtinCall(context: Context, call: CallExpression, name: string): Js {
  const callee = context.expression(call.callee);
  if (name === 'module') {
    const { positional, named } = apart(context, call.arguments);
    return help(context, 'module', ...positional, named);
  }
  if (name === 'print') return printCall(context, call, callee);
  const ownFile = ofOwnFile(context, call, name);
  if (ownFile) return ownFile;
  const schema = builtinNamed(name);
  const args = call.arguments;
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
      const given = args.slice(0, -1).map((argument) => passed(context, argument));
      return invoke(callee, [
        ...given,
        object([property(context, names[args.length - 1] as string, last as Expression)]),
      ]);
    }
  }
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
