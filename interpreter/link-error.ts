import { findImport } from './import-failure.ts';
import type { Modules } from './modules.ts';
import { nearest } from './nearest.ts';
import type { SourcePosition } from './position.ts';
import { placeOf } from './text-search.ts';

/** QuickJS says that a module has no export of a name, and not who asked for it. */
export function improveLinkError(
  message: string,
  modules: Modules,
): { readonly message: string; readonly position: SourcePosition | undefined } | undefined {
  const match = /^Could not find export '(.*)' in module '(.*)'$/.exec(message);
  const [, name, file] = match ?? [];
  if (name === undefined || file === undefined) return undefined;
  const text = modules.textOf(file);
  const known = modules.starlarkExports(file) ?? (text === undefined ? modules.libraryNames : exportsOf(text));
  const close = nearest(name, known);
  const importer = modules.importerOf(file, name);
  const shown = importer?.specifier ?? file;
  const place =
    importer && (findName(importer.text, importer.specifier, name) ?? findImport(importer.text, importer.specifier));
  return {
    message: `load: name ${name} not found in module ${shown}${close ? ` (did you mean ${close}?)` : ''}`,
    position: place && importer && { file: importer.file, ...place },
  };
}

/** The names that a text exports, as far as a look at it can tell. */
function exportsOf(text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/\bexport\s+(?:async\s+)?(?:const|let|var|function\s*\*?|class)\s+([\w$]+)/g)) {
    names.push(match[1] ?? '');
  }
  for (const match of text.matchAll(/\bexport\s*\{([^}]*)\}/g)) {
    for (const item of (match[1] ?? '').split(','))
      names.push(
        item
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
      );
  }
  if (/\bexport\s+default\b/.test(text)) names.push('default');
  return names.filter((name) => name !== '');
}

/** Where `name` stands in the import of `specifier`, 1-based. */
function findName(
  text: string,
  specifier: string,
  name: string,
): { readonly line: number; readonly column: number } | undefined {
  for (const match of text.matchAll(/\b(?:import|export)\b([^;'"]*?)\bfrom\s*(["'])(.*?)\2/g)) {
    if (match[3] !== specifier) continue;
    const inner = new RegExp(`(^|[^\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).exec(match[1] ?? '');
    if (!inner) continue;
    const at = match.index + match[0].indexOf(match[1] ?? '') + inner.index + (inner[1] ?? '').length;
    return placeOf(text, at);
  }
  return undefined;
}
