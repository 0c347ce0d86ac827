import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { bindCall, optionalNames } from './bind-call.ts';
import type { FunctionFact } from './knowledge.ts';

/**
 * How a function takes its arguments in JavaScript.
 * `positional`: one after the other. `options`: what is optional in one object behind the others. `signature`: as Starlark does it, bound
 * at run time by a description of the parameters, because nobody knows how it will be called.
 */
export interface Convention {
  readonly kind: 'positional' | 'options' | 'signature';
  readonly required: readonly Binding[];
  /** In an object for `options`, by position for `positional`. */
  readonly optional: readonly Binding[];
  /** Keyword-only parameters without a default: they are in the object, too. */
  readonly mustName: ReadonlySet<Binding>;
  readonly star: Binding | undefined;
  /** `*args` is a rest parameter, else an array before the options. */
  readonly starIsRest: boolean;
  readonly starStar: Binding | undefined;
}

export function conventionOf(fact: FunctionFact): Convention {
  const { scope, node } = fact;
  const optionals = optionalNames(node);
  const named = scope.parameters.filter((binding) => binding !== scope.star && binding !== scope.starStar);
  const keywordOnly = named.slice(scope.positional);
  const required = named.slice(0, scope.positional).filter((binding) => !optionals.has(binding.name));
  const optional = [
    ...named.slice(0, scope.positional).filter((binding) => optionals.has(binding.name)),
    ...keywordOnly,
  ];
  const mustName = new Set(keywordOnly.filter((binding) => !optionals.has(binding.name)));
  const { star, starStar } = scope;
  const make = (kind: Convention['kind'], starIsRest = true): Convention => ({
    kind,
    required,
    optional,
    mustName,
    star,
    starIsRest,
    starStar,
  });
  const isSimple = keywordOnly.length === 0 && !starStar;
  if (fact.escapes) return isSimple && !star && optional.length === 0 ? make('positional') : make('signature');
  if (hasOpenCalls(fact, required)) return make('signature');
  const byPosition =
    isSimple &&
    !(fact.isPublic && optional.length > 0) &&
    (!star || optional.length === 0) &&
    !usesNamesFor(fact, optional);
  if (byPosition) return make('positional');
  const needsObject = optional.length > 0 || starStar !== undefined;
  return make('options', !needsObject);
}

/** Calls with `*` or `**` whose parts may reach parameters that are passed in another way. */
function hasOpenCalls(fact: FunctionFact, required: readonly Binding[]): boolean {
  for (const call of fact.calls) {
    const bound = bindCall(fact.node, fact.name, call);
    if (!bound.ok) continue;
    const hasAll = required.every((binding) => bound.values.has(binding));
    if (bound.starStar && !(hasAll && fact.scope.starStar)) return true;
    if (bound.star && !(hasAll && fact.scope.star)) return true;
    // `*` would fill optional parameters first.
    if (bound.star && fact.scope.positional > required.length) return true;
  }
  return false;
}

function usesNamesFor(fact: FunctionFact, optional: readonly Binding[]): boolean {
  for (const call of fact.calls) {
    for (const argument of call.arguments) {
      if (argument.kind === 'named argument' && optional.some((binding) => binding.name === argument.name.name))
        return true;
    }
  }
  return false;
}
