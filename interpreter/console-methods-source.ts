/**
 * The methods of `console` that few scripts use: JavaScript that answers them, loaded when one is first called. It gets the names of
 * console-source.ts and sandbox-source.ts that it uses. They write what Node's write.
 */
export const CONSOLE_METHODS_SOURCE = String.raw`(function (given) {
'use strict';
const {
  format, inspect, printLine, withDepth, getIndent, setIndent, stackFrames, put, pin, map, read, keys, apply, isArray, isMade,
  getOwnPropertyDescriptor, replaceAll, slice, truncate, mapEach, setEach, MapOf, SetOf, Str, Err,
} = given;
const { now } = Date;
const toFixed = Function.prototype.call.bind(Number.prototype.toFixed);
const repeat = Function.prototype.call.bind(Str.prototype.repeat);
const label = (given) => (given === undefined ? 'default' : '' + given);
const counts = pin(new Map(), ['get', 'set', 'delete']), starts = pin(new Map(), ['get', 'set', 'delete']);
const took = (name, args) => {
  const start = starts.get(name);
  if (start === undefined) return printLine('w', "Timer '" + name + "' does not exist");
  const ms = now() - start;
  const text = name + ': ' + (ms < 1000 ? ms + 'ms' : toFixed(ms / 1000, 3) + 's');
  printLine('i', args.length === 0 ? text : text + ' ' + format(args));
};

const widthOf = (text) => { let width = 0; for (let i = 0; i < text.length; i++) width += text[i] >= '\udc00' && text[i] <= '\udfff' ? 0 : 1; return width; };
const drawTable = (head, rows) => {
  const widths = [];
  const measure = (cells) => {
    for (let i = 0; i < cells.length; i++) put(widths, i, truncate(widths[i] > widthOf(cells[i]) ? widths[i] : widthOf(cells[i])));
  };
  measure(head);
  for (let i = 0; i < rows.length; i++) measure(rows[i]);
  const rule = (left, middle, right) => {
    let text = left;
    for (let i = 0; i < widths.length; i++) text += (i > 0 ? middle : '') + repeat('─', widths[i] + 2);
    return text + right;
  };
  const line = (cells) => {
    let text = '│';
    for (let i = 0; i < widths.length; i++) text += ' ' + cells[i] + repeat(' ', widths[i] - widthOf(cells[i])) + ' │';
    return text;
  };
  let text = rule('┌', '┬', '┐') + '\n' + line(head) + '\n' + rule('├', '┼', '┤') + '\n';
  for (let i = 0; i < rows.length; i++) text += line(rows[i]) + '\n';
  return text + rule('└', '┴', '┘');
};
/** What is a row of a table: pairs of a name and a value. */
const entriesOf = (data) => {
  const found = [];
  const add = (name, value) => put(found, found.length, [name, value]);
  if (isMade(data, MapOf)) { try { apply(mapEach, data, [(value, key) => add(found.length, [key, value])]); return { index: '(iteration index)', found, pairs: true }; } catch {} }
  if (isMade(data, SetOf)) { try { apply(setEach, data, [(value) => add(found.length, value)]); return { index: '(iteration index)', found, pairs: false }; } catch {} }
  const names = keys(data);
  for (let i = 0; i < names.length && i < 1000; i++) add(names[i], read(data, names[i]));
  return { index: '(index)', found, pairs: false };
};
const table = (data, only) => {
  if (typeof data !== 'object' || data === null) return printLine('i', format([data]));
  const { index, found, pairs } = entriesOf(data);
  const columns = [], column = map();
  const addColumn = (name) => {
    if (column.get(name) !== undefined || columns.length >= 100) return;
    column.set(name, true);
    put(columns, columns.length, name);
  };
  if (isArray(only)) for (let i = 0; i < only.length; i++) addColumn('' + only[i]);
  let values = false;
  const isRow = (value) => !pairs && typeof value === 'object' && value !== null;
  for (let i = 0; i < found.length; i++) {
    const value = found[i][1];
    if (!isRow(value)) { values = true; continue; }
    if (isArray(only)) continue;
    const names = keys(value);
    for (let n = 0; n < names.length; n++) addColumn(names[n]);
  }
  const rows = [], head = [index];
  if (pairs) put(head, 1, 'Key');
  for (let i = 0; i < columns.length; i++) put(head, head.length, columns[i]);
  if (values) put(head, head.length, 'Values');
  const shown = (value) => replaceAll(inspect(value, 2, null), '\n', ' ');
  for (let i = 0; i < found.length; i++) {
    const value = found[i][1], cells = ['' + found[i][0]];
    const cell = (text) => put(cells, cells.length, text);
    if (pairs) { cell(shown(value[0])); cell(shown(value[1])); put(rows, i, cells); continue; }
    for (let n = 0; n < columns.length; n++) {
      const has = isRow(value) && getOwnPropertyDescriptor(value, columns[n]) !== undefined;
      cell(has ? shown(read(value, columns[n])) : '');
    }
    if (values) cell(isRow(value) ? '' : shown(value));
    put(rows, i, cells);
  }
  printLine('i', drawTable(head, rows));
};
const group = (...args) => {
  if (args.length > 0) printLine('i', format(args));
  setIndent(getIndent() + '  ');
};
return {
  __proto__: null,
  dir(value, options) {
    const depth = typeof options === 'object' && options !== null ? options.depth : undefined;
    const levels = depth === null ? 100 : typeof depth === 'number' ? depth : 2;
    printLine('i', withDepth(levels, () => inspect(value, 0, null)));
  },
  table,
  trace(...args) {
    const text = format(args), frames = stackFrames(new Err('').stack);
    printLine('e', 'Trace' + (text === '' ? '' : ': ' + text) + (frames === '' ? '' : '\n' + frames));
  },
  assert(fine, ...args) {
    if (fine) return;
    if (typeof args[0] === 'string') return printLine('e', 'Assertion failed: ' + format(args));
    printLine('e', args.length === 0 ? 'Assertion failed' : 'Assertion failed: ' + format(args));
  },
  group, groupCollapsed: (...args) => group(...args),
  groupEnd() { setIndent(slice(getIndent(), 2)); },
  count(given) {
    const name = label(given), count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    printLine('i', name + ': ' + count);
  },
  countReset(given) {
    const name = label(given);
    if (counts.get(name) === undefined) return printLine('w', "Count for '" + name + "' does not exist");
    counts.delete(name);
  },
  time(given) {
    const name = label(given);
    if (starts.get(name) !== undefined) return printLine('w', "Timer '" + name + "' already exists");
    starts.set(name, now());
  },
  timeLog(given, ...args) { took(label(given), args); },
  timeEnd(given) { const name = label(given); took(name, []); starts.delete(name); },
};
})`;
