import { Callable, type Keyword } from './function.ts';
import { type HashKey, StarlarkObject, type Value } from './value.ts';

/** A value of JavaScript that Starlark has nothing like: it can only be handed on. */
export class JavaScriptValue extends StarlarkObject {
  override readonly type: string;
  readonly value: object;
  constructor(value: object, type: string) {
    super();
    this.value = value;
    this.type = type;
  }
  override show(): string {
    return `<${this.type}>`;
  }
  override hash(): HashKey {
    return this.value;
  }
}

/** A function of JavaScript. */
export class JavaScriptFunction extends Callable {
  override readonly type = 'function';
  override readonly name: string;
  readonly value: object;
  readonly #run: (args: readonly Value[], keywords: readonly Keyword[]) => Value;

  constructor(value: object, name: string, run: (args: readonly Value[], keywords: readonly Keyword[]) => Value) {
    super();
    this.value = value;
    this.name = name;
    this.#run = run;
  }
  override call(args: readonly Value[], keywords: readonly Keyword[]): Value {
    return this.#run(args, keywords);
  }
  override show(): string {
    return `<function ${this.name || 'lambda'}>`;
  }
}
