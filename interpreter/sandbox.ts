import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { type Deferred, type Library, Refusal } from './builtin.ts';
import { type BuiltinCaller, BuiltinCalls, type CallParts } from './builtin-calls.ts';
import { Codec } from './codec.ts';
import { Halt } from './control.ts';
import { describeThrown, type Thrown } from './describe-thrown.ts';
import type { Engine } from './engine.ts';
import type { Limits } from './evaluation.ts';
import { Interior, type InteriorArgument, type InteriorFunction } from './interior.ts';
import { type Layout, layOut } from './library-layout.ts';
import { MemoryGauge } from './memory-gauge.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import { Question } from './question.ts';
import { Rejections } from './rejections.ts';
import { userFrames } from './stack.ts';
import { isRuntimeModule, resolveRuntimeModule, runtimeSource, StarlarkRealm } from './starlark-realm.ts';
import { HostPromise, type ScriptFunction, type ScriptObject, type ScriptValue } from './value.ts';
import { NOTHING, type Outside, Waiting } from './waiting.ts';
import { WEB_SOURCES } from './web/sources.ts';
import { answerUrl } from './web/url.ts';

/** How a module's evaluation went: its exports, what was thrown, or nothing more to do while it still waits. */
export type ModuleEnd =
  | { readonly state: 'fulfilled'; readonly namespace: QuickJSHandle }
  | { readonly state: 'rejected'; readonly error: QuickJSHandle }
  | { readonly state: 'pending' };

export interface SandboxParts extends CallParts {
  readonly library: Library;
  readonly limits: Limits;
  readonly outside: Outside;
}

/**
 * QuickJS has 5 MB of stack in WebAssembly, and must not use them up: it takes several times as much of the thread's own stack
 * meanwhile. Deno's workers have only 1 MB of that.
 */
const LARGEST_STACK = 'Deno' in globalThis ? 160 * 2 ** 10 : 2 ** 20;

/** So many jobs run before the host looks whether it shall go on: an interruption ends only one of them. */
const JOBS = 256;

/** A fresh QuickJS runtime with a library in it. Dispose of it after use, whatever happened. */
export class Sandbox implements BuiltinCaller {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #rejections: Rejections;
  readonly #memory: MemoryGauge;
  /** Where the script was when it was interrupted, or last seen while its memory ran out. */
  #seenAt = '';
  /** In a loop every call comes from the same place. */
  #lastFrames: { readonly stack: string; readonly frames: readonly StackFrame[] } | undefined;
  /** How often an interruption is put off. */
  #patience = 20;
  readonly #parts: SandboxParts;
  readonly #codec = new Codec();
  readonly #layout: Layout;
  readonly #interior: Interior;
  readonly #builtins: BuiltinCalls;
  readonly #starlark: StarlarkRealm;
  readonly #waiting: Waiting;
  #promises = 0;

  constructor(engine: Engine, parts: SandboxParts) {
    this.#parts = parts;
    this.#layout = layOut(parts.library, this.#codec, parts.modules.main);
    this.#builtins = new BuiltinCalls(this, parts, this.#layout, this.#codec);
    this.#runtime = engine.quickjs.newRuntime();
    this.#runtime.setMaxStackSize(Math.min(parts.limits.stackBytes, LARGEST_STACK));
    this.#context = this.#runtime.newContext();
    this.#interior = new Interior(this.#context, (run) => parts.control.inScript(run));
    this.#rejections = new Rejections(engine, this.#runtime, this.#context);
    this.#waiting = new Waiting(parts.control, parts.outside, (...timer) => this.#interior.call('fire', timer));
    this.#memory = new MemoryGauge(engine, parts.limits.memoryBytes);
    this.#starlark = new StarlarkRealm(this.#runtime, this.#interior, parts.modules, parts.library);
    this.#setUpModules();
  }

  #setUpModules(): void {
    const { modules } = this.#parts;
    const failure = (message: string) => ({ error: Object.assign(new Error(message), { name: 'Error' }) });
    this.#runtime.setModuleLoader(
      (name) => {
        if (isRuntimeModule(name)) return runtimeSource(name);
        const source = this.#parts.control.inHost(() => modules.source(name));
        return source.ok ? source.value : failure(source.error.message);
      },
      (base, specifier) =>
        isRuntimeModule(base) ? resolveRuntimeModule(base, specifier) : modules.resolve(base, specifier),
    );
  }

  /** Puts the library in place. Throws plain errors: whatever goes wrong here is a bug. */
  boot(): void {
    const { library, modules } = this.#parts;
    this.#interior.boot(this.#layout.text, (...asked) => this.#answer(...asked));
    this.#interior.runPrelude(library);
    modules.libraryNames = this.#interior.finish(library);
    this.#interior.exportHook(modules.hook);
    this.#runtime.setMemoryLimit(this.#memory.hardLimit);
    this.#runtime.setInterruptHandler(() => this.#shouldInterrupt());
  }

  #shouldInterrupt(): boolean {
    const { control } = this.#parts;
    if (this.#memory.isFull) control.halt({ kind: 'memory-limit' });
    const interrupt = control.shouldInterrupt();
    if (!interrupt && !this.#memory.isTight) return false;
    if (this.#seenAt === '' || !interrupt) this.lookWhere();
    if (!interrupt || this.#seenAt !== '') return interrupt;
    // Between two functions there is no place to name: the script may go on for a moment, but can do nothing.
    this.#patience -= 1;
    return this.isOver;
  }

  /** True when the script must not go on and it is known where it was. */
  get isOver(): boolean {
    return this.#parts.control.reason !== undefined && (this.#seenAt !== '' || this.#patience <= 0);
  }

  /** Of the error that QuickJS makes of an interruption the position is wrong. */
  lookWhere(): void {
    const text = this.#interior.text('stack', []) ?? '';
    if (this.frames(text).length > 0) this.#seenAt = text;
  }

  /** True when a script without memory can have failed in a way that tells nothing. */
  get memoryIsTight(): boolean {
    return this.#memory.isTight;
  }

  /** The user's frames when the script was interrupted. */
  get seenAt(): readonly StackFrame[] {
    return this.frames(this.#seenAt);
  }

  /** Calls one of the sandbox's own functions, which answers a text and does not fail unless the script must not go on. */
  #text(name: InteriorFunction, ...args: readonly InteriorArgument[]): string {
    const text = this.#interior.text(name, args);
    if (text !== undefined) return text;
    this.#parts.control.check();
    throw new Error(`the sandbox's function ${name} failed`);
  }

  /** What the sandbox asks of the host: a builtin by its index, or one of its own needs by a negative number. */
  #answer(index: number, text: string, stack: () => string): string | undefined {
    const { control, modules } = this.#parts;
    switch (index) {
      case Question.moduleBegins:
        modules.begin(text);
        return undefined;
      case Question.moduleEnds:
        modules.end(text);
        return undefined;
      case Question.frames:
        return this.frames(text)
          .map((frame) => `    at ${frame.functionName} (${frame.file}:${frame.line}:${frame.column})`)
          .join('\n');
    }
    if (this.#shouldInterrupt() || control.reason) control.check();
    switch (index) {
      case Question.print:
        return control.inHost(() => this.#print(String(JSON.parse(text))));
      case Question.addTimer:
        return this.#waiting.addTimer(text);
      case Question.clearTimer:
        return this.#waiting.clearTimer(text);
      case Question.lazySource:
        return this.#parts.library.lazySources?.get(text) ?? WEB_SOURCES.get(text);
      case Question.url:
        return answerUrl(text);
      case Question.find:
        return this.#find(text);
      case Question.importModule:
        return this.#import(text);
      case Question.startStarlark:
        this.#starlark.start(this.#layout.text);
        return undefined;
      default:
        return control.inHost(() => this.#builtins.call(index, text, stack));
    }
  }

  #print(line: string): undefined {
    const level = line.startsWith('e') ? 'error' : line.startsWith('w') ? 'warn' : 'info';
    this.#parts.broker.print(`${line.slice(1)}\n`, level);
  }

  /** The user's frames at this moment, innermost first. */
  stack(): readonly StackFrame[] {
    return this.frames(this.#text('stack'));
  }

  /** The frames of an error's stack with those of Starlark's builtins, as a traceback shows them. */
  traceback(stack: string): readonly StackFrame[] {
    return userFrames(stack, (frame) => this.#parts.modules.place(frame), { builtins: true });
  }

  frames(stack: string): readonly StackFrame[] {
    if (this.#lastFrames?.stack === stack) return this.#lastFrames.frames;
    const frames = userFrames(stack, (frame) => this.#parts.modules.place(frame));
    this.#lastFrames = { stack, frames };
    return frames;
  }

  defer(builtin: string): Deferred {
    this.#promises += 1;
    const promise = new HostPromise(this.#promises);
    return { promise, settle: (run) => this.#settle(promise.id, this.#builtins.settled(builtin, run)) };
  }

  #settle(id: number, text: string): void {
    const result = this.#interior.call('settle', [id, text]);
    (result.error ?? result.value).dispose();
  }

  /** Ends the script successfully. */
  exit(): never {
    this.#parts.control.halt({ kind: 'exit' });
    throw new Halt('the script asked for its end');
  }

  invoke(fn: ScriptFunction, args: readonly ScriptValue[]): ScriptValue {
    this.#parts.control.check();
    const answer = this.#text('invoke', fn.id, JSON.stringify(this.#codec.toWire([...args]).value));
    this.#parts.control.check();
    if (answer.startsWith('=')) return this.#codec.decodeList(answer.slice(1))[0];
    throw this.#pass(Number(answer.slice(1)));
  }

  /** A refusal that stands for an error of the script that the sandbox keeps. */
  #pass(kept: number): Refusal {
    return this.#builtins.pass(this.#text('summary', kept), kept);
  }

  /** Evaluates a module from within a call of a builtin, and answers its exports. */
  loadModule(file: string): ScriptObject {
    const namespace = this.#evaluateNested(file);
    const result = this.#interior.call('encodeExports', [namespace]);
    namespace.dispose();
    if (result.error) throw this.#pass(this.#keep(result.error));
    const text = this.#context.getString(result.value);
    result.value.dispose();
    return this.#codec.decodeList(text)[0] as ScriptObject;
  }

  /** What a Starlark file loads: see `Modules.find`. */
  #find(text: string): string {
    const { modules, control } = this.#parts;
    const [from = '', specifier = ''] = JSON.parse(text) as readonly string[];
    const position = this.stack()[0] ?? { file: modules.main, line: 1, column: 1 };
    return control.inHost(() => modules.find(from, specifier, position));
  }

  /** The same for Starlark: the number under which the sandbox keeps the exports, or why there are none with a mark in front. */
  #import(file: string): string {
    try {
      return String(this.#keep(this.#evaluateNested(file)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const kept = this.#builtins.keptBy(error);
      return kept === undefined ? `!${error.message}` : `^${kept}`;
    }
  }

  #evaluateNested(file: string): QuickJSHandle {
    const { modules, control } = this.#parts;
    control.check();
    const files = this.stack().map((frame) => frame.file);
    if (modules.nest(files, () => modules.isRunning(file))) throw new Refusal(`Circular load: ${file}`);
    const waits = modules.isUnfinished(file);
    const end = modules.nest(files, () => this.evaluate(file));
    switch (end.state) {
      case 'fulfilled':
        return end.namespace;
      case 'rejected':
        control.check();
        throw this.#pass(this.#keep(end.error));
      case 'pending':
        control.check();
        if (waits) throw new Refusal(`Circular load: ${file}`);
        throw new Refusal(`Cannot load "${file}": it waits for a promise that never settles`);
    }
  }

  #keep(error: QuickJSHandle): number {
    const result = this.#interior.call('keep', [error]);
    error.dispose();
    if (result.error) {
      result.error.dispose();
      throw new Halt('the script must not go on');
    }
    const id = this.#context.getNumber(result.value);
    result.value.dispose();
    return id;
  }

  /** Runs a module and all that waits to be run, until the module has ended or nothing is left to do. */
  evaluate(file: string): ModuleEnd {
    this.#parts.modules.addRoot(file);
    const started = this.#interior.call('load', [file]);
    if (started.error) return { state: 'rejected', error: started.error };
    const promise = started.value;
    // From within a builtin no more runs than must; other code of the script is not expected to go on meanwhile.
    const batch = this.#parts.modules.isNested ? 1 : JOBS;
    try {
      for (;;) {
        const state = this.#context.getPromiseState(promise);
        if (state.type === 'fulfilled') return { state: 'fulfilled', namespace: state.value };
        if (state.type === 'rejected') {
          this.#rejections.forget(promise);
          return { state: 'rejected', error: state.error };
        }
        if (this.isOver) return { state: 'pending' };
        const step = this.#runtime.hasPendingJob() ? this.#runJobs(batch) : this.#waiting.step();
        if (step === NOTHING) return { state: 'pending' };
        if (step) return { state: 'rejected', error: step };
      }
    } finally {
      promise.dispose();
    }
  }

  /** Runs what is left of the script's asynchronous code. Answers what ended it early. */
  drain(): QuickJSHandle | undefined {
    while (!this.isOver) {
      const step = this.#runtime.hasPendingJob() ? this.#runJobs(JOBS) : this.#waiting.step();
      if (step === NOTHING) return undefined;
      if (step) return step;
    }
    return undefined;
  }

  /** Why a promise was rejected that nobody handled. */
  unhandledRejection(): QuickJSHandle | undefined {
    return this.#rejections.first();
  }

  #runJobs(most: number): QuickJSHandle | undefined {
    const result = this.#parts.control.inScript(() => this.#runtime.executePendingJobs(most));
    if (result.error) return result.error;
    result.dispose();
    return undefined;
  }

  /** Describes what was thrown, and lets go of it. The limits no longer hold: memory may be all used up. */
  describe(error: QuickJSHandle): Thrown {
    this.#memory.lift();
    this.#runtime.setMemoryLimit(-1);
    this.#parts.control.allowAfterword(1000);
    const result = this.#interior.call('describe', [error]);
    error.dispose();
    if (result.error) {
      result.error.dispose();
      return describeThrown('{"error":false,"text":"an error that cannot be described"}');
    }
    const text = this.#context.getString(result.value);
    result.value.dispose();
    return describeThrown(text);
  }

  refusal(id: number): { readonly builtin: string; readonly position: SourcePosition | undefined } | undefined {
    return this.#builtins.refusal(id);
  }

  dispose(): void {
    this.#rejections.dispose();
    this.#starlark.dispose();
    this.#interior.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }
}
