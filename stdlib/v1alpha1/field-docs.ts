import type { Fields } from './field-type.ts';
import { kinds } from './kinds.ts';
import { jsonName } from './record-type.ts';

/** What the fields of the API's objects mean, as far as Tiltfiles can set them: `cmds.spec.restartOn.fileWatches` → a sentence. */
export function fieldDocs(): Readonly<Record<string, string>> {
  const docs: Record<string, string> = {};
  const note = (fields: Fields, at: string): void => {
    for (const [name, field] of Object.entries(fields)) {
      const path = `${at}.${jsonName(name, field)}`;
      docs[path] = field.doc;
      if (field.type.fields !== undefined) note(field.type.fields, path);
    }
  };
  for (const { resource, fields, inSpec } of kinds) note(fields, inSpec ? `${resource}.spec` : resource);
  return docs;
}
