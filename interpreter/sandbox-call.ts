import type { Broker } from './broker.ts';
import type { Call } from './builtin.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import type { Sandbox } from './sandbox.ts';
import type { ScriptFunction, ScriptObject, ScriptValue } from './value.ts';

/** One call of a builtin. The stack is only asked for when somebody wants to know: it is the dearest part of a call. */
export class SandboxCall implements Call {
  readonly name: string;
  readonly args: readonly ScriptValue[];
  readonly broker: Broker;
  readonly #sandbox: Sandbox;
  #stack: readonly StackFrame[] | undefined;

  constructor(sandbox: Sandbox, name: string, args: readonly ScriptValue[], broker: Broker) {
    this.#sandbox = sandbox;
    this.name = name;
    this.args = args;
    this.broker = broker;
  }

  get stack(): readonly StackFrame[] {
    this.#stack ??= this.#sandbox.stack();
    return this.#stack;
  }

  get position(): SourcePosition {
    const frame = this.stack[0];
    if (!frame) return { file: this.#sandbox.mainFile, line: 1, column: 1 };
    return { file: frame.file, line: frame.line, column: frame.column };
  }

  invoke(fn: ScriptFunction, args: readonly ScriptValue[]): ScriptValue {
    return this.#sandbox.invoke(fn, args);
  }

  loadModule(specifier: string): ScriptObject {
    return this.#sandbox.loadModule(specifier);
  }

  exit(): never {
    return this.#sandbox.exit();
  }
}
