/** structuredClone in the sandbox: JavaScript that answers it. */
export const CLONE_SOURCE = `(function (given) {
'use strict';
const { DOMException } = given;
const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const typed = Object.getPrototypeOf(Uint8Array.prototype);
const typedName = Object.getOwnPropertyDescriptor(typed, Symbol.toStringTag).get;
const refuse = (value) => {
  let shown;
  try { shown = String(value); } catch { shown = Object.prototype.toString.call(value); }
  throw new DOMException(shown + ' could not be cloned.', 'DataCloneError');
};
const is = (Kind, value) => { try { return value instanceof Kind; } catch { return false; } };
function structuredClone(value, options) {
  if (arguments.length === 0) throw new TypeError("Failed to execute 'structuredClone': 1 argument required, but only 0 present");
  if (options?.transfer?.length > 0) throw new DOMException('Values cannot be transferred in a Tiltfile.', 'DataCloneError');
  const seen = new Map();
  const clone = (from) => {
    if (typeof from === 'function' || typeof from === 'symbol') refuse(from);
    if (typeof from !== 'object' || from === null) return from;
    const known = seen.get(from);
    if (known !== undefined) return known;
    const keep = (to) => { seen.set(from, to); return to; };
    if (is(Boolean, from) || is(Number, from) || is(String, from) || is(BigInt, from)) return keep(Object(from.valueOf()));
    if (is(Date, from)) return keep(new Date(from.getTime()));
    if (is(RegExp, from)) return keep(new RegExp(from.source, from.flags));
    if (is(ArrayBuffer, from)) return keep(from.slice(0));
    if (is(DataView, from)) return keep(new DataView(clone(from.buffer), from.byteOffset, from.byteLength));
    if (is(typed, from) || ArrayBuffer.isView(from)) {
      const Kind = globalThis[typedName.call(from)];
      return keep(new Kind(clone(from.buffer), from.byteOffset, from.length));
    }
    if (is(Map, from)) {
      const to = keep(new Map());
      for (const [key, held] of [...from]) to.set(clone(key), clone(held));
      return to;
    }
    if (is(Set, from)) {
      const to = keep(new Set());
      for (const held of [...from]) to.add(clone(held));
      return to;
    }
    if (is(Error, from)) {
      const to = keep(Object.create((ERRORS[from.name] ?? Error).prototype));
      const set = (name, held) => Object.defineProperty(to, name, { value: held, writable: true, configurable: true });
      if ('message' in from) set('message', String(from.message));
      if (typeof from.stack === 'string') set('stack', from.stack);
      if (Object.hasOwn(from, 'cause')) set('cause', clone(from.cause));
      return to;
    }
    for (const Kind of [WeakMap, WeakSet, WeakRef, Promise, SharedArrayBuffer]) if (is(Kind, from)) refuse(from);
    const to = keep(Array.isArray(from) ? new Array(from.length) : {});
    for (const key of Object.keys(from)) {
      Object.defineProperty(to, key, { value: clone(from[key]), writable: true, enumerable: true, configurable: true });
    }
    return to;
  };
  return clone(value);
}
return { structuredClone };
})`;
