import { compile } from './starlark/compile.ts';
import type { CompileResult } from './starlark/runtime/operations.ts';
import type { KnownNames } from './starlark/syntax/names.ts';

/** So many files are kept; the one that was not asked for the longest goes first. */
const MOST = 200;

const kept = new Map<string, CompileResult>();

/** What a text compiles to. It is kept for the next evaluation, in which most files are as they were. */
export function compiled(bytes: Uint8Array, known: KnownNames): CompileResult {
  const key = `${[...known.predeclared].join()}\0${exactText(bytes)}`;
  const found = kept.get(key) ?? compile(bytes, known);
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return found;
}

/** A character for each byte: of a text that is no UTF-8, nothing is lost. */
function exactText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
