import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptObject } from '../../interpreter/value.ts';
import { isExtension } from '../extensions/extension-name.ts';
import { locateExtension } from '../extensions/extensions.ts';
import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { absolutePath } from '../schema/path-types.ts';
import { string, text } from '../schema/scalar-types.ts';
import type { Session } from '../session.ts';
import { systemReason } from './effect-errors.ts';

export const include = builtin({
  name: 'include',
  doc: 'Runs another Tiltfile for what it declares. A file runs once, however often it is included.',
  parameters: { path: required(string, 'The file, or an extension (`ext://name`). Its own paths are relative to it.') },
  returns: 'void',
  example: "include('./services/api/Tiltfile.ts');",
  run({ path }, call, session) {
    load(path, call, session);
    return undefined;
  },
});

export const loadDynamic = builtin({
  name: 'load_dynamic',
  doc: 'Runs another file and answers what it exports, by name. Unlike `import`, the path can be computed.',
  parameters: { path: required(text, 'The file, or an extension (`ext://name`). Its own paths are relative to it.') },
  typeParameters: '<T extends object = Record<string, any>>',
  returns: 'Readonly<T>',
  example: "const theme = load_dynamic('./themes/blue.js');",
  run: ({ path }, call, session) => load(path, call, session),
});

function load(path: string, call: Call, session: Session): ScriptObject {
  const file = isExtension(path) ? locateExtension(path, session, call) : existingFile(path, call);
  if (session.loading.has(file)) throw new Refusal(`Circular load: ${file}`);
  session.loading.add(file);
  try {
    return call.loadModule(file);
  } finally {
    session.loading.delete(file);
  }
}

function existingFile(path: string, call: Call): string {
  const file = absolutePath(call, path);
  const found = call.broker.stat(file);
  if (!found.ok) {
    const reason = systemReason(found.error.code);
    throw new Refusal(
      reason === undefined ? found.error.message : `error reading file ${file}: open ${file}: ${reason}`,
    );
  }
  return file;
}
