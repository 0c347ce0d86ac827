import { Refusal } from '../../interpreter/builtin.ts';
import { MixedDict, type ScriptValue } from '../../interpreter/value.ts';
import { internalTypeName, isList, isListOrTuple, isPlainObject, typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { asText } from './scalar-types.ts';
import { quote, show } from './show.ts';

export const list: ParameterType<readonly ScriptValue[]> = {
  typescript: 'readonly unknown[]',
  takesObject: false,
  read(value) {
    if (!isList(value)) throw new Refusal(`got ${typeName(value)}, want list`);
    return value;
  },
};

/** What can be walked through: a list, or the keys of a dict. `undefined` for anything else. */
export function asSequence(value: ScriptValue): readonly ScriptValue[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof MixedDict) return value.entries.map(([key]) => key);
  return isPlainObject(value) ? Object.keys(value) : undefined;
}

/** A list whose members the builtin checks. */
export const sequence: ParameterType<readonly ScriptValue[]> = {
  typescript: 'readonly string[]',
  takesObject: false,
  read(value) {
    const members = asSequence(value);
    if (members === undefined) throw new Refusal(`got ${typeName(value)}, want starlark.Sequence`);
    return members;
  },
};

/** The strings of a sequence; a member of another type is refused. */
export function stringsOf(members: readonly ScriptValue[]): readonly string[] {
  for (const member of members) {
    if (typeof member !== 'string') {
      throw new Refusal(`'${show(member)}' is a ${internalTypeName(member)}, not a string`);
    }
  }
  return members as readonly string[];
}

/** A list of strings, checked while the arguments are bound. */
export const stringSequence: ParameterType<readonly string[]> = {
  typescript: 'readonly string[]',
  takesObject: false,
  read(value) {
    const members = asSequence(value);
    if (members === undefined) throw new Refusal(`'${show(value)}' is a ${internalTypeName(value)}, not a sequence`);
    return stringsOf(members);
  },
};

/** A list of strings; `null` is an empty one. */
export const stringList: ParameterType<readonly string[]> = {
  typescript: 'readonly (string | Blob)[] | null',
  takesObject: false,
  read(value) {
    if (value === null || value === undefined) return [];
    if (!isListOrTuple(value)) {
      throw new Refusal(`value should be a List or Tuple of strings, but is of type ${typeName(value)}`);
    }
    return value.map((member) => {
      const found = asText(member);
      if (found !== undefined) return found;
      throw new Refusal(
        `value should contain only strings, but element ${quote(show(member))} was of type ${typeName(member)}`,
      );
    });
  },
};

/** One string or a list of them; `null` is an empty list. */
export const stringOrList: ParameterType<readonly string[]> = {
  typescript: 'string | Blob | readonly (string | Blob)[] | null',
  takesObject: false,
  read(value) {
    const single = asText(value);
    if (single !== undefined) return [single];
    if (value === null || value === undefined) return [];
    if (!isListOrTuple(value)) {
      throw new Refusal(`value should be a string or List or Tuple of strings, but is of type ${typeName(value)}`);
    }
    return value.map((member) => {
      const found = asText(member);
      if (found !== undefined) return found;
      throw new Refusal(
        `list should contain only strings, but element ${quote(show(member))} was of type ${typeName(member)}`,
      );
    });
  },
};

/** A plain object of strings; `null` is an empty one. */
export const stringMap: ParameterType<Readonly<Record<string, string>>> = {
  typescript: 'Readonly<Record<string, string | Blob>> | null',
  takesObject: true,
  read(value) {
    if (value === null || value === undefined) return {};
    if (value instanceof MixedDict) throw new Refusal(mixedKey(value));
    if (!isPlainObject(value)) throw new Refusal(`expected dict, got ${internalTypeName(value)}`);
    const result: Record<string, string> = {};
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member === undefined) continue;
      const found = asText(member);
      if (found === undefined) {
        throw new Refusal(`value is not a string: ${internalTypeName(member)} (${show(member)})`);
      }
      result[key] = found;
    }
    return result;
  },
};

/** Why a dict of Starlark is no map of strings: its first key that is none. */
function mixedKey({ entries }: MixedDict): string {
  const [key] = entries.map(([name]) => name).filter((name) => asText(name) === undefined);
  return `key is not a string: ${internalTypeName(key)} (${show(key)})`;
}

/** A string or a sequence of strings, checked by the builtin itself, whose message names the parameter only. */
export function stringsOfValue(value: ScriptValue, parameter: string): readonly string[] {
  return membersOf(value).map((member) => {
    if (typeof member !== 'string') {
      throw new Refusal(`${parameter} must be a string or a sequence of strings; found a ${internalTypeName(member)}`);
    }
    if (member.includes('\n')) {
      throw new Refusal(`${parameter} cannot contain newlines; found ${parameter}: ${quote(member)}`);
    }
    return member;
  });
}

/** The members of a sequence, none for `null`, else the value itself as the only member. */
export function membersOf(value: ScriptValue): readonly ScriptValue[] {
  if (value === null || value === undefined) return [];
  return asSequence(value) ?? [value];
}
