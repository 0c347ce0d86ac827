import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { ScriptFunction, Tagged } from '../../interpreter/value.ts';
import { internalTypeName, typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { showNumber } from './show.ts';

/** A string, or a Blob, which counts as its text. `undefined` for anything else. */
export function asText(value: ScriptValue): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Tagged && value.tag === 'Blob') return String(value.fields.text ?? '');
  return undefined;
}

/** Takes any value as it is: what `run` checks itself. Takes objects, too. */
export function anyValue(typescript: string): ParameterType<ScriptValue> {
  return { typescript, takesObject: true, read: (value) => value };
}

/** Any value, for a parameter that is optional: by position it cannot be a plain object. */
export const anyOptional: ParameterType<ScriptValue> = {
  ...anyValue('unknown'),
  positional: 'string | Blob | number | bigint | boolean | null | readonly unknown[]',
};

/** Takes any value as it is, but no plain object by position. */
export function checkedByBuiltin(typescript: string): ParameterType<ScriptValue> {
  return { typescript, takesObject: false, read: (value) => value };
}

/** A string and nothing else. */
export const string: ParameterType<string> = {
  typescript: 'string',
  takesObject: false,
  read(value) {
    if (typeof value !== 'string') throw new Refusal(`got ${typeName(value)}, want string`);
    return value;
  },
};

/** A string or a Blob. */
export const text: ParameterType<string> = {
  typescript: 'string | Blob',
  takesObject: false,
  read(value) {
    const found = asText(value);
    if (found === undefined) throw new Refusal(`Value should be convertible to string, but is type ${typeName(value)}`);
    return found;
  },
};

export const bool: ParameterType<boolean> = {
  typescript: 'boolean',
  takesObject: false,
  read(value) {
    if (typeof value !== 'boolean') throw new Refusal(`got ${typeName(value)}, want bool`);
    return value;
  },
};

/** A boolean; `null` is as if it were not given. */
export const optionalBool: ParameterType<boolean | undefined> = {
  typescript: 'boolean | null',
  takesObject: false,
  read(value) {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'boolean') {
      throw new Refusal(`expected starlark.Bool or None, got ${internalTypeName(value)}`);
    }
    return value;
  },
};

/** A string; `null` is as if it were not given. */
export const optionalString: ParameterType<string | undefined> = {
  typescript: 'string | null',
  takesObject: false,
  read(value) {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'string') {
      throw new Refusal(`expected starlark.String or None, got ${internalTypeName(value)}`);
    }
    return value;
  },
};

/** A whole number that JavaScript holds exactly. */
export const int: ParameterType<number> = {
  typescript: 'number',
  takesObject: false,
  read(value) {
    if (typeName(value) !== 'int') throw new Refusal(`got ${typeName(value)}, want int`);
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new Refusal(`${String(value)} out of range`);
    return number;
  },
};

export const int32: ParameterType<number> = {
  typescript: 'number',
  takesObject: false,
  read(value) {
    if (typeName(value) !== 'int') throw new Refusal(`got ${typeName(value)}, want int`);
    const number = Number(value);
    if (number < -(2 ** 31) || number >= 2 ** 31) {
      throw new Refusal(`value out of range for int32: ${showNumber(number)}`);
    }
    return number;
  },
};

/** A function of the script. */
export const scriptFunction: ParameterType<ScriptFunction> = {
  typescript: '(...args: never[]) => unknown',
  takesObject: false,
  read(value) {
    if (!(value instanceof ScriptFunction)) throw new Refusal(`got ${typeName(value)}, want function`);
    return value;
  },
};

/** A value that a builtin made. `null` is as if it were not given. */
export function tagged(tag: string, typescript: string): ParameterType<Tagged | undefined> {
  return {
    typescript: `${typescript} | null`,
    takesObject: false,
    read(value) {
      if (value === null || value === undefined) return undefined;
      if (value instanceof Tagged && value.tag === tag) return value;
      throw new Refusal(`got ${internalTypeName(value)}, want ${tag}`);
    },
  };
}
