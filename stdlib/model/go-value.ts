import type { Json } from './kubernetes.ts';

/** The type of a value of YAML or JSON as Go names it. */
export function goType(value: Json): string {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** A value as Go prints it where a string is expected. */
export function goText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '%!s(<nil>)';
  if (typeof value !== 'object') return `%!s(${goType(value)}=${value})`;
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  const fields = value as { readonly [key: string]: Json };
  const members = Object.keys(fields).sort();
  return `map[${members.map((key) => `${key}:${goText(fields[key] ?? null)}`).join(' ')}]`;
}
