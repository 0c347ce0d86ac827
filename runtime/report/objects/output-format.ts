import { relaxedPath } from './json-path-text.ts';

/** How objects are printed. */
export type OutputFormat =
  | { readonly kind: 'table'; readonly isWide: boolean }
  | { readonly kind: 'json' }
  | { readonly kind: 'yaml' }
  | { readonly kind: 'name' }
  | { readonly kind: 'jsonpath'; readonly template: string }
  | { readonly kind: 'columns'; readonly columns: readonly Column[]; readonly hasHeader: boolean };

export interface Column {
  readonly header: string;
  /** A JSONPath template. */
  readonly template: string;
}

export type ParsedFormat =
  | { readonly ok: true; readonly format: OutputFormat }
  | { readonly ok: false; readonly message: string };

const KNOWN = 'json, yaml, name, wide, jsonpath=…, jsonpath-file=…, custom-columns=…, custom-columns-file=…';

/** Reads the value of `-o`. `readFile` answers the text of a file, or why it cannot be read. */
export function parseFormat(
  text: string | undefined,
  readFile: (path: string) => { readonly text: string } | { readonly problem: string },
): ParsedFormat {
  const [name = '', value] = split(text ?? '');
  switch (name) {
    case '':
      return { ok: true, format: { kind: 'table', isWide: false } };
    case 'wide':
      return { ok: true, format: { kind: 'table', isWide: true } };
    case 'json':
    case 'yaml':
    case 'name':
      return { ok: true, format: { kind: name } };
    case 'jsonpath':
    case 'jsonpath-as-json':
      return value === undefined
        ? bad('-o jsonpath needs a template: -o jsonpath={.metadata.name}')
        : { ok: true, format: { kind: 'jsonpath', template: value } };
    case 'custom-columns':
    case 'custom-columns-no-headers':
      return columns(value, name === 'custom-columns');
    case 'jsonpath-file':
    case 'custom-columns-file': {
      if (value === undefined) return bad(`-o ${name} needs a path: -o ${name}=FILE`);
      const read = readFile(value);
      if ('problem' in read) return bad(read.problem);
      if (name === 'jsonpath-file') return { ok: true, format: { kind: 'jsonpath', template: read.text } };
      return columnsOfFile(read.text, value);
    }
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile':
      return bad(`Go's templates are not known here: use -o jsonpath=… instead of -o ${name}`);
  }
  return bad(`Cannot print objects as "${name}": there are ${KNOWN}`);
}

function bad(message: string): ParsedFormat {
  return { ok: false, message };
}

function split(text: string): readonly string[] {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** `NAME:.metadata.name,STATUS:.status.updateStatus` */
function columns(text: string | undefined, hasHeader: boolean): ParsedFormat {
  if (text === undefined || text === '') {
    return bad('-o custom-columns needs columns: -o custom-columns=NAME:.metadata.name,STATUS:.status.updateStatus');
  }
  const found: Column[] = [];
  for (const part of text.split(',')) {
    const at = part.indexOf(':');
    if (at <= 0 || at === part.length - 1) return bad(`Cannot read the column "${part}": it is written HEADER:.path`);
    found.push({ header: part.slice(0, at), template: relaxedPath(part.slice(at + 1)) });
  }
  return { ok: true, format: { kind: 'columns', columns: found, hasHeader } };
}

/** Headers in the first line, paths below them in the second. */
function columnsOfFile(text: string, path: string): ParsedFormat {
  const [headers = [], paths = []] = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''));
  if (headers.length === 0 || headers.length !== paths.length) {
    return bad(`Cannot read columns of "${path}": its first line has headers, its second as many paths`);
  }
  const found = headers.map((header, at) => ({ header, template: relaxedPath(paths[at] ?? '') }));
  return { ok: true, format: { kind: 'columns', columns: found, hasHeader: true } };
}
