import { createRequire } from 'node:module';
import type { SourcePosition } from './position.ts';

export type Stripped =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly message: string; readonly position: SourcePosition | undefined };

interface Swc {
  transformSync(source: string, options: { mode: 'strip-only'; filename: string; module: true }): { code: string };
}

let swc: Swc | undefined;

/** Blanks out the types of a TypeScript module, so that every other character stays at its place. */
export function stripTypes(text: string, file: string): Stripped {
  try {
    swc ??= createRequire(import.meta.url)('@swc/wasm-typescript') as Swc;
    return { ok: true, code: swc.transformSync(text, { mode: 'strip-only', filename: file, module: true }).code };
  } catch (error) {
    return { ok: false, message: String(error), position: undefined };
  }
}
