import { findGroups } from '../../../stdlib/model/json-path.ts';
import { parseJsonPath } from '../../../stdlib/model/json-path-parse.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';

export type PathText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** What a template such as `{range .items[*]}{.metadata.name}{"\n"}{end}` makes of an object, as kubectl get prints it. */
export function jsonPathText(template: string, object: Json): PathText {
  const parsed = parseJsonPath(template);
  if (!parsed.ok) return { ok: false, message: `Cannot read the JSONPath ${template}: ${parsed.message}` };
  const found = findGroups(object, parsed.nodes);
  if (!found.ok) return { ok: false, message: `Cannot print the JSONPath ${template}: ${found.message}` };
  return { ok: true, text: found.groups.map((group) => group.map(shown).join(' ')).join('') };
}

/** The same for a path without braces: `.status.phase`, `status.phase` and `{.status.phase}`. */
export function relaxedPath(path: string): string {
  const bare = /^\{(.*)\}$/s.exec(path.trim())?.[1] ?? path.trim();
  return /^[.[$@]/.test(bare) ? `{${bare}}` : `{.${bare}}`;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
