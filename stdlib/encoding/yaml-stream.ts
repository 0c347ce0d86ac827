import type { PlainData } from './plain-data.ts';
import { NotJsonError } from './yaml-composer.ts';
import { YamlError } from './yaml-cursor.ts';
import { parseDocument } from './yaml-parser.ts';

export type YamlResult =
  | { readonly ok: true; readonly documents: readonly PlainData[] }
  /** In Tilt's words: `error parsing YAML: error converting YAML to JSON: yaml: line 2: …`. */
  | { readonly ok: false; readonly message: string };

/** Reads all documents of a text, without the empty ones. `source` is the file's name for messages, or empty. */
export function parseYamlStream(text: string, source: string): YamlResult {
  const from = source === '' ? '' : ` from ${source}`;
  const documents: PlainData[] = [];
  const parts = splitDocuments(text);
  if (!parts.ok) return { ok: false, message: `error reading YAML stream${from}: ${parts.message}` };
  for (const part of parts.texts) {
    try {
      const document = parseDocument(part) ?? null;
      if (document !== null) documents.push(document);
    } catch (error) {
      return { ok: false, message: `error parsing YAML${from}: error converting YAML to JSON: ${reasonOf(error)}` };
    }
  }
  return { ok: true, documents };
}

function reasonOf(error: unknown): string {
  if (error instanceof YamlError) return `yaml: ${error.message}`;
  if (error instanceof NotJsonError) return error.message;
  throw error;
}

type Split =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Kubernetes' rule: a line that begins with `---` ends a document; nothing but a comment may follow on it. */
function splitDocuments(text: string): Split {
  const texts: string[] = [];
  let start = 0;
  let hasText = false;
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  for (let at = 0; at < whole.length; ) {
    const end = whole.indexOf('\n', at) + 1;
    if (whole.startsWith('---', at)) {
      const rest = whole.slice(at + 3, end).trim();
      if (rest !== '' && !rest.startsWith('#'))
        return { ok: false, message: `invalid Yaml document separator: ${rest}` };
      if (hasText) {
        texts.push(whole.slice(start, at));
        hasText = false;
        start = end;
      } else {
        hasText = true;
      }
    } else {
      hasText = true;
    }
    at = end;
  }
  if (hasText) texts.push(whole.slice(start));
  return { ok: true, texts };
}
