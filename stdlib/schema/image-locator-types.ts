import { Refusal } from '../../interpreter/builtin.ts';
import type { ImageLocator } from '../model/image-locator.ts';
import { parseJsonPath } from '../model/json-path-parse.ts';
import { compileSelector, type ObjectSelector } from '../model/object-selector.ts';
import { membersOf } from './collection-types.ts';
import { isPlainObject, typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { quote, show } from './show.ts';

/** One JSON path or a list of them; `null` is none. */
export const jsonPaths: ParameterType<readonly string[]> = {
  typescript: 'string | readonly string[] | null',
  takesObject: false,
  read: (value) =>
    membersOf(value).map((member) => {
      if (typeof member === 'string') return member;
      throw new Refusal(`Expected string, got: ${show(member)}`);
    }),
};

export interface ImageObject {
  readonly path: string;
  readonly repoField: string;
  readonly tagField: string;
}

const FORM = "Expected dict of the form {'json_path': str, 'repo_field': str, 'tag_field': str}";
const FIELDS = ['json_path', 'repo_field', 'tag_field'] as const;

/** Where an object stands whose fields make up an image reference. */
export const imageObject: ParameterType<ImageObject> = {
  typescript: '{ readonly json_path: string; readonly repo_field: string; readonly tag_field: string }',
  takesObject: true,
  read(value) {
    if (!isPlainObject(value)) throw new Refusal(`${FORM}. Actual: ${show(value)}`);
    const given = Object.keys(value);
    for (const key of given) {
      if (!FIELDS.some((field) => field === key)) throw new Refusal(`${FORM}: Unexpected key: ${quote(key)}`);
      if (typeof value[key] !== 'string') {
        throw new Refusal(`${FORM}: Expected string at key ${quote(key)}. Got: ${typeName(value[key])}`);
      }
    }
    if (given.length !== FIELDS.length) {
      throw new Refusal(`${FORM}: Missing keys. Actual keys: [${given.map(quote).join(' ')}]`);
    }
    const [path = '', repoField = '', tagField = ''] = FIELDS.map((field) => String(value[field]));
    return { path, repoField, tagField };
  },
};

/** Throws `Refusal` when a pattern is none. */
export function checkedSelector(selector: ObjectSelector): ObjectSelector {
  const compiled = compileSelector(selector);
  if (!compiled.ok) throw new Refusal(compiled.message);
  return selector;
}

/** Throws `Refusal` when the path cannot be read. */
export function locatorOf(selector: ObjectSelector, path: string, object?: ImageLocator['object']): ImageLocator {
  const parsed = parseJsonPath(path);
  if (!parsed.ok) throw new Refusal(parsed.message);
  return object === undefined ? { selector, path } : { selector, path, object };
}
