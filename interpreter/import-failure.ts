import { existsSync } from 'node:fs';
import type { EffectError } from './broker.ts';
import { placeOf } from './text-search.ts';

/** Where a text imports a specifier, 1-based: at the specifier's quote. */
export function findImport(
  text: string,
  specifier: string,
): { readonly line: number; readonly column: number } | undefined {
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\bload\\s*\\(\\s*)(["'\`])${quoted}\\1`).exec(text);
  if (!match) return undefined;
  return placeOf(text, match.index + match[0].length - specifier.length - 2);
}

/** What to say about a file that cannot be read, in Tilt's words. */
export function missingFile(specifier: string, file: string, error: EffectError, direct: boolean): string {
  if (error.code === 'refused') return error.message;
  const front = direct ? '' : `cannot load ${specifier}: `;
  const verb = error.code === 'EISDIR' ? 'read' : 'open';
  return `${front}error reading file ${file}: ${verb} ${file}: ${reason(error)}${hint(specifier, file, error)}`;
}

function reason(error: EffectError): string {
  switch (error.code) {
    case 'ENOENT':
      return 'no such file or directory';
    case 'EISDIR':
      return 'is a directory';
    case 'EACCES':
      return 'permission denied';
    case 'ENOTDIR':
      return 'not a directory';
    default:
      return error.message;
  }
}

function hint(specifier: string, file: string, error: EffectError): string {
  if (error.code === 'EISDIR') return ' (name a file in it)';
  if (error.code !== 'ENOENT') return '';
  const bare = file.replace(/\.[mc]?[jt]s$/, '');
  for (const extension of ['.ts', '.js', '.mts', '.mjs', '.json']) {
    if (bare + extension === file || !existsSync(bare + extension)) continue;
    return ` (did you mean "${specifier.replace(/\.[mc]?[jt]s$/, '')}${extension}"?)`;
  }
  return '';
}

/** What to say about a file that exists and is no JavaScript, TypeScript or JSON. */
export function unknownExtension(specifier: string, file: string, extension: string): string {
  switch (extension) {
    case '.cjs':
    case '.cts':
      return `Cannot import "${specifier}": CommonJS modules cannot be loaded, write it as an ES module (${file})`;
    case '.jsx':
    case '.tsx':
      return `Cannot import "${specifier}": JSX cannot be loaded (${file})`;
  }
  return `Cannot import "${specifier}": "${extension}" files cannot be loaded (${file})`;
}
