import type { Json } from '../model/kubernetes.ts';
import { base64Problem } from './base64.ts';
import { type ObjectBody, objectTitle } from './object-bodies.ts';
import { type FieldType, fieldsOf, typeOfKind } from './object-type.ts';
import { canonicalQuantity } from './quantity.ts';

/** A field whose value is of another type than Kubernetes wants. */
class WrongType extends Error {
  readonly path: string[] = [];

  /** The whole of it, for a field at that path. */
  at(path: string): string {
    return `${path} ${this.message}`;
  }
}

/** A secret value that cannot be read. It is not shown. */
class WrongBase64 extends WrongType {
  override at(path: string): string {
    return `${this.message} in ${path}: plain text belongs into stringData`;
  }
}

/**
 * The object as Kubernetes' own programs write it: known kinds without unknown fields and status, quantities in their shortest
 * form. Kinds that are not known stay as they are.
 */
export function canonicalObject(body: ObjectBody): ObjectBody {
  const type = typeOfKind(String(body.apiVersion), String(body.kind));
  return type === undefined ? body : object(body, type);
}

/** What is wrong with an object of a built-in kind: a field that is of another type than Kubernetes wants. */
export function typeProblem(body: ObjectBody): string | undefined {
  try {
    canonicalObject(body);
    return undefined;
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    const path = error.path.reverse().join('').replace(/^\./, '');
    return `decoding ${objectTitle(body)}: ${error.at(path)}`;
  }
}

function object(body: ObjectBody, type: string): ObjectBody {
  const result: { [key: string]: Json } = {};
  const fields = fieldsOf(type);
  for (const key in body) {
    const field = fields.get(key);
    const value = body[key];
    if (!field || value === undefined || value === null) continue;
    result[key] = member(value, field, `.${key}`);
  }
  return result;
}

function member(value: Json, type: FieldType, place: string): Json {
  try {
    return canonical(value, type);
  } catch (error) {
    if (error instanceof WrongType) error.path.push(place);
    throw error;
  }
}

function canonical(value: Json, type: FieldType): Json {
  // Go takes null for the empty value of any type.
  if (value === null) return null;
  switch (type.kind) {
    case 'any':
      return value;
    case 'string':
      return typeof value === 'string' ? value : wrong('a string', value);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong('true or false', value);
    case 'integer':
      return Number.isInteger(value) ? value : wrong('a whole number', value);
    case 'number':
      return typeof value === 'number' ? value : wrong('a number', value);
    case 'integer-or-string':
      return typeof value === 'string' || Number.isInteger(value) ? value : wrong('a whole number or a string', value);
    case 'quantity':
      return quantity(value);
    case 'base64':
      return base64(value);
    case 'list':
      if (!Array.isArray(value)) return wrong('a list', value);
      return value.map((item: Json, index) => member(item, type.of, `[${index}]`));
    case 'map':
      return map(value, type.of);
    case 'object':
      return isBody(value) ? object(value, type.name) : wrong('an object', value);
  }
}

function map(value: Json, of: FieldType): Json {
  if (!isBody(value)) return wrong('an object', value);
  const result: { [key: string]: Json } = {};
  for (const key in value) result[key] = member(value[key] ?? null, of, `.${key}`);
  return result;
}

function quantity(value: Json): Json {
  const isText = typeof value === 'string' || typeof value === 'number';
  return (isText ? canonicalQuantity(String(value)) : undefined) ?? wrong('a quantity, such as 500m or 1Gi', value);
}

function base64(value: Json): Json {
  if (typeof value !== 'string') return wrong('a string in base64', value);
  const problem = base64Problem(value);
  if (problem !== undefined) throw new WrongBase64(`illegal base64 data at input byte ${problem}`);
  return value.replace(/[\r\n]/g, '');
}

function isBody(value: Json): value is ObjectBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(wanted: string, value: Json): never {
  const given = Array.isArray(value)
    ? 'a list'
    : isBody(value)
      ? 'an object'
      : `${typeof value} ${JSON.stringify(value)}`;
  throw new WrongType(`must be ${wanted}, not ${given}`);
}
