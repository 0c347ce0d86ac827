import { Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import { internalTypeName, isPlainObject } from '../schema/kind.ts';
import { type PlainData, type PlainObject, setKey } from './plain-data.ts';

/** A script's value as data for YAML and JSON. Throws `Refusal` for what they cannot say. `undefined` members are left out. */
export function plainDataOf(value: ScriptValue): PlainData {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new Refusal(`error serializing object to json: json: unsupported value: ${name}`);
  }
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plainDataOf);
  if (isPlainObject(value)) {
    const object: PlainObject = {};
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member !== undefined) setKey(object, key, plainDataOf(member));
    }
    return object;
  }
  const hint = value instanceof Tagged && value.tag === 'Blob' ? '; use String(blob) for its text' : '';
  throw new Refusal(
    `error converting object from starlark: unable to convert from starlark value, unsupported type ${internalTypeName(value)}${hint}`,
  );
}
