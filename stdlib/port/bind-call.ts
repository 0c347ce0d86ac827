import type { CallExpression, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { type FunctionNode, scopeOf } from './project.ts';

/** Which argument is for which parameter. */
export type BoundCall =
  | {
      readonly ok: true;
      readonly values: ReadonlyMap<Binding, Expression>;
      /** More by position than there are parameters: for `*args`. */
      readonly rest: readonly Expression[];
      /** Keywords that no parameter has: for `**kwargs`. */
      readonly keywords: readonly (readonly [name: string, value: Expression])[];
      readonly star: Expression | undefined;
      readonly starStar: Expression | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** Binds a call's arguments as Starlark will, or says in its words why it cannot. */
export function bindCall(node: FunctionNode, name: string, call: CallExpression): BoundCall {
  const scope = scopeOf(node);
  const named = scope.parameters.filter((binding) => binding !== scope.star && binding !== scope.starStar);
  const front = named.slice(0, scope.positional);
  const values = new Map<Binding, Expression>();
  const rest: Expression[] = [];
  const keywords: [string, Expression][] = [];
  let star: Expression | undefined;
  let starStar: Expression | undefined;
  let given = 0;
  const fail = (message: string): BoundCall => ({ ok: false, message: `function ${name} ${message}` });
  for (const argument of call.arguments) {
    switch (argument.kind) {
      case '* argument':
        star = argument.value;
        break;
      case '** argument':
        starStar = argument.value;
        break;
      case 'named argument': {
        const binding = named.find((parameter) => parameter.name === argument.name.name);
        if (!binding) {
          if (!scope.starStar) return fail(`got an unexpected keyword argument "${argument.name.name}"`);
          keywords.push([argument.name.name, argument.value]);
          break;
        }
        if (values.has(binding)) return fail(`got multiple values for parameter "${binding.name}"`);
        values.set(binding, argument.value);
        break;
      }
      default: {
        const binding = front[given];
        given += 1;
        if (binding) values.set(binding, argument);
        else rest.push(argument);
      }
    }
  }
  if (rest.length > 0 && !scope.star) {
    const hasOptional = optionalNames(node).size > 0;
    const most = `${hasOptional ? 'at most ' : ''}${front.length === 0 ? 'no' : front.length}`;
    return fail(`accepts ${most} positional argument${front.length === 1 ? '' : 's'} (${given} given)`);
  }
  const optional = optionalNames(node);
  const missing = named.filter((binding) => !values.has(binding) && !optional.has(binding.name));
  if (missing.length > 0 && !star && !starStar) {
    const names = missing.map((binding) => binding.name).join(', ');
    return fail(`missing ${missing.length} argument${missing.length === 1 ? '' : 's'} (${names})`);
  }
  return { ok: true, values, rest, keywords, star, starStar };
}

/** Names of the parameters that have a default. */
export function optionalNames(node: FunctionNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const parameter of node.parameters) {
    if (parameter.kind === 'parameter' && parameter.default) names.add(parameter.name.name);
  }
  return names;
}
