import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import type { ObjectBody } from '../kubernetes/object-bodies.ts';
import { hasLabels, objectSelector } from '../kubernetes/object-selector.ts';
import { writeObjects } from '../kubernetes/object-text.ts';
import { builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { checkedByBuiltin, string } from '../schema/scalar-types.ts';
import { blobSource, makeBlob } from './blob.ts';
import { objectsOf } from './k8s-yaml.ts';

export const filterYaml = builtin({
  name: 'filter_yaml',
  doc: 'Parts Kubernetes objects in two: those that fit all that is asked for, and the rest. Patterns are regular expressions in the language of RE2; they are looked for anywhere in a field (`^web$` fits nothing but `web`), and large and small letters are the same to them.',
  parameters: {
    yaml: required(
      // A single object would read like keywords: both have a `kind`.
      checkedByBuiltin('string | Blob | readonly (string | Blob | KubernetesObject)[]'),
      'A path of a YAML file, a Blob of YAML, or a list of these and of objects.',
    ),
    labels: withDefault(stringMap, {}, 'Labels that an object must have, with these values.'),
    name: withDefault(string, '', 'A pattern for `metadata.name`.'),
    namespace: withDefault(
      string,
      '',
      'A pattern for `metadata.namespace`, which is `default` where an object has none.',
    ),
    kind: withDefault(string, '', 'A pattern for `kind`.'),
    api_version: withDefault(string, '', 'A pattern for `apiVersion`.'),
  },
  returns: '[matching: Blob, rest: Blob]',
  example: "const [services, rest] = filter_yaml(helm('./chart'), { kind: '^service$' });\nk8s_yaml(rest);",
  run({ yaml, labels, name, namespace, kind, api_version: apiVersion }, call) {
    const objects = objectsOf(yaml, call);
    const selector = objectSelector({ apiVersion, kind, name, namespace });
    if (!selector.ok) throw new Refusal(selector.message);
    const [selected, others] = parted(objects, selector.matches);
    const [matching, unlabelled] = parted(selected, (object) => hasLabels(object, labels));
    const source = yaml instanceof Tagged ? blobSource(yaml) : 'filter_yaml';
    return [matching, [...others, ...unlabelled]].map((side) => makeBlob(writeObjects(side), source));
  },
});

function parted(
  objects: readonly ObjectBody[],
  fits: (object: ObjectBody) => boolean,
): readonly [fitting: readonly ObjectBody[], others: readonly ObjectBody[]] {
  const fitting: ObjectBody[] = [];
  const others: ObjectBody[] = [];
  for (const object of objects) (fits(object) ? fitting : others).push(object);
  return [fitting, others];
}
