import { CONSOLE_SOURCE } from './console-source.ts';
import { GLOBALS_SOURCE } from './globals-source.ts';
import { Question } from './question.ts';
import { STARLARK_BRIDGE_SOURCE } from './starlark-bridge-source.ts';
import { VALUES_SOURCE } from './values-source.ts';

/**
 * The part of the interpreter that lives inside of QuickJS: it turns values into text and back, makes the builtins' functions
 * and describes what was thrown. It is one function expression; the host calls it before any code of the user runs.
 *
 * It takes every intrinsic that it needs before a script can replace one, uses no iteration protocol and reads no property
 * that a script could have put on a prototype. What it must do with the user's own objects (getters, proxies) may throw: those
 * errors are the script's.
 *
 * The wire formats are in codec.ts, which has the other side of them.
 */
export const SANDBOX_SOURCE = `(function (host, library) {
'use strict';
const { create, defineProperty, freeze, getPrototypeOf, setPrototypeOf, keys, getOwnPropertyNames, isExtensible, isFrozen } = Object;
const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect;
const { stringify, parse } = JSON;
const { isArray } = Array;
const ObjectPrototype = Object.prototype, ArrayPrototype = Array.prototype, ErrorPrototype = Error.prototype;
const { trunc: truncate } = Math;
const Err = Error, TypeErr = TypeError, Str = String, Big = BigInt, ProxyOf = Proxy;
const evaluate = eval, resolved = Promise.resolve(), then = Promise.prototype.then;
const tagSymbol = Symbol.toStringTag;
const pin = (object, methods) => {
  for (let i = 0; i < methods.length; i++) defineProperty(object, methods[i], { value: object[methods[i]] });
  return object;
};
const weakMap = () => pin(new WeakMap(), ['get', 'set']);
const map = () => pin(new Map(), ['get', 'set']);
const put = (object, key, value) => defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
const quote = (text) => stringify(text);
const fail = (Kind, message) => new Kind(message);
// JSON.stringify keeps what it is in on a list of its own, and a setter that a script puts on Array.prototype would get to see it.
const isIntact = () =>
  getPrototypeOf(ArrayPrototype) === ObjectPrototype &&
  getOwnPropertyDescriptor(ArrayPrototype, 0) === undefined &&
  getOwnPropertyDescriptor(ObjectPrototype, 0) === undefined;
/** Plain data as JSON; it reads own properties and nothing else. */
const jsonOf = (value) => {
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'number') return value - value === 0 ? '' + value : 'null';
  if (typeof value !== 'object' || value === null) return '' + value;
  const list = isArray(value), names = list ? undefined : keys(value), count = list ? value.length : names.length;
  let text = '';
  for (let i = 0; i < count; i++) {
    const item = list ? value[i] : value[names[i]];
    if (item !== undefined) text += (text === '' ? '' : ',') + (list ? '' : stringify(names[i]) + ':') + jsonOf(item);
  }
  return list ? '[' + text + ']' : '{' + text + '}';
};

// ---- values that stay here and are known to the host by a number
const kept = [];
const keptIds = map();
const keep = (value) => { put(kept, kept.length, value); return kept.length - 1; };
const keepFunction = (fn) => {
  let id = keptIds.get(fn);
  if (id === undefined) { id = keep(fn); keptIds.set(fn, id); }
  return id;
};
const tagObjects = [];
const tagNames = [];
const tagIds = weakMap();
const moduleObjects = weakMap();
/** Functions that are not the script's own. */
const ownFunctions = weakMap();

${VALUES_SOURCE}
// ---- calls of builtins
const refusals = weakMap();
/** The place of the call whose answer is being made: promises that it holds are rejected with this error. */
let site;
const call = (index, args) => {
  const at = new Err('');
  const answer = host(index, writing(writeList, args), at.stack);
  if (answer === undefined) return undefined;
  const mark = answer[0];
  if (mark === '=') return parse(rest(answer));
  if (mark === '~') { site = at; return revive(parse(rest(answer))); }
  if (mark === '^') throw kept[+rest(answer)];
  const refusal = parse(rest(answer));
  const error = new Err(refusal.message);
  refusals.set(error, refusal.id);
  throw error;
};
const promises = [];
const hostPromise = (id) => {
  let entry = promises[id];
  if (entry === undefined) {
    const { promise, resolve, reject } = withResolvers();
    entry = { __proto__: null, promise, resolve, reject, error: site };
    put(promises, id, entry);
  }
  return entry.promise;
};
const withResolvers = () => {
  let resolve, reject;
  const promise = new PromiseOf((...settlers) => { resolve = settlers[0]; reject = settlers[1]; });
  return { __proto__: null, promise, resolve, reject };
};
const slice = Function.prototype.call.bind(Str.prototype.slice);
const rest = (text) => slice(text, 1);

// ---- what was thrown, as data
const read = (object, name) => { try { return object[name]; } catch { return undefined; } };
const describe = (thrown, depth) => {
  if (typeof thrown === 'object' && thrown !== null) {
    const stack = read(thrown, 'stack'), message = read(thrown, 'message'), name = read(thrown, 'name');
    if (typeof stack === 'string' || typeof message === 'string') {
      const said = { __proto__: null, error: true, name: typeof name === 'string' ? name : 'Error', message: typeof message === 'string' ? message : '', stack: typeof stack === 'string' ? stack : '' };
      const refusal = refusals.get(thrown);
      if (refusal !== undefined) said.refusal = refusal;
      const innermost = read(thrown, 'innermost');
      if (typeof innermost === 'object') said.innermost = innermost;
      const errors = read(thrown, 'errors');
      if (depth < 5) {
        const cause = read(thrown, 'cause');
        if (cause !== undefined) said.cause = describe(cause, depth + 1);
        if (name === 'AggregateError' && isArray(errors)) {
          said.errors = setPrototypeOf([], null);
          for (let i = 0; i < errors.length && i < 10; i++) put(said.errors, i, describe(errors[i], depth + 1));
        }
      }
      return said;
    }
  }
  let text;
  try { text = inspect(thrown, 0, null); } catch { text = 'a value that cannot be shown'; }
  return { __proto__: null, error: false, text, oom: thrown === null };
};

// ---- console
${CONSOLE_SOURCE}

// ---- the border to Starlark, whose run-time lives in a realm of its own
${STARLARK_BRIDGE_SOURCE}

// ---- globals: functions, constants and the objects of dotted names
const objectNames = create(null);
{
  const names = getOwnPropertyNames(ObjectPrototype);
  for (let i = 0; i < names.length; i++) objectNames[names[i]] = true;
}
const namespaces = [];
const makeNamespace = () => {
  const target = {};
  const module = new ProxyOf(target, {
    __proto__: null,
    get(_, key) {
      const own = getOwnPropertyDescriptor(target, key);
      if (own !== undefined) return 'value' in own ? own.value : apply(own.get, module, []);
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      if (objectNames[key]) return ObjectPrototype[key];
      throw fail(TypeErr, 'module has no .' + key + ' field or method');
    },
  });
  moduleObjects.set(module, target);
  put(namespaces, namespaces.length, target);
  return module;
};
const homes = create(null);
const home = (path) => {
  if (path.length === 0) return globalThis;
  let known = '', where = globalThis;
  for (let i = 0; i < path.length; i++) {
    known += '.' + path[i];
    if (homes[known] === undefined) {
      homes[known] = makeNamespace();
      install(where, path[i], homes[known]);
    }
    where = homes[known];
  }
  return where;
};
const install = (where, name, value) => {
  const target = moduleObjects.get(where);
  defineProperty(target === undefined ? where : target, name, { __proto__: null, value, writable: true, configurable: true, enumerable: target !== undefined });
};
const constants = [];
const before = create(null);
{
  const names = getOwnPropertyNames(globalThis);
  for (let i = 0; i < names.length; i++) before[names[i]] = true;
}
install(globalThis, 'console', makeConsole());
before.console = true;
${GLOBALS_SOURCE}
for (let i = 0; i < library.functions.length; i++) {
  const { path, name } = library.functions[i];
  const builtin = { [name](...args) { return call(i, args); } }[name];
  defineProperty(builtin, 'length', { __proto__: null, value: 0 });
  ownFunctions.set(builtin, true);
  install(home(path), name, freeze(builtin));
}
for (let i = 0; i < library.constants.length; i++) {
  const { path, name, value } = library.constants[i];
  put(constants, i, revive(value));
  install(home(path), name, constants[i]);
}

return {
  __proto__: null,
  /** The prelude runs between the making of the globals and this. */
  defineLazy(names, source, parts) { defineLazy(names, source, parts); },
  defineTag(tag, prototype) {
    if (typeof tag !== 'string' || typeof prototype !== 'object' || prototype === null) throw fail(TypeErr, 'defineTag(name, prototype)');
    if (getOwnPropertyDescriptor(prototype, tagSymbol) === undefined) defineProperty(prototype, tagSymbol, { __proto__: null, value: tag });
    prototypes[tag] = freeze(prototype);
  },
  /** Freezes what the library made and answers the names that the library's module exports. */
  finish() {
    const tagged = unfinished;
    unfinished = null;
    for (let i = 0; i < tagged.length; i++) freeze(setPrototypeOf(tagged[i][0], prototypeOf(tagged[i][1])));
    for (let i = 0; i < constants.length; i++) deepFreeze(constants[i]);
    for (let i = 0; i < namespaces.length; i++) freeze(namespaces[i]);
    let names = '';
    const all = getOwnPropertyNames(globalThis);
    for (let i = 0; i < all.length; i++) {
      if (before[all[i]]) continue;
      names += (names === '' ? '' : ',') + all[i];
    }
    return names;
  },
  /** A module's own code begins (with its import.meta and what to put there) or has come to its end. */
  mark(meta, at) {
    if (meta !== undefined) {
      put(meta, 'url', at.url);
      put(meta, 'filename', at.filename);
      put(meta, 'dirname', at.dirname);
      put(meta, 'main', at.main);
    }
    host(meta === undefined ? ${Question.moduleEnds} : ${Question.moduleBegins}, at.filename);
  },
  stack() { return new Err('').stack; },
  invoke(id, text) {
    try {
      const fn = kept[id];
      return '=' + (typeof fn === 'function' ? writing(writeOne, apply(fn, undefined, revive(parse(text)))) : starlark.invoke(fn, text));
    }
    catch (error) { return '^' + keep(error); }
  },
  describe(thrown) { return jsonOf(describe(thrown, 0)); },
  /** Name and message of a kept error. */
  summary(id) {
    const thrown = kept[id];
    if (typeof thrown !== 'object' || thrown === null) return describe(thrown, 0).text;
    const name = read(thrown, 'name'), message = read(thrown, 'message');
    if (typeof message !== 'string') return describe(thrown, 0).text || 'Error';
    return typeof name !== 'string' || name === 'Error' || name === '' ? message : name + ': ' + message;
  },
  encodeExports(namespace) { return writing(writeExports, namespace); },
  keep(value) { return keep(value); },
  load(file) { return import(file); },
  /** What became of a promise of the host. */
  settle(id, text) {
    const { resolve, reject, error } = promises[id];
    put(promises, id, undefined);
    if (text[0] === '=') return resolve(parse(rest(text)));
    if (text[0] === '~') return resolve(revive(parse(rest(text))));
    const refusal = parse(rest(text));
    defineProperty(error, 'message', { __proto__: null, value: refusal.message, writable: true, configurable: true });
    refusals.set(error, refusal.id);
    reject(error);
  },
  /** Calls the function of a timer, for the last time or not. */
  fire(id, last) {
    const timer = timers.get(id);
    if (timer === undefined) return;
    const { fn, args } = timer;
    if (last) timers.delete(id);
    apply(fn, undefined, args);
  },
  bridge(code) { return makeBridge(code); },
  /** The run-time of Starlark has started. */
  attach(api) { starlark = api; },
  /** A function of Starlark's for JavaScript. */
  helper(name) { return makeHelper(name); },
  /** The exports of a Starlark file, which runs once. */
  run(file) { return runStarlark(file); },
};
})`;
