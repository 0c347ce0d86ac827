/**
 * The global `Deno`: JavaScript that answers it, run when a script first uses it. It has the part of Deno's own `Deno` that fits a
 * Tiltfile, with Deno's names, shapes and messages. What it does to the world it asks of the builtins in deno-builtins.ts.
 */
export const DENO_SOURCE = `(function (given) {
'use strict';
const { calls, environ } = given;
const errors = {};
for (const name of [
  'NotFound', 'PermissionDenied', 'ConnectionRefused', 'ConnectionReset', 'ConnectionAborted', 'NotConnected', 'AddrInUse',
  'AddrNotAvailable', 'BrokenPipe', 'AlreadyExists', 'InvalidData', 'TimedOut', 'Interrupted', 'WriteZero', 'WouldBlock', 'UnexpectedEof',
  'BadResource', 'Http', 'Busy', 'NotSupported', 'FilesystemLoop', 'IsADirectory', 'NetworkUnreachable', 'NotADirectory', 'NotCapable',
]) {
  errors[name] = { [name]: class extends Error { constructor(message, options) { super(message, options); this.name = name; } } }[name];
}
const KNOWN = {
  ENOENT: [errors.NotFound, 'No such file or directory (os error 2)'],
  EACCES: [errors.PermissionDenied, 'Permission denied (os error 13)'],
  EPERM: [errors.PermissionDenied, 'Operation not permitted (os error 1)'],
  EISDIR: [errors.IsADirectory, 'Is a directory (os error 21)'],
  ENOTDIR: [errors.NotADirectory, 'Not a directory (os error 20)'],
  ELOOP: [errors.FilesystemLoop, 'Too many levels of symbolic links (os error 40)'],
  ENAMETOOLONG: [Error, 'File name too long (os error 36)'],
};
const failed = ({ code, message }, act) => {
  if (code === 'refused') return new errors.NotCapable(message);
  const [Kind, text] = KNOWN[code] ?? [Error, message];
  const error = new Kind(act(text));
  error.code = code;
  return error;
};
const unwrap = (answer, act) => {
  if (answer.error !== undefined) throw failed(answer.error, act);
  return answer.value;
};
const pathText = (path) => {
  if (typeof path !== 'object' || path === null || typeof path.href !== 'string') return String(path);
  if (path.protocol !== 'file:') throw new TypeError('Must be a file URL');
  return decodeURIComponent(path.pathname);
};
/** Asks about a path; the words of what goes wrong are Deno's. */
const ofPath = (call, verb) => (path) => {
  const text = pathText(path);
  if (text.includes('\\0')) throw new TypeError("Path contains a NUL character: " + verb + " '" + text + "'");
  return unwrap(call(text), (reason) => reason + ': ' + verb + " '" + text + "'");
};
const later = (name, run) => ({ async [name](...args) { return run(...args); } })[name];
const bytesOf = (text) => {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
};

const readText = ofPath(calls.readText, 'readfile');
const readBytes = ofPath(calls.readFile, 'readfile');
const readTextFileSync = (path) => readText(path);
const readFileSync = (path) => bytesOf(readBytes(path));
const readDirSync = ofPath(calls.readDir, 'readdir');
const realPathSync = ofPath(calls.realPath, 'realpath');
const info = (found) => {
  const { kind, mtime, atime, birthtime, ctime, size, ...rest } = found;
  const date = (ms) => (ms === null ? null : new Date(ms));
  return {
    isFile: kind === 'file', isDirectory: kind === 'folder', isSymlink: kind === 'link', size,
    mtime: date(mtime), atime: date(atime), birthtime: date(birthtime), ctime: date(ctime), ...rest,
  };
};
const stat = ofPath((path) => calls.stat(path, true), 'stat'), lstat = ofPath((path) => calls.stat(path, false), 'lstat');
const statSync = (path) => info(stat(path));
const lstatSync = (path) => info(lstat(path));
function readDir(path) {
  return {
    async *[Symbol.asyncIterator]() { yield* readDirSync(path); },
  };
}

// ---- the environment
const guarded = (run) => {
  try { return run(); } catch (error) { throw new errors.NotCapable(error.message); }
};
const checkKey = (key) => {
  const text = String(key);
  if (text === '') throw new TypeError('Key is an empty string.');
  if (/[=\\0]/.test(text)) throw new TypeError('Key contains invalid characters: ' + JSON.stringify(text).replaceAll('\\\\u0000', '\\\\0'));
  return text;
};
const env = Object.freeze({
  get(key) { const name = checkKey(key); return guarded(() => environ.get(name)); },
  set(key, value) {
    const name = checkKey(key), text = String(value);
    if (text.includes('\\0')) throw new TypeError('Value contains invalid characters: ' + JSON.stringify(text).replaceAll('\\\\u0000', '\\\\0'));
    guarded(() => environ.set(name, text));
  },
  has(key) { const name = checkKey(key); return guarded(() => environ.get(name) !== undefined); },
  delete(key) { const name = checkKey(key); guarded(() => environ.unset(name)); },
  toObject() { return guarded(() => Object.fromEntries(environ.keys().map((key) => [key, environ.get(key)]))); },
});

// ---- commands
const OPTIONS = new Set(['args', 'cwd', 'env', 'clearEnv', 'stdin', 'stdout', 'stderr']);
const output = (ran, how) => {
  const stream = (name) => {
    if (how[name] !== 'piped') throw new TypeError("Cannot get '" + name + "': '" + name + "' is not piped");
    return bytesOf(ran[name]);
  };
  return {
    success: ran.code === 0, code: ran.code, signal: ran.signal,
    get stdout() { return stream('stdout'); },
    get stderr() { return stream('stderr'); },
  };
};
class Command {
  #program; #options;
  constructor(command, options = {}) {
    this.#program = pathText(command);
    this.#options = options;
  }
  #spec() {
    const { args = [], cwd, env = {}, clearEnv = false, stdin = 'null', stdout = 'piped', stderr = 'piped' } = this.#options;
    for (const name of Object.keys(this.#options)) {
      if (!OPTIONS.has(name) && this.#options[name] !== undefined) throw new TypeError("Deno.Command: there is no option '" + name + "' in a Tiltfile");
    }
    if (stdin === 'piped') throw new TypeError("Piped stdin is not supported for this function, use 'Deno.Command.spawn()' instead");
    return {
      argv: [this.#program, ...Array.from(args, pathText)], cwd: cwd === undefined ? undefined : pathText(cwd),
      env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])), clearEnv: Boolean(clearEnv), stdout, stderr,
    };
  }
  #answer(ran, { stdout, stderr }) {
    const act = (reason) => "Failed to spawn '" + this.#program + "': " + (ran.error.missing ? 'entity not found' : reason);
    return output(unwrap(ran, act), { stdout, stderr });
  }
  outputSync() {
    const spec = this.#spec();
    return this.#answer(calls.run(spec), spec);
  }
  async output() {
    const spec = this.#spec();
    return this.#answer(await calls.start(spec), spec);
  }
  spawn() {
    throw new errors.NotSupported('Deno.Command.spawn() is not there in a Tiltfile: use output() or outputSync(), or serve_cmd of local_resource for what keeps running');
  }
}

const { cwd, args, build, mainModule, version, noColor } = calls.info();
return {
  Deno: Object.freeze({
    errors: Object.freeze(errors),
    readTextFileSync, readTextFile: later('readTextFile', readTextFileSync),
    readFileSync, readFile: later('readFile', readFileSync),
    readDirSync: (path) => readDirSync(path)[Symbol.iterator](), readDir,
    statSync, stat: later('stat', statSync), lstatSync, lstat: later('lstat', lstatSync),
    realPathSync, realPath: later('realPath', realPathSync),
    env, args: Object.freeze(args), cwd: () => cwd, build: Object.freeze(build), version: Object.freeze(version), mainModule, noColor,
    Command,
    exit(code = 0) { calls.exit(Number(code)); },
  }),
};
})`;
