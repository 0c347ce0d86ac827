import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { bindCall } from './bind-call.ts';
import { builtinCall } from './builtin-calls.ts';
import { apart, argumentList, argumentsList, isSpread, property, spreadItems } from './call-arguments.ts';
import { type Context, help, typeOf } from './context.ts';
import { type Item, itemsWithComments } from './items.ts';
import { atom, invoke, type Js, Level, list, within } from './js.ts';
import type { FunctionFact } from './knowledge.ts';
import { stringLiteral } from './literals.ts';
import { methodCall } from './methods.ts';
import { bare } from './project.ts';
import { Kind, mayBe } from './type.ts';
import { universalCall } from './universal-calls.ts';

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
