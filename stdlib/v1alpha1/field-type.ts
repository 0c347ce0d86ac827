import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { Json } from '../model/kubernetes.ts';
import { goDuration } from '../result/go-duration.ts';
import { stringList, stringMap } from '../schema/collection-types.ts';
import { duration as durationText } from '../schema/duration-type.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { explained } from '../schema/explained.ts';
import { typeName } from '../schema/kind.ts';
import type { ParameterType } from '../schema/parameter.ts';
import { localPath, localPathList } from '../schema/path-types.ts';
import { bool as boolValue, string as stringValue } from '../schema/scalar-types.ts';

/**
 * The type of a field of the API. A field is read in two places, which word their complaints differently: as a parameter of the
 * function that registers an object, and as a member of an object inside of another.
 */
export interface FieldType {
  readonly parameter: ParameterType<Json>;
  /** Reads a member; throws `Refusal` with the whole reason. */
  member(name: string, value: ScriptValue, call: Call): Json;
  /** What stands in the API's JSON for a field that is not given or empty; nothing where such a field is left out. */
  readonly zero: Json | undefined;
  /** An empty value counts as given: it is not the same as none. */
  readonly countsWhenEmpty?: boolean;
  /** The fields of the objects that it is made of. */
  readonly fields?: Fields;
  /** What a field that is not given has, where that depends on the call. */
  absent?(call: Call): Json;
}

export interface Field {
  readonly type: FieldType;
  readonly doc: string;
  /** Its name in the API's JSON, where it is not the same in camel case. */
  readonly json?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** A field that is written out also when it is empty, as this. */
export function kept(type: FieldType, zero: Json): FieldType {
  return { ...type, zero };
}

/** A field of which an empty value is not the same as none. */
export function pointer(type: FieldType): FieldType {
  return { ...type, countsWhenEmpty: true };
}

export const string: FieldType = {
  parameter: stringValue,
  member(_, value) {
    if (typeof value !== 'string') throw new Refusal(`Expected string, actual: ${typeName(value)}`);
    return value;
  },
  zero: undefined,
};

export const bool: FieldType = {
  parameter: boolValue,
  member(_, value) {
    if (typeof value !== 'boolean') throw new Refusal(`Expected bool, got: ${typeName(value)}`);
    return value;
  },
  zero: undefined,
};

const int32Value: ParameterType<number> = {
  typescript: 'number',
  takesObject: false,
  read(value) {
    if (typeName(value) !== 'int') throw new Refusal(`got ${typeName(value)}, want int`);
    const number = Number(value);
    if (number < -(2 ** 31) || number >= 2 ** 31) throw new Refusal(`${BigInt(number)} out of range`);
    return number;
  },
};

export const int32: FieldType = {
  parameter: int32Value,
  member(_, value, call) {
    return explained('Expected int, got', () => int32Value.read(value, call));
  },
  zero: undefined,
};

/** A field whose complaints as a member are those of the parameter, under its name. */
export function unpacked(parameter: ParameterType<Json>, zero?: Json): FieldType {
  return {
    parameter,
    member: (name, value, call) => explained(`unpacking ${name}`, () => parameter.read(value, call)),
    zero,
  };
}

export const strings = unpacked(stringList);
export const stringsByName = unpacked(stringMap);
export const paths = unpacked(localPathList, null);
export const path = unpacked(localPath);
/** A folder, by default that of the file that is running. */
export const folder: FieldType = { ...path, absent: executingFolder };

/** A length of time in Go's notation; the API's JSON has it as Go writes it. */
export const duration = unpacked(
  {
    typescript: durationText.typescript,
    takesObject: false,
    read: (value, call) => goDuration(durationText.read(value, call)),
  },
  '0s',
);
