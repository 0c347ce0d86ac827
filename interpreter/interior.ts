import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { Library } from './builtin.ts';
import { SANDBOX_FILE } from './modules.ts';
import { SANDBOX_SOURCE } from './sandbox-source.ts';

/** The functions that the code in sandbox-source.ts answers. */
const API = [
  'defineTag',
  'defineLazy',
  'finish',
  'mark',
  'stack',
  'invoke',
  'describe',
  'summary',
  'encodeExports',
  'keep',
  'load',
  'settle',
  'fire',
  'run',
  'bridge',
  'attach',
  'helper',
] as const;
export type InteriorFunction = (typeof API)[number];

export type InteriorArgument = QuickJSHandle | string | number;

type Result = ReturnType<QuickJSContext['callFunction']>;

/** The interpreter's own code inside of a sandbox, as the host calls it. */
export class Interior {
  readonly #context: QuickJSContext;
  readonly #inScript: (run: () => Result) => Result;
  readonly #api = new Map<InteriorFunction, QuickJSHandle>();

  /** `inScript` surrounds whatever may run code of the script. */
  constructor(context: QuickJSContext, inScript: (run: () => Result) => Result) {
    this.#context = context;
    this.#inScript = inScript;
  }

  /** The JavaScript realm's side of what Starlark's run-time gets: it belongs to the caller. */
  bridge(code: QuickJSHandle): QuickJSHandle {
    return this.#must(this.call('bridge', [code]));
  }

  /** The run-time of Starlark has started. */
  attach(api: QuickJSHandle): void {
    this.#must(this.call('attach', [api])).dispose();
  }

  /** Evaluates the code with a library's layout; `answer` is what it asks of the host. Throws when the code has a bug. */
  boot(layout: string, answer: (index: number, text: string, stack: () => string) => string | undefined): void {
    const context = this.#context;
    const host = context.newFunction('host', (index, text, stack) => {
      const answered = answer(context.getNumber(index), context.getString(text), () => context.getString(stack));
      return answered === undefined ? undefined : context.newString(answered);
    });
    const make = this.#must(context.evalCode(SANDBOX_SOURCE, SANDBOX_FILE));
    const layoutText = context.newString(layout);
    const json = context.getProp(context.global, 'JSON');
    const parse = context.getProp(json, 'parse');
    const parsed = this.#must(context.callFunction(parse, context.undefined, layoutText));
    const api = this.#must(context.callFunction(make, context.undefined, host, parsed));
    for (const name of API) this.#api.set(name, context.getProp(api, name));
    for (const handle of [host, make, layoutText, json, parse, parsed, api]) handle.dispose();
  }

  /** The prelude sees the library's names as its own, so that a script that overwrites the globals does not change it. */
  runPrelude(library: Library): void {
    const names = new Set([...library.functions.keys(), ...library.constants.keys()].map((name) => name.split('.')[0]));
    const own = `const {${[...names].join()}} = globalThis;`;
    const code = `(function (defineTag, defineLazy) { 'use strict'; ${own} (function () {${library.prelude}\n})(); })`;
    const prelude = this.#must(this.#context.evalCode(code, `${SANDBOX_FILE}:prelude`));
    const { undefined: nothing } = this.#context;
    this.#must(
      this.#context.callFunction(prelude, nothing, this.#handle('defineTag'), this.#handle('defineLazy')),
    ).dispose();
    prelude.dispose();
  }

  /** Freezes what the library made, defines its module, and answers the names that the module exports. */
  finish({ moduleName, starlark }: Library): readonly string[] {
    const names = this.text('finish', []) ?? '';
    const key = `${moduleName}:helper`;
    this.#context.setProp(this.#context.global, key, this.#handle('helper'));
    const helpers = starlark?.helpers ?? [];
    const made = helpers.map((name) => `, ${name} = helper('${name}')`);
    this.#defineModule(
      moduleName,
      `const helper = globalThis['${key}']; delete globalThis['${key}']; export const {${names}} = globalThis${made.join('')};`,
    );
    return [...names.split(','), ...helpers];
  }

  /** Defines the module through which modules report their beginning and end, and Starlark files are run. */
  exportHook(hook: string): void {
    const { global } = this.#context;
    for (const name of ['mark', 'run'] as const) this.#context.setProp(global, `${hook}:${name}`, this.#handle(name));
    const take = (name: string) =>
      `const ${name} = globalThis['${hook}:${name}']; delete globalThis['${hook}:${name}']; export { ${name} };`;
    const code = take('mark') + take('run');
    this.#defineModule(hook, code);
  }

  #defineModule(name: string, code: string): void {
    this.#must(this.#context.evalCode(code, name, { type: 'module' })).dispose();
  }

  #must(result: Result): QuickJSHandle {
    if (!result.error) return result.value;
    const error: unknown = this.#context.dump(result.error);
    result.error.dispose();
    throw new Error(`the sandbox's own code failed: ${JSON.stringify(error)}`);
  }

  #handle(name: InteriorFunction): QuickJSHandle {
    const handle = this.#api.get(name);
    if (!handle) throw new Error(`the sandbox has no ${name}`);
    return handle;
  }

  /** Calls a function; the result belongs to the caller. */
  call(name: InteriorFunction, args: readonly InteriorArgument[]): Result {
    const context = this.#context;
    const own: QuickJSHandle[] = [];
    const handles = args.map((arg) => {
      if (typeof arg === 'object') return arg;
      const handle = typeof arg === 'string' ? context.newString(arg) : context.newNumber(arg);
      own.push(handle);
      return handle;
    });
    const result = this.#inScript(() => context.callFunction(this.#handle(name), context.undefined, ...handles));
    for (const handle of own) handle.dispose();
    return result;
  }

  /** Calls a function that answers a text; nothing when it failed. */
  text(name: InteriorFunction, args: readonly InteriorArgument[]): string | undefined {
    const result = this.call(name, args);
    const text = result.error ? undefined : this.#context.getString(result.value);
    (result.error ?? result.value).dispose();
    return text;
  }

  dispose(): void {
    for (const handle of this.#api.values()) handle.dispose();
  }
}
