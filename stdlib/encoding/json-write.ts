import type { PlainData } from './plain-data.ts';

/** Writes data as Go's encoding/json with an indentation of two blanks: keys sorted, `<`, `>` and `&` escaped, a newline at the end. */
export function writeJson(value: PlainData): string {
  return `${write(value, '\n')}\n`;
}

function write(value: PlainData, newLine: string): string {
  if (typeof value === 'string') return writeString(value);
  if (typeof value !== 'object' || value === null) return writePlain(value);
  const inner = `${newLine}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((item) => write(item, inner)).join(`,${inner}`)}${newLine}]`;
  }
  const keys = Object.keys(value).sort();
  if (keys.length === 0) return '{}';
  const lines = keys.map((key) => `${writeString(key)}: ${write(value[key] ?? null, inner)}`);
  return `{${inner}${lines.join(`,${inner}`)}${newLine}}`;
}

function writePlain(value: null | boolean | number | bigint): string {
  // Both Go and JavaScript write exponents from here on.
  const inDigits = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21;
  return String(inDigits ? BigInt(value) : value);
}

function writeString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(/[<>&\u2028\u2029\u007f]/g, (character) =>
    character === '\u007f' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
