import { Refusal } from '../../interpreter/builtin.ts';
import { MixedDict, ScriptFloat, type ScriptValue, sequenceKind, Tagged } from '../../interpreter/value.ts';
import { internalTypeName, isPlainObject, typeName } from '../schema/kind.ts';
import { show } from '../schema/show.ts';
import { type PlainData, type PlainObject, setKey } from './plain-data.ts';

/** A script's value as data for YAML and JSON. Throws `Refusal` for what they cannot say. `undefined` members are left out. */
export function plainDataOf(value: ScriptValue): PlainData {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new Refusal(`error serializing object to json: json: unsupported value: ${name}`);
  }
  if (typeof value !== 'object') return value;
  if (value instanceof ScriptFloat) return value.value;
  if (Array.isArray(value) && sequenceKind(value) === 'list') return value.map(plainDataOf);
  if (isPlainObject(value)) {
    const object: PlainObject = {};
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member !== undefined) setKey(object, key, plainDataOf(member));
    }
    return object;
  }
  if (value instanceof MixedDict) throw new Refusal(mixedKeys(value));
  const hint = value instanceof Tagged && value.tag === 'Blob' ? '; use String(blob) for its text' : '';
  throw new Refusal(
    `error converting object from starlark: unable to convert from starlark value, unsupported type ${internalTypeName(value)}${hint}`,
  );
}

/** The first key that is no string, with its type as Go names it. */
function mixedKeys({ entries }: MixedDict): string {
  const [key] = entries.map(([name]) => name).filter((name) => typeof name !== 'string');
  const types: Readonly<Record<string, string>> = { int: 'int64', float: 'float64', NoneType: '<nil>' };
  const type = typeName(key);
  return `error converting object from starlark: only string keys are supported in maps. found key '${show(key)}' of type ${types[type] ?? type}`;
}
