import type { HelperName } from '../../interpreter/starlark/helper-names.ts';

/** A function of the module "tilt" that is no global: what Starlark does and JavaScript does not. */
export interface Helper {
  readonly signature: string;
  readonly doc: string;
}

export const helpers: Readonly<Record<HelperName, Helper>> = {
  abs: { signature: '(x: any): any', doc: 'The size of a number.' },
  all: { signature: '(values: any): boolean', doc: 'Whether all values count as true.' },
  any: { signature: '(values: any): boolean', doc: 'Whether one of the values counts as true.' },
  bool: { signature: '(x?: any): boolean', doc: 'The same as `truth`.' },
  bytes: { signature: '(x: any): any', doc: 'Bytes from a text, in UTF-8, or from numbers.' },
  chr: { signature: '(code: any): string', doc: 'The character with a number.' },
  dict: {
    signature: '(pairs?: any, more?: Record<string, any>): any',
    doc: 'A dict of pairs or another dict: a Map if not all of its keys are strings.',
  },
  dir: {
    signature: '(x: any): string[]',
    doc: 'The names of the attributes and methods that a value has in Starlark.',
  },
  enumerate: { signature: '(values: any, start?: number): [number, any][]', doc: 'The values with their numbers.' },
  float: {
    signature: '(x?: any): any',
    doc: 'A float. One that is a whole number is an object, which counts and prints as a float.',
  },
  getattr: { signature: '(x: any, name: any, absent?: any): any', doc: 'An attribute by its name.' },
  hasattr: { signature: '(x: any, name: any): boolean', doc: 'Whether a value has an attribute.' },
  hash: { signature: '(x: any): number', doc: 'The number that Starlark makes of a text.' },
  int: { signature: '(x?: any, base?: any): any', doc: 'A whole number from a text, a float or a boolean.' },
  len: {
    signature: '(x: any): number',
    doc: 'How many parts a list, a dict or another value has; of a text, how many bytes.',
  },
  list: { signature: '(values?: any): any[]', doc: 'A new list of values; of a dict, its keys.' },
  max: {
    signature: '(...values: any[]): any',
    doc: 'The largest of the values, or of the parts of one. `{ key }` may say what to compare.',
  },
  min: {
    signature: '(...values: any[]): any',
    doc: 'The smallest of the values, or of the parts of one. `{ key }` may say what to compare.',
  },
  module: { signature: '(name: any, members?: Record<string, any>): any', doc: 'An object with a name and members.' },
  ord: { signature: '(x: any): number', doc: 'The number of a character.' },
  range: {
    signature: '(start: any, stop?: any, step?: any): Iterable<number>',
    doc: 'Whole numbers, from 0 if one number is given.',
  },
  repr: { signature: '(x: any): string', doc: 'A value as Starlark writes it down.' },
  reversed: { signature: '(values: any): any[]', doc: 'A new list that goes backwards.' },
  set: { signature: '(values?: any): Set<any>', doc: 'A set of values.' },
  sorted: {
    signature: '(values: any, options?: { key?: (value: any) => any; reverse?: any }): any[]',
    doc: 'A new list in order: numbers by size, texts by their letters.',
  },
  str: { signature: '(x: any): string', doc: 'A value as a text: `None`, `True`, `["a"]`.' },
  tuple: {
    signature: '(values?: any): any',
    doc: 'An array that counts as a tuple: it prints as one and is not equal to a list.',
  },
  type: {
    signature: '(x: any): string',
    doc: 'The name of the type that a value has in Starlark, such as `string`, `int`, `list`, `NoneType`.',
  },
  zip: { signature: '(...values: any[]): any[]', doc: 'Tuples of what stands at the same place in several lists.' },
  truth: {
    signature: '<T>(x: T): x is NonNullable<T>',
    doc: 'Whether a value counts as true: empty texts, lists and dicts do not, nor 0 and `null`.',
  },
  equal: {
    signature: '(x: any, y: any): boolean',
    doc: 'Whether two values are equal: lists and dicts by what they hold.',
  },
  compare: {
    signature: '(x: any, operator: string, y: any): boolean',
    doc: 'Orders two values of one type by `<`, `<=`, `>` or `>=`.',
  },
  contains: {
    signature: '(container: any, x: any): boolean',
    doc: 'Whether a list has a value, a dict a key, or a text another text.',
  },
  add: { signature: '(x: any, y: any): any', doc: 'Adds numbers, and joins texts and lists.' },
  subtract: { signature: '(x: any, y: any): any', doc: 'Subtracts numbers; of sets, what only the first has.' },
  multiply: { signature: '(x: any, y: any): any', doc: 'Multiplies numbers exactly, and repeats texts and lists.' },
  divide: { signature: '(x: any, y: any): any', doc: 'Divides two numbers; the answer is a float.' },
  floorDivide: { signature: '(x: any, y: any): any', doc: 'Divides two numbers and rounds down.' },
  remainder: {
    signature: '(x: any, y: any): any',
    doc: 'The remainder of a division, which has the sign of the divisor; of a text, what `%` makes of it: `remainder("%s:%d", tuple([host, port]))`.',
  },
  negate: { signature: '(x: any): any', doc: 'The number with the other sign.' },
  union: { signature: '(x: any, y: any): any', doc: '`|`: what either of two dicts or sets has.' },
  intersection: { signature: '(x: any, y: any): any', doc: '`&`: what both of two sets have.' },
  exclusive: { signature: '(x: any, y: any): any', doc: '`^`: what only one of two sets has.' },
  invert: { signature: '(x: any): any', doc: '`~` of a whole number.' },
  shiftLeft: { signature: '(x: any, by: any): any', doc: '`<<` of whole numbers of any size.' },
  shiftRight: { signature: '(x: any, by: any): any', doc: '`>>` of whole numbers of any size.' },
  extend: { signature: '(x: any, y: any): any', doc: '`+=`: appends to a list itself, and adds other values.' },
  merge: { signature: '(x: any, y: any): any', doc: '`|=`: puts what the second dict or set has into the first.' },
  item: {
    signature: '(container: any, ...keys: any[]): any',
    doc: 'What is in a dict or list under a key or index. More keys go deeper. What is not there is an error; negative indexes count from the end.',
  },
  setItem: { signature: '(container: any, key: any, value: any): any', doc: 'Puts a value into a dict or list.' },
  slice: {
    signature: '(x: any, from?: any, to?: any, step?: any): any',
    doc: 'A part of a list or of a text, by bytes.',
  },
  iterate: {
    signature: '(values: any): Iterable<any>',
    doc: 'Goes over the values of a list or the keys of a dict, which must not change meanwhile.',
  },
  unpack: { signature: '(values: any, count: number): any[]', doc: 'Exactly so many values.' },
  attribute: { signature: '(x: any, name: string): any', doc: 'An attribute that must be there.' },
  get: {
    signature: '(dict: any, key: any, absent?: any): any',
    doc: 'What is in a dict under a key; `null` or another value if there is nothing.',
  },
  items: { signature: '(dict: any): [any, any][]', doc: 'The keys of a dict with their values.' },
  keys: { signature: '(dict: any): any[]', doc: 'The keys of a dict.' },
  values: { signature: '(dict: any): any[]', doc: 'The values of a dict.' },
  method: {
    signature: '(x: any, name: string, ...args: any[]): any',
    doc: 'Calls a method that Starlark knows: `method(text, "title")`.',
  },
  format: {
    signature: '(text: any, args?: any[], keywords?: Record<string, any>): string',
    doc: 'Puts values into the braces of a text.',
  },
  call: {
    signature: '(fn: any, args?: any[], keywords?: Record<string, any>): any',
    doc: 'Calls a function of which nothing is known, with keywords.',
  },
  signature: {
    signature: '(parameters: string, fn: (...args: any[]) => any): (...args: any[]) => any',
    doc: 'A function whose arguments are bound as in Starlark: `signature("a, b?, *c, **d", (a, b = 2, c, d) => …)`.',
  },
  defined: {
    signature: '(value: any, name: string, kind?: string): any',
    doc: 'The value of a variable that may have none yet, which is an error.',
  },
};
