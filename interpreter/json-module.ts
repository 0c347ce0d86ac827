import type { SourcePosition } from './position.ts';
import { placeOf } from './text-search.ts';

export type JsonModule =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly message: string; readonly position: SourcePosition | undefined };

/** A module whose default export is the value of a JSON file. */
export function jsonModule(text: string, file: string): JsonModule {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      message: `Cannot read "${file}" as JSON: ${message}`,
      position: placeInJson(message, text, file),
    };
  }
  // In a literal the key __proto__ would set the prototype; computed, it is a key like others.
  const literal = JSON.stringify(value).replace(/([{,])"__proto__":/g, '$1["__proto__"]:');
  return { ok: true, code: `export default ${literal};` };
}

function placeInJson(message: string, text: string, file: string): SourcePosition | undefined {
  const match = /at position (\d+)/.exec(message);
  const offset = match ? Number(match[1]) : /end of JSON input/.test(message) ? text.length : undefined;
  if (offset === undefined) return undefined;
  return { file, ...placeOf(text, offset) };
}
