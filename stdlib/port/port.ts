import type { LoadStatement } from '../../interpreter/starlark/syntax/ast.ts';
import type { KnownNames } from '../../interpreter/starlark/syntax/names.ts';
import { parse } from '../../interpreter/starlark/syntax/parse.ts';
import { Places } from '../../interpreter/starlark/syntax/position.ts';
import { resolve } from '../../interpreter/starlark/syntax/resolve.ts';
import { decodeSource } from '../../interpreter/starlark/syntax/source.ts';
import type { Convention } from './convention.ts';
import { analyse } from './flow.ts';
import type { FunctionFact } from './knowledge.ts';
import { stringLiteral } from './literals.ts';
import { isForOthers, type SourceFile } from './project.ts';
import { type FileNote, writeFile } from './write-file.ts';

/** What `port` needs of the world: it reads files and knows how paths are put together. */
export interface PortInput {
  /** Absolute path of the Tiltfile. */
  readonly main: string;
  readonly known: KnownNames;
  readonly isTypescript: boolean;
  /** Whether files that the Tiltfile loads are ported with it. */
  readonly withLoads: boolean;
  /** The bytes of a file; nothing if it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** The absolute path that `specifier` means in a file; nothing for what is no file. */
  locate(from: string, specifier: string): string | undefined;
}

export interface PortedFile {
  /** Absolute path of the Starlark file. */
  readonly path: string;
  readonly text: string;
  readonly notes: readonly FileNote[];
}

export interface PortProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type PortResult =
  | { readonly ok: true; readonly files: readonly PortedFile[] }
  /** `text` is a script that fails as the Tiltfile does. */
  | { readonly ok: false; readonly problems: readonly PortProblem[]; readonly text: string };

/** Writes a Starlark Tiltfile as JavaScript or TypeScript. */
export function port(input: PortInput): PortResult {
  try {
    return portFiles(input);
  } catch (error) {
    // Chains of thousands of operators, calls or `elif`s are deeper than the stack.
    if (!(error instanceof RangeError)) throw error;
    const problems = [
      { path: input.main, line: 1, column: 1, message: 'it has expressions that are too long to be ported' },
    ];
    return { ok: false, problems, text: failing(problems) };
  }
}

function portFiles(input: PortInput): PortResult {
  const files: SourceFile[] = [];
  const problems: PortProblem[] = [];
  const visit = (path: string, isMain: boolean): void => {
    if (files.some((file) => file.path === path)) return;
    const bytes = input.read(path);
    if (!bytes) {
      if (isMain) problems.push({ path, line: 1, column: 1, message: 'no such file' });
      return;
    }
    const text = decodeSource(bytes);
    const places = new Places(text);
    const fail = (offset: number, message: string) => problems.push({ path, ...places.of(offset), message });
    const parsed = parse(text);
    if (!parsed.ok) {
      if (isMain) fail(parsed.problem.offset, parsed.problem.message);
      return;
    }
    const resolved = resolve(parsed.file, input.known);
    if (!resolved.ok) {
      if (isMain) for (const { offset, message } of resolved.problems) fail(offset, message);
      return;
    }
    const loads = new Map<LoadStatement, string | undefined>();
    files.push({
      path,
      file: parsed.file,
      scope: resolved.scope,
      loads,
      isPorted: isMain || input.withLoads,
      isMain,
      isImported: !isMain || isForOthers(parsed.file),
    });
    for (const statement of parsed.file.statements) {
      if (statement.kind !== 'load') continue;
      const target = input.locate(path, statement.path.value);
      if (target !== undefined && !/\.[mc]?[jt]sx?$|\.json$/.test(target)) visit(target, false);
      loads.set(statement, target);
    }
  };
  visit(input.main, true);
  if (problems.length > 0) return { ok: false, problems, text: failing(problems) };
  const known = analyse(files);
  const conventions = new Map<FunctionFact, Convention>();
  const ported = files.filter((file) => file.isPorted);
  return {
    ok: true,
    files: ported.map((file) => {
      const { text, notes } = writeFile(known, file, {
        isTypescript: input.isTypescript,
        isImported: file.isImported,
        specifier: (path) => specifierOf(input, file, path, ported),
        conventions,
      });
      return { path: file.path, text, notes };
    }),
  };
}

function specifierOf(input: PortInput, file: SourceFile, path: string, ported: readonly SourceFile[]): string {
  const target = input.locate(file.path, path);
  if (target === undefined) return path;
  const relative = /^\.{0,2}\//.test(path) ? path : `./${path}`;
  const isPorted = ported.some((other) => other.path === target);
  return isPorted && !file.isMain
    ? portedName(relative, input.isTypescript)
    : isPorted && input.withLoads
      ? portedName(relative, input.isTypescript)
      : relative;
}

/** The name of the JavaScript file that stands beside a Starlark file. */
export function portedName(path: string, isTypescript: boolean): string {
  return `${path.replace(/\.(star|bzl|tiltfile)$/, '')}${isTypescript ? '.ts' : '.js'}`;
}

/** A script that fails with the same words: no part of a file with such a mistake ever runs. */
function failing(problems: readonly PortProblem[]): string {
  const lines = problems.map(({ line, column, message }) => `// port: ${line}:${column}: ${message}\n`);
  return `${lines.join('')}fail(${stringLiteral(problems[0]?.message ?? '')});\n`;
}
