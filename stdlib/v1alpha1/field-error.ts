import type { Json } from '../model/kubernetes.ts';
import { quote } from '../schema/show.ts';

// What is wrong with an object of the API, in the words of Kubernetes' validation.

export function requiredValue(field: string, detail: string): string {
  return `${field}: Required value: ${detail}`;
}

export function invalidValue(field: string, value: Json, detail: string): string {
  return `${field}: Invalid value: ${shown(value)}: ${detail}`;
}

export function duplicateValue(field: string, value: Json): string {
  return `${field}: Duplicate value: ${shown(value)}`;
}

export function unsupportedValue(field: string, value: string, supported: readonly string[]): string {
  return `${field}: Unsupported value: ${quote(value)}: supported values: ${supported.map(quote).join(', ')}`;
}

/** All errors in one message; the same one counts once. Nothing where there are none. */
export function errorMessage(errors: readonly string[]): string | undefined {
  const different = [...new Set(errors)];
  return different.length > 1 ? `[${different.join(', ')}]` : different[0];
}

/** A string with Go's escapes, anything else as Go writes JSON. */
function shown(value: Json): string {
  if (typeof value === 'string') return quote(value);
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
