import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import { type ScriptObject, type ScriptValue, Tagged } from '../../interpreter/value.ts';
import type { Json } from '../model/kubernetes.ts';
import { optionsName } from '../reference/signature.ts';
import { explained } from '../schema/explained.ts';
import { isPlainObject, typeName } from '../schema/kind.ts';
import { nearest } from '../schema/nearest.ts';
import type { ParameterType } from '../schema/parameter.ts';
import { recordTag } from '../schema/tag.ts';
import { type Field, type Fields, type FieldType, unpacked } from './field-type.ts';

export type JsonObject = { readonly [key: string]: Json };

/** The type of an object inside of an API object: a plain object, or what the function of the same name makes of its keywords. */
export interface RecordType {
  /** `forward`: also the function's name, after `v1alpha1.`. */
  readonly name: string;
  /** For the reference. */
  readonly doc: string;
  readonly example?: string;
  readonly fields: Fields;
  /** Keywords of the function that no such object has: Tilt lists them and refuses them. With what to do instead. */
  readonly refused: Readonly<Record<string, string>>;
  /** Fields that only a plain object can have. */
  readonly plainOnly: readonly string[];
  readonly typescript: string;
  read(value: ScriptValue, call: Call): JsonObject;
  /** Makes the value that the function answers. Throws `Refusal` for members of wrong types. */
  make(members: ScriptObject, call: Call): Tagged;
  /** Such an object of which nothing is given, in the API's JSON. */
  readonly zero: JsonObject;
}

export interface RecordSchema {
  readonly name: string;
  readonly doc: string;
  readonly example?: string;
  readonly fields: Fields;
  readonly refused?: Readonly<Record<string, string>>;
  readonly plainOnly?: readonly string[];
  /** Its type for editors, where the function's keywords do not say it. */
  readonly typescript?: string;
}

/** The API's JSON of the values that scripts got, whose paths are those of the file that made them. */
const made = new WeakMap<Tagged, JsonObject>();

export function recordType(schema: RecordSchema): RecordType {
  const { name, fields, refused = {}, plainOnly = [] } = schema;
  const tag = recordTag(name);
  const plain = (value: ScriptObject, call: Call): JsonObject => {
    const given: Record<string, Json> = {};
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member === undefined) continue;
      const field = fields[key];
      if (!field) throw new Refusal(unexpected(key, schema));
      given[key] = field.type.member(key, member, call);
    }
    return bodyOf(fields, given, call);
  };
  return {
    ...schema,
    refused,
    plainOnly,
    typescript: schema.typescript ?? optionsName({ name: tag }),
    zero: bodyOf(fields, {}, undefined),
    read(value, call) {
      const known = value instanceof Tagged && value.tag === tag ? made.get(value) : undefined;
      if (known) return known;
      if (!isPlainObject(value))
        throw new Refusal(`expected dict, actual: ${typeName(value)}${otherRecord(value, tag)}`);
      return plain(value, call);
    },
    make(members, call) {
      const body = plain(members, call);
      const value = new Tagged(tag, members);
      made.set(value, body);
      return value;
    },
  };
}

function unexpected(key: string, { refused = {}, fields }: RecordSchema): string {
  const near = nearest(key, Object.keys(fields));
  const hint = refused[key] ?? (near === undefined ? undefined : `did you mean ${near}?`);
  return `Unexpected attribute name: ${key}${hint === undefined ? '' : ` (${hint})`}`;
}

function otherRecord(value: ScriptValue, wanted: string): string {
  return value instanceof Tagged && typeName(value) === 'dict' ? ` (of ${value.tag}, not of ${wanted})` : '';
}

/** The fields in the API's JSON, in the order of the schema. Without a call none of them can have a value of its own. */
export function bodyOf(fields: Fields, given: Readonly<Record<string, Json>>, call: Call | undefined): JsonObject {
  const body: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    const { type } = field;
    const value = given[name] ?? (call && type.absent?.(call));
    if (value !== undefined && (type.countsWhenEmpty || !isEmpty(value))) body[jsonName(name, field)] = value;
    else if (type.zero !== undefined) body[jsonName(name, field)] = type.zero;
  }
  return body;
}

/** The field's name in the API's JSON. */
export function jsonName(name: string, { json }: Field): string {
  return json ?? name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function isEmpty(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

function recordParameter(record: RecordType): ParameterType<Json> {
  return { typescript: record.typescript, takesObject: true, read: (value, call) => record.read(value, call) };
}

/** An object that may be given: an empty one counts. */
export function maybe(record: RecordType): FieldType {
  return { ...unpacked(recordParameter(record)), countsWhenEmpty: true, fields: record.fields };
}

/** An object that is always there, with its zero values at least. */
export function always(record: RecordType): FieldType {
  return { ...unpacked(recordParameter(record), record.zero), fields: record.fields };
}

/** A list of objects. */
export function listOf(record: RecordType): FieldType {
  const { typescript } = record;
  const type = unpacked({
    typescript: `readonly ${typescript.includes(' ') ? `(${typescript})` : typescript}[]`,
    takesObject: false,
    read(value, call) {
      if (!Array.isArray(value) || typeName(value) !== 'list') {
        throw new Refusal(`expected list, actual: ${typeName(value)}`);
      }
      return value.map((member, index) => explained(`at index ${index}`, () => record.read(member, call)));
    },
  });
  return { ...type, fields: record.fields };
}
