import { Question } from './question.ts';

/**
 * `console` in the sandbox: a fragment of the function in sandbox-source.ts, whose names it uses. Values are shown in the way
 * of Node, in short: strings in quotes inside of others, two levels deep, a hundred elements.
 */
export const CONSOLE_SOURCE = String.raw`
const call0 = (fn, self) => apply(fn, self, []);
const dateText = Date.prototype.toISOString, regexText = RegExp.prototype.toString, symbolText = Symbol.prototype.toString;
const mapEach = Map.prototype.forEach, setEach = Set.prototype.forEach;
const replaceAll = Function.prototype.call.bind(Str.prototype.replaceAll);
const indexOf = Function.prototype.call.bind(Str.prototype.indexOf);
const plainKey = (key) => {
  for (let i = 0; i < key.length; i++) {
    const c = key[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || c === '$' || (i > 0 && c >= '0' && c <= '9'))) return false;
  }
  return key !== '';
};
const isDate = (value) => { try { call0(dateText, value); return true; } catch { return false; } };
const isMade = (value, Kind) => { try { return value instanceof Kind; } catch { return false; } };
const MapOf = Map, SetOf = Set, DateOf = Date, RegExpOf = RegExp, PromiseOf = Promise;
const single = (text) => {
  if (indexOf(text, "'") < 0) {
    const json = stringify(text);
    return "'" + replaceAll(slice(json, 1, json.length - 1), '\\"', '"') + "'";
  }
  return stringify(text);
};
const joined = (open, parts, close) => {
  if (parts.length === 0) return open + close;
  let text = '', long = 0;
  for (let i = 0; i < parts.length; i++) {
    long += parts[i].length + 2;
    if (indexOf(parts[i], '\n') >= 0) long += 100;
  }
  const line = long > 72;
  for (let i = 0; i < parts.length; i++) text += (i > 0 ? (line ? ',\n' : ', ') : '') + parts[i];
  return line ? open + '\n  ' + replaceAll(text, '\n', '\n  ') + '\n' + close : open + ' ' + text + ' ' + close;
};
const errorText = (error) => {
  const name = read(error, 'name'), message = read(error, 'message');
  return (typeof name === 'string' ? name : 'Error') + (typeof message === 'string' && message !== '' ? ': ' + message : '');
};
const { isView } = ArrayBuffer;
let deepest = 2;
const inspect = (value, depth, parents) => {
  switch (typeof value) {
    case 'string': return single(value);
    case 'number': return value === 0 && 1 / value < 0 ? '-0' : '' + value;
    case 'bigint': return value + 'n';
    case 'symbol': return call0(symbolText, value);
    case 'function': { const name = nameOf(value); return name === '' ? '[Function (anonymous)]' : '[Function: ' + name + ']'; }
    case 'object': break;
    default: return '' + value;
  }
  if (value === null) return 'null';
  for (let above = parents; above !== null; above = above.up) if (above.value === value) return '[Circular]';
  const here = { value, up: parents };
  const parts = [];
  const add = (text) => put(parts, parts.length, text);
  const typed = isView(value) && typeof value.length === 'number';
  const list = isArray(value) || typed;
  let kind = kindOf(value);
  if (tagIds.get(value) !== undefined) kind = Str(read(value, tagSymbol));
  if (isMade(value, Err)) return depth > 0 ? '[' + errorText(value) + ']' : errorText(value) + stackLines(value);
  if (isMade(value, DateOf) && isDate(value)) return call0(dateText, value);
  if (isMade(value, RegExpOf)) { try { return call0(regexText, value); } catch {} }
  if (isMade(value, PromiseOf)) return 'Promise {}';
  if (depth > deepest) return list ? '[Array]' : '[' + (kind === 'object' ? 'Object' : kind) + ']';
  const isMap = isMade(value, MapOf), isSet = isMade(value, SetOf);
  if (isMap) { try { apply(mapEach, value, [(v, k) => add(inspect(k, depth + 1, here) + ' => ' + inspect(v, depth + 1, here))]); } catch {} }
  if (isSet) { try { apply(setEach, value, [(v) => add(inspect(v, depth + 1, here))]); } catch {} }
  if (list) {
    const length = value.length;
    for (let i = 0; i < length && i < 100; i++) add(inspect(value[i], depth + 1, here));
    if (length > 100) add('... ' + (length - 100) + ' more item' + (length > 101 ? 's' : ''));
    return joined((typed ? kind + '(' + length + ') ' : '') + '[', parts, ']');
  }
  const names = keys(value);
  for (let i = 0; i < names.length && i < 100; i++) {
    add((plainKey(names[i]) ? names[i] : single(names[i])) + ': ' + inspect(read(value, names[i]), depth + 1, here));
  }
  if (names.length > 100) add('... ' + (names.length - 100) + ' more');
  let front = '';
  if (isMap || isSet) front = kind + '(' + parts.length + ') ';
  else if (getPrototypeOf(value) === null) front = '[Object: null prototype] ';
  else if (kind !== 'Object' && kind !== 'object') front = kind + ' ';
  return joined(front + '{', parts, '}');
};
const stackLines = (error) => {
  const stack = read(error, 'stack');
  if (typeof stack !== 'string' || stack === '') return '';
  return '\n' + host(${Question.frames}, stack);
};
const format = (args) => {
  let text = '', next = 0;
  if (args.length > 0 && typeof args[0] === 'string') {
    const pattern = args[0];
    next = 1;
    let i = 0;
    while (i < pattern.length) {
      const sign = pattern[i] === '%' ? pattern[i + 1] : undefined;
      if (sign === '%' && args.length > 1) { text += '%'; i += 2; continue; }
      if (sign !== undefined && next < args.length) {
        const value = args[next];
        let shown;
        if (sign === 's') shown = typeof value === 'string' ? value : inspect(value, 1, null);
        else if (sign === 'd' || sign === 'i' || sign === 'f') {
          shown = typeof value === 'object' || typeof value === 'symbol' ? 'NaN' : typeof value === 'bigint' ? value + 'n' : '' + (sign === 'i' ? truncate(+value) : +value);
        } else if (sign === 'j') { try { shown = stringify(value); } catch { shown = '[Circular]'; } }
        else if (sign === 'o' || sign === 'O') shown = inspect(value, 0, null);
        else if (sign === 'c') shown = '';
        if (shown !== undefined) { text += shown; next += 1; i += 2; continue; }
      }
      text += pattern[i];
      i += 1;
    }
  }
  for (; next < args.length; next++) {
    text += (next > 0 ? ' ' : '') + (typeof args[next] === 'string' ? args[next] : inspect(args[next], 0, null));
  }
  return text;
};
let indent = '';
const printLine = (level, text) => {
  host(${Question.print}, quote(level + (indent === '' ? text : indent + replaceAll(text, '\n', '\n' + indent))));
};
const printer = (level) => (...args) => printLine(level, format(args));
const withDepth = (depth, run) => {
  const before = deepest;
  deepest = depth;
  try { return run(); } finally { deepest = before; }
};
const makeConsole = () => {
  const log = printer('i');
  const methods = { __proto__: null, log, info: printer('i'), debug: printer('i'), warn: printer('w'), error: printer('e'), dirxml: printer('i') };
  const parts = {
    __proto__: null, format, inspect, printLine, withDepth, getIndent: () => indent, setIndent: (text) => { indent = text; },
    stackFrames: (stack) => host(${Question.frames}, stack), put, pin, map, read, keys, apply, isArray, isMade, getOwnPropertyDescriptor, replaceAll,
    slice, truncate, mapEach, setEach, MapOf, SetOf, Str, Err,
  };
  let loaded;
  const late = ['dir', 'table', 'trace', 'assert', 'group', 'groupCollapsed', 'groupEnd', 'count', 'countReset', 'time', 'timeLog', 'timeEnd'];
  for (let i = 0; i < late.length; i++) {
    methods[late[i]] = (...args) => {
      loaded ??= evaluate(host(${Question.lazySource}, 'console'))(parts);
      return apply(loaded[late[i]], undefined, args);
    };
  }
  const console = {};
  const names = keys(methods);
  for (let i = 0; i < names.length; i++) {
    defineProperty(methods[names[i]], 'name', { __proto__: null, value: names[i] });
    put(console, names[i], methods[names[i]]);
  }
  return console;
};
`;
