import type { Broker } from './broker.ts';
import type { Call, Deferred } from './builtin.ts';
import type { Arguments } from './codec.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import { callsText } from './traceback.ts';
import type { ScriptFunction, ScriptObject, ScriptValue } from './value.ts';

/** The sandbox that a call comes from. */
export interface CallHome {
  /** The user's frames in a stack as QuickJS writes it, innermost first. */
  frames(stack: string): readonly StackFrame[];
  /** The same with frames of Starlark's builtins. */
  traceback(stack: string): readonly StackFrame[];
  invoke(fn: ScriptFunction, args: readonly ScriptValue[]): ScriptValue;
  loadModule(file: string): ScriptObject;
  defer(builtin: string): Deferred;
  exit(): never;
}

/** One call of a builtin. The stack is only read when somebody wants to know: it is the dearest part of a call. */
export class SandboxCall implements Call {
  readonly name: string;
  readonly args: readonly ScriptValue[];
  readonly keywords: ScriptObject | undefined;
  readonly broker: Broker;
  readonly #home: CallHome;
  readonly #mainFile: string;
  readonly #stackText: () => string;
  #stack: readonly StackFrame[] | undefined;

  constructor(
    home: CallHome,
    mainFile: string,
    name: string,
    { args, keywords }: Arguments,
    stackText: () => string,
    broker: Broker,
  ) {
    this.#home = home;
    this.#mainFile = mainFile;
    this.#stackText = stackText;
    this.name = name;
    this.args = args;
    this.keywords = keywords;
    this.broker = broker;
  }

  get stack(): readonly StackFrame[] {
    this.#stack ??= this.#home.frames(this.#stackText());
    return this.#stack;
  }

  get position(): SourcePosition {
    const frame = this.stack[0];
    if (!frame) return { file: this.#mainFile, line: 1, column: 1 };
    return { file: frame.file, line: frame.line, column: frame.column };
  }

  traceback(): string | undefined {
    return this.keywords === undefined ? undefined : callsText(this.#home.traceback(this.#stackText()), '    ');
  }

  invoke(fn: ScriptFunction, args: readonly ScriptValue[]): ScriptValue {
    return this.#home.invoke(fn, args);
  }

  loadModule(specifier: string): ScriptObject {
    return this.#home.loadModule(specifier);
  }

  defer(): Deferred {
    return this.#home.defer(this.name);
  }

  exit(): never {
    return this.#home.exit();
  }
}
