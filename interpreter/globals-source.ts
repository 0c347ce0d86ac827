import { Question } from './question.ts';

/**
 * Timers and the web's globals in a sandbox: a fragment of the function in sandbox-source.ts, whose names it uses. What few scripts need
 * is loaded at its first use (web/).
 */
export const GLOBALS_SOURCE = `
// ---- timers: the host knows when, the functions stay here
const timers = pin(new Map(), ['get', 'set', 'delete']);
const timer = (repeat) => (fn, ms, ...args) => {
  if (typeof fn !== 'function') throw fail(TypeErr, 'a timer takes a function');
  const id = +host(${Question.addTimer}, jsonOf({ __proto__: null, ms: +ms, repeat }));
  timers.set(id, { __proto__: null, fn, args });
  return id;
};
const clearTimer = (id) => {
  if (typeof id !== 'number') return;
  host(${Question.clearTimer}, '' + id);
  timers.delete(id);
};
const globalFunction = (name, fn) => {
  defineProperty(fn, 'name', { __proto__: null, value: name });
  install(globalThis, name, fn);
  before[name] = true;
};
globalFunction('setTimeout', timer(false));
globalFunction('setInterval', timer(true));
globalFunction('clearTimeout', (id) => clearTimer(id));
globalFunction('clearInterval', (id) => clearTimer(id));
globalFunction('queueMicrotask', (fn) => {
  if (typeof fn !== 'function') throw fail(TypeErr, 'queueMicrotask takes a function');
  apply(then, resolved, [() => { apply(fn, undefined, []); }]);
});

// ---- globals that few scripts use: their code comes from the host at their first use
const defineLazy = (names, source, parts) => {
  const load = () => {
    const made = evaluate(host(${Question.lazySource}, source))(parts);
    for (let i = 0; i < names.length; i++) install(globalThis, names[i], made[names[i]]);
    return made;
  };
  for (let i = 0; i < names.length; i++) {
    before[names[i]] = true;
    defineProperty(globalThis, names[i], {
      __proto__: null,
      configurable: true,
      get() { return load()[names[i]]; },
      set(value) { install(globalThis, names[i], value); },
    });
  }
};
const ask = (question) => parse(host(${Question.url}, jsonOf(question)));
const basics = { __proto__: null, get DOMException() { return globalThis.DOMException; } };
defineLazy(['DOMException', 'performance'], 'basics', basics);
defineLazy(['TextEncoder', 'TextDecoder', 'atob', 'btoa'], 'encoding', basics);
defineLazy(['structuredClone'], 'clone', basics);
defineLazy(['URL', 'URLSearchParams'], 'url', { __proto__: null, ask });
`;
