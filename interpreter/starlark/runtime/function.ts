import { Dict } from './dict.ts';
import { Tuple } from './list.ts';
import type { Signature } from './signature.ts';
import { quote } from './text.ts';
import { freeze, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** A keyword argument: its name and value. */
export type Keyword = readonly [name: string, value: Value];

export const NO_KEYWORDS: readonly Keyword[] = [];

export abstract class Callable extends StarlarkObject {
  abstract readonly name: string;
  abstract call(args: readonly Value[], keywords: readonly Keyword[]): Value;
}

export type BuiltinCode = (args: readonly Value[], keywords: readonly Keyword[]) => Value;
export type MethodCode<T = Value> = (self: T, args: readonly Value[], keywords: readonly Keyword[]) => Value;

/** A function that is not written in Starlark. */
export class Builtin extends Callable {
  override readonly type = 'builtin_function_or_method';
  override readonly name: string;
  readonly code: BuiltinCode;

  constructor(name: string, code: BuiltinCode) {
    super();
    this.name = name;
    this.code = code;
  }
  override call(args: readonly Value[], keywords: readonly Keyword[]): Value {
    return this.code(args, keywords);
  }
  override show(): string {
    return `<built-in function ${this.name}>`;
  }
}

/** A method with the value that it is called on. */
export class Method extends Callable {
  override readonly type = 'builtin_function_or_method';
  override readonly name: string;
  readonly self: Value;
  readonly code: MethodCode;

  constructor(name: string, code: MethodCode, self: Value) {
    super();
    this.name = name;
    this.code = code;
    this.self = self;
  }
  override call(args: readonly Value[], keywords: readonly Keyword[]): Value {
    return this.code(this.self, args, keywords);
  }
  override show(): string {
    return `<built-in method ${this.name} of ${typeOf(this.self)} value>`;
  }
  override freeze(): void {
    freeze(this.self);
  }
}

/**
 * The methods of a type. The implementations' names begin with `$`, by which a stack shows that a frame is one of a builtin
 * (`$append` is `append`).
 */
export class MethodTable<T extends Value> {
  readonly names: readonly string[];
  readonly #code = new Map<string, MethodCode>();

  constructor(methods: Readonly<Record<`$${string}`, MethodCode<T>>>) {
    for (const [name, code] of Object.entries(methods)) this.#code.set(name.slice(1), code as unknown as MethodCode);
    this.names = [...this.#code.keys()].sort();
  }

  code(name: string): MethodCode | undefined {
    return this.#code.get(name);
  }

  get(self: T, name: string): Value | undefined {
    const code = this.#code.get(name);
    return code === undefined ? undefined : new Method(name, code, self);
  }
}

export type FunctionCode = (...args: Value[]) => Value;

/** A function written in Starlark. */
export class StarlarkFunction extends Callable {
  override readonly type = 'function';
  /** How many positional arguments need no further thought: all that there are parameters, without `*` and `**`. */
  readonly simple: number;
  readonly code: FunctionCode;
  readonly signature: Signature;
  readonly defaults: readonly (Value | undefined)[];
  readonly captured: (() => readonly (Value | undefined)[]) | undefined;
  /** Absolute path of the file that defines it. */
  readonly file: string;
  #frozen = false;

  constructor(
    signature: Signature,
    defaults: readonly (Value | undefined)[],
    code: FunctionCode,
    captured: (() => readonly (Value | undefined)[]) | undefined,
    file: string,
  ) {
    super();
    this.file = file;
    this.signature = signature;
    this.defaults = defaults;
    this.code = code;
    this.captured = captured;
    const { names, positional, star, starStar } = signature;
    const plain = star === undefined && starStar === undefined && positional === names.length;
    this.simple = plain ? positional : -1;
  }
  override get name(): string {
    return this.signature.name;
  }
  override call(args: readonly Value[], keywords: readonly Keyword[]): Value {
    const { code } = this;
    return args.length === this.simple && keywords.length === 0 ? code(...args) : code(...this.#bind(args, keywords));
  }
  override show(): string {
    return `<function ${this.name}>`;
  }
  override freeze(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    for (const value of this.defaults) if (value !== undefined) freeze(value);
    for (const value of this.captured?.() ?? []) if (value !== undefined) freeze(value);
  }

  #bind(args: readonly Value[], keywords: readonly Keyword[]): Value[] {
    const { signature, defaults } = this;
    const { name, names, positional, star, starStar } = signature;
    if (names.length === 0 && star === undefined && starStar === undefined) {
      throw new UnfitArguments(this, `function ${name} accepts no arguments (${args.length + keywords.length} given)`);
    }
    if (args.length > positional && star === undefined) throw new UnfitArguments(this, this.#tooMany(args.length));
    const bound: (Value | undefined)[] = new Array(names.length);
    const given = Math.min(args.length, positional);
    for (let i = 0; i < given; i++) bound[i] = args[i];
    const rest = starStar === undefined ? undefined : new Dict();
    for (const [key, value] of keywords) {
      const index = names.indexOf(key);
      if (index < 0 && rest === undefined) {
        throw new UnfitArguments(this, `function ${name} got an unexpected keyword argument ${quote(key)}`);
      }
      if (index < 0 ? rest?.lookup(key) !== undefined : bound[index] !== undefined) {
        throw new UnfitArguments(this, `function ${name} got multiple values for parameter ${quote(key)}`);
      }
      if (index < 0) rest?.store(key, value);
      else bound[index] = value;
    }
    const missing: string[] = [];
    for (let i = 0; i < names.length; i++) {
      bound[i] ??= bound[i] === null ? null : defaults[i];
      if (bound[i] === undefined) missing.push(names[i] as string);
    }
    if (missing.length > 0) {
      const s = missing.length > 1 ? 's' : '';
      throw new UnfitArguments(this, `function ${name} missing ${missing.length} argument${s} (${missing.join(', ')})`);
    }
    if (star !== undefined) bound.push(new Tuple(args.slice(given)));
    if (rest !== undefined) bound.push(rest);
    return bound as Value[];
  }

  #tooMany(count: number): string {
    const { name, positional } = this.signature;
    const atMost = this.defaults.slice(0, positional).some((value) => value !== undefined) ? 'at most ' : '';
    return `function ${name} accepts ${atMost}${positional} positional argument${positional === 1 ? '' : 's'} (${count} given)`;
  }
}

/** Arguments that do not fit: Starlark counts that as an error inside of the function. */
export class UnfitArguments extends StarlarkError {
  /** The frame that the stack lacks. */
  readonly innermost: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly functionName: string;
  };
  constructor({ file, signature: { line, column, name } }: StarlarkFunction, message: string) {
    super(message);
    this.innermost = { file, line, column, functionName: name };
  }
}

function notCallable(f: Value): StarlarkError {
  return new StarlarkError(`invalid call of non-function (${typeOf(f)})`);
}

export function call(f: Value, args: readonly Value[], keywords: readonly Keyword[] = NO_KEYWORDS): Value {
  // Most calls with keywords are such: a frame less is faster, because builtins read the stack.
  if (f instanceof Builtin) return f.code(args, keywords);
  if (f instanceof Callable) return f.call(args, keywords);
  throw notCallable(f);
}

export function call0(f: Value): Value {
  return f instanceof StarlarkFunction && f.simple === 0 ? f.code() : call(f, []);
}

export function call1(f: Value, a: Value): Value {
  return f instanceof StarlarkFunction && f.simple === 1 ? f.code(a) : call(f, [a]);
}

export function call2(f: Value, a: Value, b: Value): Value {
  return f instanceof StarlarkFunction && f.simple === 2 ? f.code(a, b) : call(f, [a, b]);
}

export function call3(f: Value, a: Value, b: Value, c: Value): Value {
  return f instanceof StarlarkFunction && f.simple === 3 ? f.code(a, b, c) : call(f, [a, b, c]);
}
