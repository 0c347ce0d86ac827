import { Callable, call, type Keyword } from './function.ts';
import type { JavaScriptShapes } from './javascript-shapes.ts';
import { markTuple } from './sequence-marks.ts';
import { withHint } from './spell.ts';
import { StarlarkError, typeOf } from './value.ts';

/** How JavaScript calls functions that were Starlark's: keywords reach parameters by their names. */
export class Calling {
  readonly #shapes: JavaScriptShapes;
  /** By function: how to run it with keywords. */
  readonly #runs = new WeakMap<object, (args: readonly unknown[], keywords: Record<string, unknown>) => unknown>();

  constructor(shapes: JavaScriptShapes) {
    this.#shapes = shapes;
  }

  /** `a, b?, *c, **d`: how keywords reach the parameters of a function. */
  signature(text: string, fn: unknown): unknown {
    const parameters = text.split(', ').filter((word) => word !== '');
    const run = fn as (...args: unknown[]) => unknown;
    const name = String(run.name || 'lambda');
    const bind = (args: readonly unknown[], keywords: Record<string, unknown>) =>
      this.#bind(name, parameters, args, keywords);
    const bound = this.#shapes.realm.makeFunction(name, (args) => Reflect.apply(run, undefined, bind(args, {})));
    this.#runs.set(bound, (args, keywords) => Reflect.apply(run, undefined, bind(args, keywords)));
    return bound;
  }

  call(fn: unknown, args: readonly unknown[], keywords: Record<string, unknown>): unknown {
    if (typeof fn !== 'function') {
      if (fn instanceof Callable) {
        return this.#shapes.with(args, (...values) =>
          call(
            fn,
            values,
            Object.entries(keywords).map(([name, value]): Keyword => [name, this.#shapes.visit().in(value)]),
          ),
        );
      }
      throw new StarlarkError(`invalid call of non-function (${typeOf(this.#shapes.visit().in(fn))})`);
    }
    const known = this.#runs.get(fn);
    if (known) return known(args, keywords);
    return Reflect.apply(fn, undefined, Object.keys(keywords).length > 0 ? [...args, keywords] : args);
  }

  #bind(
    name: string,
    parameters: readonly string[],
    args: readonly unknown[],
    keywords: Record<string, unknown>,
  ): unknown[] {
    const star = parameters.findIndex((word) => /^\*(?!\*)/.test(word));
    const rest = parameters.at(-1)?.startsWith('**') ? parameters.length - 1 : -1;
    const isNamed = (word: string) => !word.startsWith('*');
    const front = parameters.slice(0, star < 0 ? undefined : star).filter(isNamed);
    const names = parameters.filter(isNamed).map((word) => word.replace('?', ''));
    const values = new Map<string, unknown>();
    front.forEach((word, at) => {
      if (at < args.length) values.set(word.replace('?', ''), args[at]);
    });
    const hasStar = star >= 0 && parameters[star] !== '*';
    if (args.length > front.length && !hasStar) {
      const most = front.length;
      throw new StarlarkError(
        `function ${name} accepts ${front.some((word) => word.endsWith('?')) ? 'at most ' : ''}${most === 0 ? 'no' : most} positional argument${most === 1 ? '' : 's'} (${args.length} given)`,
      );
    }
    const others = this.#shapes.realm.makeObject();
    for (const [key, value] of Object.entries(keywords)) {
      if (names.includes(key)) {
        if (values.has(key)) throw new StarlarkError(`function ${name} got multiple values for parameter "${key}"`);
        values.set(key, value);
      } else if (rest >= 0) this.#shapes.realm.put(others, key, value);
      else
        throw new StarlarkError(withHint(`function ${name} got an unexpected keyword argument "${key}"`, key, names));
    }
    const missing = parameters.filter((word) => isNamed(word) && !word.endsWith('?') && !values.has(word));
    if (missing.length > 0) {
      throw new StarlarkError(
        `function ${name} missing ${missing.length} argument${missing.length === 1 ? '' : 's'} (${missing.join(', ')})`,
      );
    }
    return parameters
      .filter((word) => word !== '*')
      .map((word) => {
        if (word.startsWith('**')) return others;
        if (word.startsWith('*')) return markTuple(this.#shapes.array(args.slice(front.length)));
        return values.get(word.replace('?', ''));
      });
  }
}
