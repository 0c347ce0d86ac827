import type { Keyword } from './function.ts';
import { Tuple } from './list.ts';
import { Float, formatFloat, type Int, isInt, isWithin, toInt, toInt32 } from './number.ts';
import { display, repr } from './show.ts';
import { codePoints, joined } from './text.ts';
import { type Mapping, StarlarkError, StarlarkObject, typeOf, type Value } from './value.ts';

/** `format % x` */
export function interpolate(format: string, x: Value): string {
  const values = x instanceof Tuple ? x.items : [x];
  const mapping = x instanceof StarlarkObject ? x.mapping() : undefined;
  let text = '';
  let used = 0;
  let at = 0;
  for (;;) {
    const percent = format.indexOf('%', at);
    if (percent < 0) break;
    text += format.slice(at, percent);
    at = percent + 1;
    if (format[at] === '%') {
      text += '%';
      at += 1;
      continue;
    }
    let value: Value;
    if (format[at] === '(') {
      const close = format.indexOf(')', at);
      if (close < 0) throw new StarlarkError('incomplete format key');
      value = namedValue(mapping, format.slice(at + 1, close));
      at = close + 1;
    } else {
      if (used >= values.length) throw new StarlarkError('not enough arguments for format string');
      value = values[used] as Value;
    }
    const verb = String.fromCodePoint(format.codePointAt(at) ?? 0);
    if (at >= format.length) throw new StarlarkError('incomplete format');
    text += converted(verb, value);
    at += verb.length;
    used += 1;
  }
  if (used < values.length && mapping === undefined) {
    throw new StarlarkError('too many arguments for format string');
  }
  return joined(text + format.slice(at));
}

function namedValue(mapping: Mapping | undefined, key: string): Value {
  if (mapping === undefined) throw new StarlarkError('format requires a mapping');
  const value = mapping.lookup(key);
  if (value === undefined) throw new StarlarkError(`key not found: ${key}`);
  return value;
}

function converted(verb: string, value: Value): string {
  switch (verb) {
    case 's':
      return display(value);
    case 'r':
      return repr(value);
    case 'd':
    case 'i':
      return String(wholeOf(verb, value));
    case 'o':
      return wholeOf(verb, value).toString(8);
    case 'x':
      return wholeOf(verb, value).toString(16);
    case 'X':
      return wholeOf(verb, value).toString(16).toUpperCase();
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G':
      return formatFloat(floatOf(verb, value), verb);
    case 'c':
      return characterOf(value);
    case '%':
      return '%';
  }
  throw new StarlarkError(`unknown conversion %${verb}`);
}

function wholeOf(verb: string, value: Value): Int {
  try {
    return toInt(value);
  } catch (error) {
    throw new StarlarkError(`%${verb} format requires integer: ${(error as Error).message}`);
  }
}

function floatOf(verb: string, value: Value): number {
  if (value instanceof Float) return value.value;
  if (isInt(value)) return Number(value);
  throw new StarlarkError(`%${verb} format requires float, not ${typeOf(value)}`);
}

function characterOf(value: Value): string {
  if (isInt(value)) {
    if (!isWithin(value, 0, 0x10ffff)) {
      throw new StarlarkError(`%c format requires a valid Unicode code point, got ${value}`);
    }
    return characterWithCode(toInt32(value));
  }
  if (typeof value !== 'string') {
    throw new StarlarkError(`%c format requires int or single-character string, not ${typeOf(value)}`);
  }
  const codes = codePoints(value);
  if (codes.length !== 1) throw new StarlarkError('%c format requires a single-character string');
  return String.fromCodePoint(codes[0] as number);
}

export function characterWithCode(code: number): string {
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
}

/** `text.format(*args, **keywords)` */
export function format(text: string, args: readonly Value[], keywords: readonly Keyword[]): string {
  let result = '';
  let rest = text;
  let numbered: 'automatically' | 'by hand' | undefined;
  let next = 0;
  for (;;) {
    const open = rest.indexOf('{');
    result += withoutBraces(open < 0 ? rest : rest.slice(0, open));
    if (open < 0) return joined(result);
    if (rest[open + 1] === '{') {
      result += '{';
      rest = rest.slice(open + 2);
      continue;
    }
    const close = rest.indexOf('}', open);
    if (close < 0) throw new StarlarkError("format: unmatched '{' in format");
    const field = fieldOf(rest.slice(open + 1, close));
    rest = rest.slice(close + 1);
    let value: Value | undefined;
    if (field.name === '' || /^\d+$/.test(field.name)) {
      const how = field.name === '' ? 'automatically' : 'by hand';
      if (numbered !== undefined && numbered !== how) throw mixedNumbering(how);
      numbered = how;
      value = args[how === 'automatically' ? next++ : Number(field.name)];
      if (value === undefined) throw new StarlarkError('format: tuple index out of range');
    } else {
      value = keywords.find(([name]) => name === field.name)?.[1];
      if (value === undefined) throw new StarlarkError(missingField(field.name));
    }
    if (field.spec !== '') {
      throw new StarlarkError(`format spec features not supported in replacement fields: ${field.spec}`);
    }
    if (field.conversion !== 's' && field.conversion !== 'r') {
      throw new StarlarkError(`format: unknown conversion ${JSON.stringify(field.conversion)}`);
    }
    result += field.conversion === 's' ? display(value) : repr(value);
  }
}

/** The text between fields, in which `}}` stands for a brace. */
function withoutBraces(literal: string): string {
  let result = '';
  let rest = literal;
  for (;;) {
    const brace = rest.indexOf('}');
    if (brace < 0) return result + rest;
    if (rest[brace + 1] !== '}') throw new StarlarkError("format: single '}' in format");
    result += rest.slice(0, brace + 1);
    rest = rest.slice(brace + 2);
  }
}

interface Field {
  readonly name: string;
  readonly conversion: string;
  readonly spec: string;
}

/** `name!conversion:spec` */
function fieldOf(text: string): Field {
  const mark = text.indexOf('!');
  const behind = mark < 0 ? text : text.slice(mark + 1);
  const colon = behind.indexOf(':');
  const front = colon < 0 ? behind : behind.slice(0, colon);
  const spec = colon < 0 ? '' : behind.slice(colon + 1);
  return mark < 0 ? { name: front, conversion: 's', spec } : { name: text.slice(0, mark), conversion: front, spec };
}

function mixedNumbering(how: 'automatically' | 'by hand'): StarlarkError {
  const [from, to] = ['manual field specification', 'automatic field numbering'];
  const [a, b] = how === 'automatically' ? [from, to] : [to, from];
  return new StarlarkError(`format: cannot switch from ${a} to ${b}`);
}

function missingField(name: string): string {
  if (name.includes('.')) return `format: attribute syntax x.y is not supported in replacement fields: ${name}`;
  if (name.includes('[')) return `format: element syntax a[i] is not supported in replacement fields: ${name}`;
  if (name.includes('{')) return 'format: nested replacement fields not supported';
  return `format: keyword ${name} not found`;
}
