import type { File } from './ast.ts';
import { Cursor } from './cursor.ts';
import { parseStatements } from './statements.ts';
import { type SyntaxProblem, SyntaxRefusal } from './syntax-error.ts';

export type Parsed =
  | { readonly ok: true; readonly file: File }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/** Reads a text as Starlark, up to the first problem. */
export function parse(text: string): Parsed {
  try {
    const cursor = new Cursor(text);
    const statements = parseStatements(cursor);
    return { ok: true, file: { kind: 'file', text, statements, comments: cursor.scanner.comments } };
  } catch (error) {
    if (error instanceof SyntaxRefusal) return { ok: false, problem: error.problem };
    throw error;
  }
}
