import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { checkedSelector, imageObject, jsonPaths, locatorOf } from '../schema/image-locator-types.ts';
import { isPlainObject } from '../schema/kind.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { podReadiness } from '../schema/pod-readiness-type.ts';
import { string } from '../schema/scalar-types.ts';
import type { Session } from '../session.ts';

/** A path beside the kind would be hard to understand, so it needs its keyword. */
const keywordOnlyPaths = { ...jsonPaths, takesObject: true };

const parameters = {
  kind: required(
    string,
    'The kind; a regular expression that is looked for anywhere in it, in small and large letters alike.',
  ),
  image_json_path: withDefault(
    keywordOnlyPaths,
    [],
    'Where its objects hold image references: `{.spec.image}`. A keyword only.',
  ),
  api_version: withDefault(string, '', 'The version; a regular expression, too. By default any.'),
  image_object: optional(
    imageObject,
    'Where its objects hold an object with the repository in one field and the tag in another, instead of `image_json_path`.',
  ),
  pod_readiness: optional(
    podReadiness,
    'When its objects count as running: when their pods are ready (`wait`), at once (`ignore`), or when they have ended well (`succeeded`).',
  ),
};

export const k8sKind = builtin({
  name: 'k8s_kind',
  doc: 'Says of a kind of objects that they are workloads, where they hold their images, and when they count as running.',
  parameters,
  returns: 'void',
  example: "k8s_kind('Function', { image_json_path: '{.spec.image}', pod_readiness: 'ignore' });",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, { declarations }: Session): undefined {
  const count = isPlainObject(call.args.at(-1)) ? call.args.length - 1 : call.args.length;
  if (count > 1) throw new Refusal(`${call.name}: got ${count} arguments, want at most 1`);
  const selector = checkedSelector({ apiVersion: args.api_version, kind: args.kind, name: '', namespace: '' });
  const { image_json_path: paths, image_object: object } = args;
  if (paths.length > 0 && object) throw new Refusal('Cannot specify both image_json_path and image_object');
  const locators = object
    ? [locatorOf(selector, object.path, { repoField: object.repoField, tagField: object.tagField })]
    : paths.map((path) => locatorOf(selector, path));
  declarations.kinds.push({ selector, podReadiness: args.pod_readiness, locators });
  return undefined;
}
