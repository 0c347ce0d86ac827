import { constants } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command, CommandResult, EffectResult } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { type Builtin, builtin } from '../schema/builtin.ts';
import { stringList, stringMap } from '../schema/collection-types.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { bool, int, string } from '../schema/scalar-types.ts';
import type { Session } from '../session.ts';

// What `Deno` is made of in the sandbox (deno-source.ts); the prelude takes these names away from scripts. They answer `{ value }`
// or `{ error: { code, message } }`. Bytes are strings, a character a byte. Paths are relative to where the program was started.

/** The version of Deno whose words and shapes these are. */
const DENO_VERSION = '2.9.6';

function ofPath(name: string, look: (path: string, call: Call) => EffectResult<ScriptValue>): Builtin {
  return builtin({
    name: `__deno.${name}`,
    doc: '',
    parameters: { path: required(string, '') },
    returns: 'unknown',
    run: ({ path }, call, session) => answered(look(resolve(session.options.cwd, path), call)),
  });
}

function answered(result: EffectResult<ScriptValue>): ScriptValue {
  if (result.ok) return { value: result.value };
  const { code, message } = result.error;
  return { error: { code, message } };
}

function mapped<T>(result: EffectResult<T>, to: (value: T) => ScriptValue): EffectResult<ScriptValue> {
  return result.ok ? { ok: true, value: to(result.value) } : result;
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const readText = ofPath('readText', (path, call) =>
  mapped(call.broker.readFile(path), (bytes) => decoder.decode(bytes)),
);
const readFile = ofPath('readFile', (path, call) => mapped(call.broker.readFile(path), binary));
const realPath = ofPath('realPath', (path, call) => call.broker.realPath(path));
const readDir = ofPath('readDir', (path, call) =>
  mapped(call.broker.listFolder(path), (entries) =>
    entries.map(({ name, kind }) => ({
      name,
      isFile: kind === 'file',
      isDirectory: kind === 'folder',
      isSymlink: kind === 'link',
    })),
  ),
);

const stat = builtin({
  name: '__deno.stat',
  doc: '',
  parameters: { path: required(string, ''), follow: required(bool, '') },
  returns: 'unknown',
  run: ({ path, follow }, call, { options }) =>
    answered(mapped(call.broker.fileInfo(resolve(options.cwd, path), follow), (info) => ({ ...info }))),
});

const commandParameters = {
  argv: required(stringList, ''),
  env: withDefault(stringMap, {}, ''),
  cwd: optional(string, ''),
  clearEnv: withDefault(bool, false, ''),
  stdout: withDefault(string, 'piped', ''),
  stderr: withDefault(string, 'piped', ''),
} as const;

interface CommandArguments {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly clearEnv: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function commandOf({ argv, env, cwd, clearEnv, stdout, stderr }: CommandArguments, { options }: Session): Command {
  const quiet = stdout !== 'inherit' || stderr !== 'inherit';
  return { argv, env, clearEnv, dir: resolve(options.cwd, cwd ?? ''), stdin: undefined, quiet, echoOff: true };
}

/** What the script asked for is in the log already when both streams go there. */
function ended(args: CommandArguments, ran: EffectResult<CommandResult>, call: Call): ScriptValue {
  if (!ran.ok) {
    const { code, message, subject } = ran.error;
    return {
      error: { code, message, missing: code === 'ENOENT' && subject === args.argv[0] && !subject.includes('/') },
    };
  }
  const { exitCode, signal, stdout, stderr } = ran.value;
  for (const [how, other, bytes] of [
    [args.stdout, args.stderr, stdout],
    [args.stderr, args.stdout, stderr],
  ] as const) {
    if (how === 'inherit' && other !== 'inherit' && bytes.length > 0) call.broker.print(decoder.decode(bytes), 'info');
  }
  const number = signal === null ? 0 : (constants.signals[signal as NodeJS.Signals] ?? 0);
  return { value: { code: exitCode ?? 128 + number, signal, stdout: binary(stdout), stderr: binary(stderr) } };
}

const run = builtin({
  name: '__deno.run',
  doc: '',
  parameters: commandParameters,
  returns: 'unknown',
  run(args, call, session) {
    session.checkContext({ name: 'Deno.Command' });
    return ended(args, call.broker.run(commandOf(args, session)), call);
  },
});

const start = builtin({
  name: '__deno.start',
  doc: '',
  parameters: commandParameters,
  returns: 'unknown',
  run(args, call, session) {
    session.checkContext({ name: 'Deno.Command' });
    const deferred = call.defer();
    call.broker.start(commandOf(args, session), (ran) => deferred.settle(() => ended(args, ran, call)));
    return deferred.promise;
  },
});

const exit = builtin({
  name: '__deno.exit',
  doc: '',
  parameters: { code: required(int, '') },
  returns: 'never',
  run({ code }, call) {
    if (code === 0) return call.exit();
    throw new Refusal(`The Tiltfile ended itself with exit code ${code}: Deno.exit(${code})`);
  },
});

const info = builtin({
  name: '__deno.info',
  doc: '',
  parameters: {},
  returns: 'unknown',
  run: (_args, _call, { options }) => ({
    cwd: options.cwd,
    args: [...options.args],
    build: build(),
    mainModule: pathToFileURL(options.mainFile).href,
    version: { deno: DENO_VERSION, v8: '', typescript: '' },
    noColor: true,
  }),
});

function build(): Record<string, ScriptValue> {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const known: Readonly<Record<string, readonly [vendor: string, system: string, env: string | null]>> = {
    linux: ['unknown', 'linux', 'gnu'],
    darwin: ['apple', 'darwin', null],
    windows: ['pc', 'windows', 'msvc'],
  };
  const [vendor, system, env] = known[os] ?? ['unknown', os, null];
  const target = [arch, vendor, system, ...(env === null ? [] : [env])].join('-');
  return { target, arch, os, vendor, ...(env === null ? {} : { env }), standalone: false };
}

/** Not for scripts and not in the reference. */
export const denoBuiltins: readonly Builtin[] = [readText, readFile, readDir, realPath, stat, run, start, exit, info];
