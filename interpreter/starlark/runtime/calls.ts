import { isIterable } from './arguments.ts';
import { eachOf } from './dict.ts';
import type { Keyword } from './function.ts';
import { StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** Names and values of keywords as pairs. */
export function pairsOf(names: readonly string[], values: readonly Value[]): Keyword[] {
  return names.map((name, index) => [name, values[index] as Value]);
}

/** All positional arguments of a call with `*args`. */
export function spreadArguments(args: Value[], star: Value | undefined): Value[] {
  if (star === undefined) return args;
  if (!isIterable(star)) throw new StarlarkError(`argument after * must be iterable, not ${typeOf(star)}`);
  eachOf(star.iterate(), (item) => void args.push(item));
  return args;
}

/** All keywords of a call with `**kwargs`. */
export function spreadKeywords(
  names: readonly string[],
  values: readonly Value[],
  starStar: Value | undefined,
): Keyword[] {
  const keywords = pairsOf(names, values);
  if (starStar === undefined) return keywords;
  const mapping = starStar instanceof StarlarkObject ? starStar.mapping() : undefined;
  if (mapping === undefined) throw new StarlarkError(`argument after ** must be a mapping, not ${typeOf(starStar)}`);
  for (const [key, value] of mapping.pairs()) {
    if (typeof key !== 'string') throw new StarlarkError(`keywords must be strings, not ${typeOf(key)}`);
    keywords.push([key, value]);
  }
  return keywords;
}
