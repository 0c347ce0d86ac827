import type { ScriptValue } from '../../interpreter/value.ts';
import {
  Foreign,
  isBuiltin,
  MixedDict,
  ScriptFloat,
  ScriptFunction,
  sequenceKind,
  Tagged,
} from '../../interpreter/value.ts';
import { tagNames } from './tag.ts';

/** Tilt's two names for the type of a value: the script's own (`int`) and the program's (`starlark.Int`). Messages use both. */
interface KindNames {
  readonly script: string;
  readonly internal: string;
}

const none: KindNames = { script: 'NoneType', internal: 'starlark.NoneType' };
const bool: KindNames = { script: 'bool', internal: 'starlark.Bool' };
const int: KindNames = { script: 'int', internal: 'starlark.Int' };
const float: KindNames = { script: 'float', internal: 'starlark.Float' };
const string: KindNames = { script: 'string', internal: 'starlark.String' };
const sequences: Readonly<Record<string, KindNames>> = {
  list: { script: 'list', internal: '*starlark.List' },
  tuple: { script: 'tuple', internal: 'starlark.Tuple' },
  set: { script: 'set', internal: '*starlark.Set' },
  range: { script: 'range', internal: 'starlark.rangeValue' },
};
const dict: KindNames = { script: 'dict', internal: '*starlark.Dict' };
const builtinFunction: KindNames = { script: 'builtin_function_or_method', internal: '*starlark.Builtin' };
const scriptFunction: KindNames = { script: 'function', internal: '*starlark.Function' };

/** Values of Starlark that have no meaning outside of it. */
const foreigners: Readonly<Record<string, KindNames>> = {
  bytes: { script: 'bytes', internal: 'starlark.Bytes' },
  struct: tagNames('Struct'),
};

function kindOf(value: ScriptValue): KindNames {
  switch (typeof value) {
    case 'undefined':
      return none;
    case 'boolean':
      return bool;
    case 'bigint':
      return int;
    case 'number':
      return Number.isInteger(value) ? int : float;
    case 'string':
      return string;
    case 'object':
      if (value === null) return none;
      if (Array.isArray(value)) return sequences[sequenceKind(value)] ?? (sequences.list as KindNames);
      if (value instanceof ScriptFloat) return float;
      if (value instanceof Tagged) return tagNames(value.tag);
      if (value instanceof ScriptFunction) return isBuiltin(value) ? builtinFunction : scriptFunction;
      if (value instanceof Foreign) return foreigners[value.kind] ?? { script: value.kind, internal: value.kind };
      return dict;
  }
}

/** The type as a script's author knows it: `int`, `list`, `NoneType`, `Probe`. */
export function typeName(value: ScriptValue): string {
  return kindOf(value).script;
}

/** The type as Tilt's own code calls it, which some of its messages print: `starlark.Int`, `probe.Probe`. */
export function internalTypeName(value: ScriptValue): string {
  return kindOf(value).internal;
}

/** Whether it is a list, and neither a tuple nor a set of Starlark. */
export function isList(value: ScriptValue): value is ScriptValue[] {
  return Array.isArray(value) && sequenceKind(value) === 'list';
}

export function isListOrTuple(value: ScriptValue): value is ScriptValue[] {
  return Array.isArray(value) && (isList(value) || sequenceKind(value) === 'tuple');
}

/** Whether it is a dict of the script: a plain object, nothing that has a type of its own. */
export function isPlainObject(value: ScriptValue): value is { [key: string]: ScriptValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Tagged) &&
    !(value instanceof ScriptFunction) &&
    !(value instanceof ScriptFloat) &&
    !(value instanceof MixedDict) &&
    !(value instanceof Foreign)
  );
}
