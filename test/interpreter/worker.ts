import { dirname, join } from 'node:path';
import { type BuiltinFunction, type ImportSite, Refusal } from '../../interpreter/builtin.ts';
import { serveEvaluations } from '../../interpreter/serve.ts';
import {
  asSequence,
  Foreign,
  isBuiltin,
  MixedDict,
  ScriptFloat,
  ScriptFunction,
  type ScriptValue,
  sequenceKind,
  Tagged,
} from '../../interpreter/value.ts';

const command = { dir: '/', env: {}, stdin: undefined, quiet: false, echoOff: false };

/** A small library to test the interpreter with: see `evaluate-here.ts`. */
serveEvaluations((options, main) => {
  const seen: ScriptValue[] = [];
  const positions: string[] = [];
  const secret = new Tagged('Secret', { name: 'constant', list: [1, { deep: true }] });
  const functions = new Map<string, BuiltinFunction>([
    ['echo', (call) => call.args[0]],
    ['echo_all', (call) => [...call.args]],
    ['keep', (call) => void seen.push(...call.args)],
    ['kind', (call) => describe(call.args[0])],
    ['add', (call) => Number(call.args[0]) + Number(call.args[1])],
    ['refuse', (call) => fail(String(call.args[0] ?? 'no'))],
    ['bug', () => undefinedFunction()],
    ['declare', (call) => void positions.push(`${call.position.file}:${call.position.line}:${call.position.column}`)],
    ['stack', (call) => call.stack.map((f) => `${f.functionName} ${f.file}:${f.line}:${f.column}`)],
    ['make', (call) => new Tagged(String(call.args[0]), { value: call.args[1] })],
    ['invoke', (call) => invoke(call.args[0], call.args.slice(1), call.invoke.bind(call))],
    ['include', (call) => call.loadModule(String(call.args[0]))],
    ['keywords', (call) => (call.keywords === undefined ? 'not told' : { ...call.keywords })],
    ['pair', (call) => asSequence('tuple', [new ScriptFloat(2), new MixedDict([[call.args[0], null]])])],
    ['quit', (call) => call.exit()],
    ['read', (call) => new TextDecoder().decode(unwrap(call.broker.readFile(String(call.args[0]))))],
    ['getenv', (call) => call.broker.environment.get(String(call.args[0]))],
    ['putenv', (call) => void call.broker.environment.set(String(call.args[0]), String(call.args[1]))],
    ['print', (call) => void call.broker.print(`${call.args[0]}\n`, 'info')],
    [
      'run',
      (call) => {
        const result = unwrap(call.broker.run({ ...command, argv: call.args.map(String) }));
        return new TextDecoder().decode(result.stdout.subarray(0, 1000)) + result.stdout.length;
      },
    ],
    [
      'start',
      (call) => {
        const command = { dir: '/', env: {}, stdin: undefined, quiet: false, echoOff: false };
        const deferred = call.defer();
        call.broker.start({ ...command, argv: call.args.map(String) }, (result) =>
          deferred.settle(() => new TextDecoder().decode(unwrap(result).stdout)),
        );
        return { promise: deferred.promise };
      },
    ],
    // What a script may have left on the host's own prototypes.
    ['pollution', () => [...inherited({}), ...inherited([]), ...inherited(() => 1), ...inherited('')]],
    ['watch', (call) => void call.broker.watch(String(call.args[0]))],
    ['list', (call) => unwrap(call.broker.listFolder(String(call.args[0]))).map(({ name }) => name)],
    ['stat', (call) => unwrap(call.broker.stat(String(call.args[0])))],
    ['real', (call) => unwrap(call.broker.realPath(String(call.args[0])))],
    ['unsetenv', (call) => void call.broker.environment.unset(String(call.args[0]))],
    ['environment', (call) => call.broker.environment.entries().map(([name]) => name)],
    ['os.listdir_', () => 'listdir'],
    ['os.path.join', (call) => call.args.join('/')],
  ]);
  const library = {
    functions,
    constants: new Map<string, ScriptValue>([
      ['SECRET', secret],
      ['os.name', 'posix'],
      ['settings', { list: [1, 2, { a: 1 }] }],
    ]),
    moduleName: 'tilt',
    locateModule: (specifier: string, { position, broker }: ImportSite) => {
      if (!specifier.startsWith('lib:')) return undefined;
      positions.push(`${specifier} ${position.file}:${position.line}:${position.column}`);
      if (specifier === 'lib:bug') undefinedFunction();
      if (specifier === 'lib:none') throw new Refusal('there is no such library');
      if (specifier.startsWith('lib:run:')) broker.run({ ...command, argv: ['wait'] });
      return join(dirname(main.file), 'libraries', specifier.slice(specifier.lastIndexOf(':') + 1));
    },
    prelude: `
      defineTag('Probe', { shout() { return this.value + '!'; }, toString() { return 'probe ' + this.value; } });
      defineTag('Secret', { get upper() { return this.name.toUpperCase(); } });
      os.lazy = new Proxy({}, { get: (_, key) => typeof key === 'string' ? 'lazy ' + key : undefined });
      globalThis.twice = (value) => echo(value) + echo(value);
    `,
  };
  const finish = () => {
    if (options === 'refuse-at-end')
      throw new Refusal('too late', { position: { file: main.file, line: 1, column: 2 } });
    if (options === 'bug-at-end') undefinedFunction();
    return { seen: seen.map(plain), positions, main: main.file };
  };
  return { library, finish };
});

function plain(value: ScriptValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Tagged || value instanceof ScriptFunction) return describe(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function inherited(value: object | string): string[] {
  const names: string[] = [];
  for (const name in Object(value)) names.push(name);
  return names.filter((name) => !/^\d+$/.test(name));
}

function fail(message: string): never {
  throw new Refusal(message);
}

function undefinedFunction(): never {
  throw new TypeError('the host is broken');
}

function invoke(fn: ScriptValue, args: ScriptValue[], call: (fn: ScriptFunction, args: ScriptValue[]) => ScriptValue) {
  return fn instanceof ScriptFunction ? call(fn, args) : fail('not a function');
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  return result.ok ? result.value : fail(result.error.message);
}

function describe(value: ScriptValue): string {
  if (value === null || typeof value !== 'object')
    return Object.is(value, -0) ? 'number -0' : `${typeof value} ${value}`;
  if (Array.isArray(value)) return `${sequenceKind(value) === 'list' ? 'array' : sequenceKind(value)} ${value.length}`;
  if (value instanceof ScriptFloat) return `float ${value.value}`;
  if (value instanceof MixedDict) return `mixed ${value.entries.map((entry) => entry.map(describe).join('=')).join()}`;
  if (value instanceof Tagged) return `Tagged ${value.tag} ${JSON.stringify(value.fields)}`;
  if (value instanceof ScriptFunction) return `${isBuiltin(value) ? 'builtin' : 'function'} ${value.name}`;
  if (value instanceof Foreign) return `foreign ${value.kind}`;
  return `object ${Object.getPrototypeOf(value) === null ? 'null' : 'proto'} ${Object.keys(value).join()}`;
}
