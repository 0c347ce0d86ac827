import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { checkedSelector, jsonPaths, locatorOf } from '../schema/image-locator-types.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';

const pattern = 'a regular expression that is looked for anywhere in it, in small and large letters alike.';

export const k8sImageJsonPath = builtin({
  name: 'k8s_image_json_path',
  doc: 'Says where objects hold image references outside of pod specs. They count as workloads then.',
  parameters: {
    paths: required(jsonPaths, 'One JSON path or a list of them: `{.spec.image}`.'),
    api_version: withDefault(string, '', `Their version; ${pattern}`),
    kind: withDefault(string, '', `Their kind; ${pattern}`),
    name: withDefault(string, '', `Their name; ${pattern}`),
    namespace: withDefault(string, '', `Their namespace; ${pattern}`),
  },
  returns: 'void',
  example: "k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });",
  run({ paths, api_version: apiVersion, kind, name, namespace }, _call, { declarations }) {
    if (kind === '' && name === '' && namespace === '') {
      throw new Refusal('at least one of kind, name, or namespace must be specified');
    }
    const selector = checkedSelector({ apiVersion, kind, name, namespace });
    const locators = paths.map((path) => locatorOf(selector, path));
    declarations.kinds.push({ selector, podReadiness: undefined, locators });
    return undefined;
  },
});
