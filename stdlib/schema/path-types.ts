import { isAbsolute, join } from 'node:path';
import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import { executingFolder } from './executing-file.ts';
import { internalTypeName, isListOrTuple, typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { asText } from './scalar-types.ts';

/** Against the folder of the file that is being executed; an absolute path stays as it is written. */
export function absolutePath(call: Call, path: string): string {
  if (isAbsolute(path)) return path;
  return withoutTrailingSlash(join(executingFolder(call), path));
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

export function pathOf(value: ScriptValue, call: Call): string {
  const path = asPath(value, call);
  if (path !== undefined) return path;
  throw new Refusal(`expected path | string. Actual type: ${internalTypeName(value)}`);
}

/** A string, or a checkout of a repository, which stands for its folder; made absolute. `undefined` for anything else. */
function asPath(value: ScriptValue, call: Call): string | undefined {
  if (typeof value === 'string') return absolutePath(call, value);
  if (value instanceof Tagged && value.tag === 'git.Repo') return String(value.fields.folder);
  return undefined;
}

/** A path, made absolute. */
export const localPath: ParameterType<string> = {
  typescript: 'string | GitRepo',
  takesObject: false,
  read: pathOf,
};

/** One path or a list of them, made absolute; `null` is an empty list. */
export const localPathList: ParameterType<readonly string[]> = {
  typescript: 'string | GitRepo | readonly (string | GitRepo)[] | null',
  takesObject: false,
  read(value, call) {
    if (asText(value) !== undefined) return [pathOf(value, call)];
    if (value === null || value === undefined) return [];
    if (!isListOrTuple(value)) {
      throw new Refusal(`value should be a string or List or Tuple of strings, but is of type ${typeName(value)}`);
    }
    return value.map((member, index) => {
      const path = asPath(member, call);
      if (path !== undefined) return path;
      throw new Refusal(
        `unpacking list item at index ${index}: expected path | string. Actual type: ${internalTypeName(member)}`,
      );
    });
  },
};
