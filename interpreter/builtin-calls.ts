import type { Broker } from './broker.ts';
import { Refusal } from './builtin.ts';
import type { Codec } from './codec.ts';
import { type Control, Halt, isStackFull } from './control.ts';
import type { Layout } from './library-layout.ts';
import type { Modules } from './modules.ts';
import type { SourcePosition } from './position.ts';
import { type CallHome, SandboxCall } from './sandbox-call.ts';
import type { ScriptValue } from './value.ts';

/** Builtins that call functions which call builtins take much of the thread's own stack. */
const DEEPEST_CALLS = 'Deno' in globalThis ? 30 : 300;

/** The sandbox that the calls come from. */
export interface BuiltinCaller extends CallHome {
  /** Keeps in mind where the script is now: it is about to be ended. */
  lookWhere(): void;
}

export interface CallParts {
  readonly modules: Modules;
  readonly broker: Broker;
  readonly control: Control;
}

/** The calls of builtins by one script, and what they refused. */
export class BuiltinCalls {
  readonly #caller: BuiltinCaller;
  readonly #parts: CallParts;
  readonly #layout: Layout;
  readonly #codec: Codec;
  /** How many builtins are being called, each from a function that the one before calls. */
  #depth = 0;
  /** What builtins refused, by the number that the script's error carries. */
  readonly #refusals: { readonly builtin: string; readonly position: SourcePosition | undefined }[] = [];
  /** Errors of the script on their way through a builtin: thrown again as they are. */
  readonly #passing = new WeakMap<Refusal, number>();

  constructor(caller: BuiltinCaller, parts: CallParts, layout: Layout, codec: Codec) {
    this.#caller = caller;
    this.#parts = parts;
    this.#layout = layout;
    this.#codec = codec;
  }

  /** Calls a builtin by its index; `text` has its arguments. Answers text for the sandbox, which says what became of it. */
  call(index: number, text: string, stack: () => string): string | undefined {
    const { control, broker, modules } = this.#parts;
    const builtin = this.#layout.builtins[index];
    this.#depth += 1;
    try {
      if (this.#depth > DEEPEST_CALLS) {
        this.#caller.lookWhere();
        control.halt({ kind: 'stack-limit' });
        throw new Halt('too many builtins call functions that call builtins');
      }
      if (!builtin) throw new Error(`the sandbox called a builtin that does not exist: ${index}`);
      const args = this.#codec.decodeCall(text);
      const value = builtin.run(new SandboxCall(this.#caller, modules.main, builtin.name, args, stack, broker));
      return value === undefined ? undefined : this.#codec.encode(value);
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (!(error instanceof Refusal)) {
        control.halt(isStackFull(error) ? { kind: 'stack-limit' } : { kind: 'bug', error });
        throw new Halt('a builtin has a bug');
      }
      const kept = this.#passing.get(error);
      if (kept !== undefined) return `^${kept}`;
      return this.#refused(builtin?.name ?? '', error);
    } finally {
      this.#depth -= 1;
    }
  }

  #refused(builtin: string, error: Refusal): string {
    const id = this.#refusals.push({ builtin, position: error.position }) - 1;
    return `!${JSON.stringify({ message: error.message, id })}`;
  }

  /** What a builtin answers later, as text for the sandbox. */
  settled(builtin: string, run: () => ScriptValue): string {
    try {
      return this.#codec.encode(run());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#refused(builtin, error);
    }
  }

  /** A refusal that stands for an error of the script, which the sandbox keeps under a number. */
  pass(message: string, kept: number): Refusal {
    const refusal = new Refusal(message);
    this.#passing.set(refusal, kept);
    return refusal;
  }

  /** The number of the script's error that a refusal stands for, if it does. */
  keptBy(refusal: Refusal): number | undefined {
    return this.#passing.get(refusal);
  }

  refusal(id: number): { readonly builtin: string; readonly position: SourcePosition | undefined } | undefined {
    return this.#refusals[id];
  }
}
