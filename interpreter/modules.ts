import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { EffectResult } from './broker.ts';
import type { Library } from './builtin.ts';
import { type FramePlace, framePlace } from './frame-place.ts';
import { findImport, missingFile, unknownExtension } from './import-failure.ts';
import { jsonModule } from './json-module.ts';
import { LineIndex } from './line-index.ts';
import type { Loaded, LoadFailure } from './load-failure.ts';
import type { LocateModule } from './locate-module.ts';
import type { SourcePosition } from './position.ts';
import { withoutLinks } from './real-path.ts';
import type { RawFrame } from './stack.ts';
import type { CompiledFile } from './starlark/runtime/operations.ts';
import { isJavaScript, loadProblem, StarlarkFiles, starlarkModule } from './starlark-files.ts';
import { matches } from './text-search.ts';
import { stripTypes } from './typescript.ts';

interface Module {
  /** What the author wrote. */
  readonly text: string;
  readonly lines: LineIndex;
  /** Characters in front of the first line that the author did not write. */
  readonly shift: number;
  /** Absolute paths and the specifiers by which the author names them. */
  readonly imports: Map<string, string>;
  state: 'loaded' | 'begun' | 'ended';
}

/** `named`: the script names the module in its own text, so that it can be known before the script runs. */
export type ReadModule = (path: string, named: boolean) => EffectResult<Uint8Array>;

/** The file name that the sandbox's own code goes by. */
export const SANDBOX_FILE = 'tilt:sandbox';

/** What a specifier begins with that is no path. */
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** Finds, reads and prepares the modules of one evaluation, and knows which of them have run. */
export class Modules {
  /** The specifier of the module through which prepared modules report; a script cannot guess it. */
  readonly hook = `tilt:${randomName()}`;
  readonly #hookName = `$${this.hook.slice(5)}`;
  readonly #modules = new Map<string, Module>();
  readonly #failures = new Map<string, LoadFailure>();
  readonly #requests = new Map<string, { readonly base: string; readonly specifier: string }>();
  readonly #roots = new Set<string>();
  /** By the name that stands for it. */
  readonly #refused = new Map<string, Loaded<never>>();
  readonly main: string;
  readonly #libraryModule: string;
  readonly #read: ReadModule;
  readonly #starlark: StarlarkFiles;
  readonly #locate: LocateModule;
  /** The names that the library's module exports. */
  libraryNames: readonly string[] = [];
  /** How many evaluations of modules wait for another one, inside of calls of builtins. */
  #nested = 0;
  #onStack: ReadonlySet<string> = new Set();

  constructor(main: string, library: Library, read: ReadModule, locate: LocateModule = () => undefined) {
    this.main = main;
    this.#libraryModule = library.moduleName;
    this.#read = read;
    this.#starlark = new StarlarkFiles(library);
    this.#locate = locate;
  }

  /** A module that is asked for by itself and not by an `import` of another one. */
  addRoot(file: string): void {
    this.#roots.add(file);
  }

  /**
   * The name of the module that `specifier` means in `base`: an absolute path, one of the built-in names, or one that only stands
   * for why there is none (quickjs-emscripten gets lost when a name cannot be found).
   */
  resolve(base: string, specifier: string): string {
    if (specifier === this.#libraryModule || specifier === this.hook) return specifier;
    const found = pathOf(base, specifier) ?? this.#located(base, specifier);
    if (found === undefined) return this.#refuse(base, specifier, 'thrown', this.#refuseBare(specifier));
    if (typeof found === 'object') {
      return this.#refuse(base, specifier, 'refused', `cannot load ${specifier}: ${found.message}`);
    }
    const path = found;
    if (base !== SANDBOX_FILE) {
      this.#modules.get(base)?.imports.set(path, specifier);
      if (this.isNested && this.isRunning(path)) {
        return this.#refuse(base, specifier, 'refused', `Circular load: ${path}`);
      }
    }
    this.#requests.set(path, { base, specifier });
    return path;
  }

  #refuse(base: string, specifier: string, kind: LoadFailure['kind'], message: string): string {
    const name = `tilt:refused:${this.#refused.size}`;
    this.#refused.set(name, this.#fail(base, specifier, kind, message));
    return name;
  }

  /** Where the library says that a specifier with a scheme leads. */
  #located(base: string, specifier: string): string | { readonly message: string } | undefined {
    if (!SCHEME.test(specifier)) return undefined;
    const place = findImport(this.#modules.get(base)?.text ?? '', specifier) ?? { line: 1, column: 1 };
    return this.#locate(specifier, { file: base, ...place });
  }

  #refuseBare(specifier: string): string {
    return `Cannot import "${specifier}": a script can import files by a relative path with extension ("./lib/x.ts") and the builtins from "${this.#libraryModule}"`;
  }

  /** The text that QuickJS shall compile for a module. */
  source(file: string): Loaded<string> {
    const refused = this.#refused.get(file);
    if (refused) return refused;
    const request = this.#requests.get(file) ?? { base: SANDBOX_FILE, specifier: file };
    const fail = (kind: LoadFailure['kind'], message: string) =>
      this.#fail(request.base, request.specifier, kind, message);
    const read = this.#read(file, this.#isNamed(file, request));
    if (!read.ok) {
      const missing = missingFile(request.specifier, file, read.error, request.base === SANDBOX_FILE);
      return fail('missing-file', missing);
    }
    const extension = /\.[^./]+$/.exec(file)?.[0] ?? '';
    if (!isJavaScript(file)) return this.#starlarkModule(file, read.value);
    const text = new TextDecoder().decode(read.value);
    this.#modules.set(file, { text, lines: new LineIndex(text), shift: 0, imports: new Map(), state: 'loaded' });
    switch (extension) {
      case '.js':
      case '.mjs':
        return { ok: true, value: this.#prepare(file, text, text) };
      case '.ts':
      case '.mts': {
        const stripped = stripTypes(text, file);
        if (stripped.ok) return { ok: true, value: this.#prepare(file, text, stripped.code) };
        return this.#remember({ kind: 'syntax', message: stripped.message, position: stripped.position });
      }
      case '.json': {
        const json = jsonModule(text, file);
        this.end(file);
        if (json.ok) return { ok: true, value: json.code };
        return this.#remember({ kind: 'syntax', message: json.message, position: json.position });
      }
      default:
        return fail('thrown', unknownExtension(request.specifier, file, extension));
    }
  }

  /** What a Starlark file was compiled to; `bytes` are its text where it was read already. */
  starlark(file: string, bytes?: EffectResult<Uint8Array>): Loaded<CompiledFile> {
    const { compiled, text } = this.#starlark.load(file, () => bytes ?? this.#read(file, true));
    if (!this.#modules.has(file))
      this.#modules.set(file, { text, lines: new LineIndex(text), shift: 0, imports: new Map(), state: 'loaded' });
    return compiled;
  }

  /** The text that QuickJS shall compile for a Starlark file. Nobody imports the main script's values. */
  #starlarkModule(file: string, bytes: Uint8Array): Loaded<string> {
    const compiled = this.starlark(file, { ok: true, value: bytes });
    if (!compiled.ok) return this.#remember(compiled.error);
    const names = file === this.main ? [] : this.#starlark.exports(file);
    return { ok: true, value: starlarkModule(file, names ?? [], this.hook, this.#roots.has(file)) };
  }

  /** What a file finds that a Starlark file loads, as starlark/runtime/bridge.ts says it; `position` is where it does. */
  find(from: string, specifier: string, position: SourcePosition): string {
    const file = this.#pathFrom(from, specifier, position);
    if (typeof file !== 'string') return JSON.stringify({ error: file.message });
    if (isJavaScript(file)) return JSON.stringify({ file, language: 'javascript' });
    const named = this.#isNamed(file, { base: from, specifier });
    const known = this.#starlark.has(file) ? undefined : this.#read(file, named);
    const compiled = this.starlark(file, known);
    if (compiled.ok) return JSON.stringify({ file, language: 'starlark', globals: compiled.value.globals });
    return JSON.stringify({ error: loadProblem(compiled.error) });
  }

  #pathFrom(from: string, specifier: string, position: SourcePosition): string | { readonly message: string } {
    const located = SCHEME.test(specifier) ? this.#locate(specifier, position) : undefined;
    return located ?? resolve(dirname(from === '' ? this.main : from), specifier);
  }

  /**
   * Whether the script says in its own text that this is one of its modules: it is the main one, or an import names it. JSON is data,
   * which other programs keep too: elsewhere than with the script it does not belong to it.
   */
  #isNamed(file: string, { base, specifier }: { readonly base: string; readonly specifier: string }): boolean {
    if (file === this.main) return true;
    if (file.endsWith('.json')) {
      const home = withoutLinks(dirname(this.main));
      if (!withoutLinks(file).startsWith(home.endsWith(sep) ? home : home + sep)) return false;
    }
    const text = this.#modules.get(base)?.text;
    return text !== undefined && findImport(text, specifier) !== undefined;
  }

  #prepare(file: string, text: string, code: string): string {
    const meta = { filename: file, dirname: dirname(file), url: pathToFileURL(file).href, main: file === this.main };
    const literal = (value: unknown) =>
      JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const hook = this.#hookName;
    const wait = this.#roots.has(file) ? 'await null;' : '';
    const front = `import{mark as ${hook}}from"${this.hook}";${hook}(import.meta,${literal(meta)});${wait}`;
    const body = code.startsWith('#!') ? code.replace(/^[^\n]*/, '') : code;
    this.#modules.set(file, {
      text,
      lines: new LineIndex(text),
      shift: front.length,
      imports: new Map(),
      state: 'loaded',
    });
    return `${front}${body}\n;${hook}(void 0,${literal(meta)});`;
  }

  #fail(base: string, specifier: string, kind: LoadFailure['kind'], message: string): Loaded<never> {
    const text = this.#modules.get(base)?.text;
    const place = text === undefined ? undefined : findImport(text, specifier);
    return this.#remember({ kind, message, position: place && { file: base, ...place } });
  }

  #remember(failure: LoadFailure): Loaded<never> {
    this.#failures.set(failure.message, failure);
    return { ok: false, error: failure };
  }

  failureOf(message: string): LoadFailure | undefined {
    return this.#failures.get(message);
  }

  begin(file: string): void {
    const module = this.#modules.get(file);
    if (module) module.state = 'begun';
  }

  end(file: string): void {
    const module = this.#modules.get(file);
    if (module) module.state = 'ended';
  }

  /** True for a module whose code has begun and has not come to its end. */
  isUnfinished(file: string): boolean {
    return this.#modules.get(file)?.state === 'begun';
  }

  /**
   * True for a module whose own code is running now, or waits for one that it imports and that is running. Such a module must not
   * be linked again: QuickJS aborts.
   */
  isRunning(file: string, seen = new Set<string>()): boolean {
    const module = this.#modules.get(file);
    if (!module || module.state === 'ended' || seen.has(file)) return false;
    if (module.state === 'begun') return this.#onStack.has(file);
    seen.add(file);
    return [...module.imports.keys()].some((path) => this.isRunning(path, seen));
  }

  /** Does something from within a call of a builtin, while functions of these files wait for its end. */
  nest<T>(files: Iterable<string>, run: () => T): T {
    const outer = this.#onStack;
    this.#onStack = new Set([...outer, ...files]);
    this.#nested += 1;
    try {
      return run();
    } finally {
      this.#onStack = outer;
      this.#nested -= 1;
    }
  }

  get isNested(): boolean {
    return this.#nested > 0;
  }

  /** The names that a Starlark file exports to JavaScript; nothing for other files. */
  starlarkExports(file: string): readonly string[] | undefined {
    return this.#starlark.exports(file);
  }

  /** What the author of a file wrote, if it was loaded. */
  textOf(file: string): string | undefined {
    return this.#modules.get(file)?.text;
  }

  /** A file whose code has begun and waits for something that is not another such file. */
  waiting(): string | undefined {
    for (const [file, { state, imports }] of this.#modules) {
      const own = ![...imports.keys()].some((path) => this.#modules.get(path)?.state === 'begun');
      if (state === 'begun' && own) return file;
    }
    return undefined;
  }

  /** The one place in all files that matches, if there is just one: for errors that do not know where they come from. */
  onlyPlace(pattern: RegExp): SourcePosition | undefined {
    const places: SourcePosition[] = [];
    for (const [file, { text }] of this.#modules) {
      for (const place of matches(text, pattern)) places.push({ file, ...place });
    }
    return places.length === 1 ? places[0] : undefined;
  }

  /** A file that imports `target` and says `name`. */
  importerOf(
    target: string,
    name: string,
  ): { readonly file: string; readonly text: string; readonly specifier: string } | undefined {
    for (const [file, { text, imports }] of this.#modules) {
      const specifier = imports.get(target) ?? (target === this.#libraryModule ? target : undefined);
      if (specifier !== undefined && text.includes(specifier) && text.includes(name)) return { file, text, specifier };
    }
    return undefined;
  }

  /** The place in the author's text that a frame of QuickJS means; nothing for frames outside of the user's files. */
  place(frame: RawFrame): (FramePlace & { readonly functionName?: string }) | undefined {
    const module = this.#modules.get(frame.file);
    if (!module) return undefined;
    if (this.#starlark.exports(frame.file)) return this.#starlark.locate(frame.file, frame.line);
    const characters = frame.line === 1 ? Math.max(1, frame.column - module.shift) : frame.column;
    return framePlace(module.lines, module.text, frame.line, characters);
  }
}

/** From V8's random numbers, of which a script in QuickJS sees none; node:crypto would take 6 ms to load. */
function randomName(): string {
  const part = () => Math.random().toString(36).slice(2);
  return part() + part();
}

function pathOf(base: string, specifier: string): string | undefined {
  if (/^\.\.?(\/|$)/.test(specifier)) return resolve(dirname(base), specifier);
  if (isAbsolute(specifier)) return resolve(specifier);
  return specifier.startsWith('file:') ? pathOfUrl(specifier) : undefined;
}

function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
