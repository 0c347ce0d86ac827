/**
 * What a script's value becomes when it crosses into the host, and back.
 * Plain objects become `ScriptObject`s without a prototype, in insertion order; `undefined` inside arrays and objects stays `undefined`.
 */
export type ScriptValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | ScriptValue[]
  | ScriptObject
  | Tagged
  | ScriptFunction
  | ScriptFloat
  | MixedDict
  | Foreign;

export interface ScriptObject {
  [key: string]: ScriptValue;
}

/**
 * A value that a builtin made and that scripts can read and hand on, but not forge or change: a Probe, a Link, a Blob.
 * In the sandbox it is a frozen object whose own properties are `fields`.
 */
export class Tagged {
  readonly tag: string;
  readonly fields: Readonly<Record<string, ScriptValue>>;
  constructor(tag: string, fields: Readonly<Record<string, ScriptValue>>) {
    this.tag = tag;
    this.fields = fields;
  }
}

/** A function of the script, kept alive until the script's sandbox is disposed of. Call it with `Call.invoke`. */
export class ScriptFunction {
  readonly id: number;
  readonly name: string;
  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }
}

/** A value that has no meaning outside of the sandbox (a symbol, a Map, a class instance): only its kind crosses, for messages. */
export class Foreign {
  /** Such as `Map`, `symbol`, `Promise`, `RegExp`, or the name of the instance's class. */
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
}

/** A promise that a builtin answers and settles later; made by `Call.defer`. */
export class HostPromise extends Foreign {
  readonly id: number;
  constructor(id: number) {
    super('Promise');
    this.id = id;
  }
}

/** A float of Starlark that is a whole number: JavaScript's numbers do not tell it from an int. */
export class ScriptFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A dict of Starlark with keys that are not strings. */
export class MixedDict {
  readonly entries: readonly (readonly [ScriptValue, ScriptValue])[];
  constructor(entries: readonly (readonly [ScriptValue, ScriptValue])[]) {
    this.entries = entries;
  }
}

/** What an array was in Starlark, where it was no list: a tuple, a set, a range. */
const sequenceKinds = new WeakMap<readonly ScriptValue[], string>();

export function sequenceKind(array: readonly ScriptValue[]): string {
  return sequenceKinds.get(array) ?? 'list';
}

/** Marks an array, which Starlark then sees as a tuple. */
export function asSequence<T extends readonly ScriptValue[]>(kind: string, array: T): T {
  sequenceKinds.set(array, kind);
  return array;
}

const builtins = new WeakSet<ScriptFunction>();

/** Whether a function is not written in Starlark but one that Starlark has of the language or the library. */
export function isBuiltin(fn: ScriptFunction): boolean {
  return builtins.has(fn);
}

export function asBuiltin(fn: ScriptFunction): ScriptFunction {
  builtins.add(fn);
  return fn;
}
