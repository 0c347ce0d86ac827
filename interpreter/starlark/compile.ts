import { emitModule } from './emit/module.ts';
import type { CompileResult } from './runtime/operations.ts';
import type { KnownNames } from './syntax/names.ts';
import { parse } from './syntax/parse.ts';
import { Places } from './syntax/position.ts';
import { resolve } from './syntax/resolve.ts';
import { decodeSource } from './syntax/source.ts';
import type { SyntaxProblem } from './syntax/syntax-error.ts';

/**
 * Makes JavaScript of a Starlark file (emit/module.ts says how it looks), or says what is wrong with it in go.starlark.net's words.
 *
 * @param known Names that the file finds without defining them.
 */
export function compile(bytes: Uint8Array, known: KnownNames): CompileResult {
  const text = decodeSource(bytes);
  const parsed = parse(text);
  if (!parsed.ok) return fail(text, [parsed.problem]);
  const resolved = resolve(parsed.file, known);
  if (!resolved.ok) return fail(text, resolved.problems);
  return { ok: true, file: emitModule(parsed.file, resolved.scope) };
}

function fail(text: string, problems: readonly SyntaxProblem[]): CompileResult {
  const places = new Places(text);
  return { ok: false, errors: problems.map(({ message, offset }) => ({ message, ...places.of(offset) })) };
}
