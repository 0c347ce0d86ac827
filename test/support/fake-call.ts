import type {
  Broker,
  Command,
  CommandResult,
  EffectError,
  EffectResult,
  FileKind,
  LogLevel,
} from '../../interpreter/broker.ts';
import type { Call } from '../../interpreter/builtin.ts';
import type { StackFrame } from '../../interpreter/position.ts';
import type { ScriptFunction, ScriptObject, ScriptValue } from '../../interpreter/value.ts';

/** A world of a test's own: files in memory, commands that answer what the test says. */
export interface FakeWorld {
  /** Text by absolute path. Folders are there because files are in them. */
  readonly files: Record<string, string>;
  readonly environment: Map<string, string>;
  /** Absolute paths that were read or watched, in order. */
  readonly recorded: string[];
  readonly printed: { text: string; level: LogLevel }[];
  readonly commands: Command[];
  answer: (command: Command) => EffectResult<CommandResult>;
}

export function fakeWorld(files: Record<string, string> = {}): FakeWorld {
  return {
    files,
    environment: new Map(),
    recorded: [],
    printed: [],
    commands: [],
    answer: () => ({
      ok: true,
      value: { exitCode: 0, signal: null, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) },
    }),
  };
}

export interface FakeCallOptions {
  readonly world?: FakeWorld;
  /** Absolute path of the file that makes the call. */
  readonly file?: string;
  readonly stack?: readonly StackFrame[];
  readonly invoke?: (fn: ScriptFunction, args: readonly ScriptValue[]) => ScriptValue;
  readonly loadModule?: (specifier: string) => ScriptObject;
}

/** Stands for the end of a script that called `exit()`. */
export class Exited extends Error {}

/** A call as the interpreter would hand it to a builtin. */
export function fakeCall(name: string, args: readonly ScriptValue[], options: FakeCallOptions = {}): Call {
  const position = { file: options.file ?? '/project/Tiltfile.js', line: 1, column: 1 };
  return {
    name,
    args,
    position,
    stack: options.stack ?? [{ ...position, functionName: '<toplevel>' }],
    broker: fakeBroker(options.world ?? fakeWorld()),
    invoke: options.invoke ?? (() => undefined),
    loadModule: options.loadModule ?? (() => ({})),
    defer() {
      throw new Error('this test calls nothing that answers a promise');
    },
    exit() {
      throw new Exited();
    },
  };
}

export function fakeBroker(world: FakeWorld): Broker {
  const peekFile = (path: string): EffectResult<Uint8Array> => {
    const text = world.files[path];
    if (text !== undefined) return { ok: true, value: Buffer.from(text) };
    return isFolder(world, path) ? no('EISDIR', path) : no('ENOENT', path);
  };
  return {
    readFile(path) {
      world.recorded.push(path);
      return peekFile(path);
    },
    peekFile,
    listFolder(path) {
      world.recorded.push(path);
      if (!isFolder(world, path)) return no('ENOENT', path);
      const entries = new Map<string, FileKind>();
      for (const file of Object.keys(world.files)) {
        if (!file.startsWith(`${path}/`)) continue;
        const [first = '', ...rest] = file.slice(path.length + 1).split('/');
        entries.set(first, rest.length > 0 ? 'folder' : 'file');
      }
      return { ok: true, value: [...entries].map(([name, kind]) => ({ name, kind })) };
    },
    stat(path) {
      if (world.files[path] !== undefined) return { ok: true, value: 'file' };
      return isFolder(world, path) ? { ok: true, value: 'folder' } : no('ENOENT', path);
    },
    fileInfo: (path) => no('ENOSYS', path),
    realPath: (path) =>
      world.files[path] !== undefined || isFolder(world, path) ? { ok: true, value: path } : no('ENOENT', path),
    watch(path) {
      world.recorded.push(path);
    },
    run(command) {
      world.commands.push(command);
      return world.answer(command);
    },
    start: (command, done) => done(world.answer(command)),
    environment: {
      get: (name) => world.environment.get(name),
      setting: (name) => world.environment.get(name),
      set: (name, value) => void world.environment.set(name, value),
      unset: (name) => void world.environment.delete(name),
      entries: () => [...world.environment],
      changes: () => ({}),
    },
    print: (text, level) => void world.printed.push({ text, level }),
  };
}

function isFolder(world: FakeWorld, path: string): boolean {
  return Object.keys(world.files).some((file) => file.startsWith(`${path}/`));
}

function no(code: string, subject: string): { readonly ok: false; readonly error: EffectError } {
  return { ok: false, error: { code, message: `${code}: ${subject}`, subject } };
}
