import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { SourcePosition } from './position.ts';
import { cachedText, keepText } from './text-cache.ts';

export type Stripped =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly message: string; readonly position: SourcePosition | undefined };

interface Swc {
  transformSync(source: string, options: { mode: 'strip-only'; filename: string; module: true }): { code: string };
}

/** What swc throws: no `Error`. Lines count from 1, columns from 0: in bytes, of which each character of several has one less. */
interface SwcError {
  readonly code: string;
  readonly message: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

/** Of the package @swc/wasm-typescript: what one version made is not for another one. */
export const SWC_VERSION = '1.16.2';

let swc: Swc | undefined;

/**
 * Blanks out the types of a TypeScript module, so that every other character stays at its place. Results are kept on disk, since
 * loading swc (3.7 MB of base64) takes about 100 ms. Node's own `stripTypeScriptTypes` is the same program: it takes as long
 * to load, and tells less about errors.
 */
export function stripTypes(text: string, file: string): Stripped {
  const key = `swc ${SWC_VERSION}\0${text}`;
  const known = cachedText('types', key);
  if (known !== undefined) return { ok: true, code: known };
  try {
    swc ??= loadSwc();
    const { code } = swc.transformSync(text, { mode: 'strip-only', filename: file, module: true });
    keepText('types', key, code);
    return { ok: true, code };
  } catch (error) {
    if (!isSwcError(error)) throw error;
    return { ok: false, message: messageOf(error), position: positionOf(error, text, file) };
  }
}

/** It lies beside the bundle, with its WebAssembly in a file of its own, or in its package. */
function loadSwc(): Swc {
  const require = createRequire(import.meta.url);
  return require(
    existsSync(new URL('./typescript.cjs', import.meta.url)) ? './typescript.cjs' : '@swc/wasm-typescript',
  );
}

function isSwcError(error: unknown): error is SwcError {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'message' in error;
}

function messageOf({ code, message }: SwcError): string {
  if (code !== 'UnsupportedSyntax') return `SyntaxError: ${message}`;
  return `${message.replace(/\.$/, '')} (types are only taken away, TypeScript that must be turned into other code cannot be used)`;
}

function positionOf(error: SwcError, text: string, file: string): SourcePosition | undefined {
  if (error.startLine === undefined || error.startColumn === undefined) return undefined;
  const line = text.split('\n')[error.startLine - 1] ?? '';
  let width = 0;
  let units = 0;
  for (const char of line) {
    if (width >= error.startColumn) break;
    width += Math.max(1, Buffer.byteLength(char) - 1);
    units += char.length;
  }
  return { file, line: error.startLine, column: units + 1 };
}
