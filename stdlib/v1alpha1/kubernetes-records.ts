import { int32, kept, path, string, strings, stringsByName } from './field-type.ts';
import { always, listOf, maybe, recordType } from './record-type.ts';

// The objects inside of those that deploy to a cluster and find pods in it. The order of fields is that of Tilt's API, which messages show.

export const kubernetesApplyCmd = recordType({
  name: 'kubernetes_apply_cmd',
  doc: 'A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.',
  example: `v1alpha1.kubernetes_apply_cmd({ args: ['make', 'deploy'] })`,
  fields: {
    args: { type: kept(strings, null), doc: 'The program and its arguments; no shell.' },
    dir: { type: kept(path, ''), doc: 'Where it runs.' },
    env: { type: kept(strings, null), doc: 'Environment variables, as `NAME=value`.' },
  },
});

export const labelSelectorRequirement = recordType({
  name: 'label_selector_requirement',
  doc: 'A condition on one label of pods.',
  example: `v1alpha1.label_selector_requirement({ key: 'app', operator: 'In', values: ['web', 'api'] })`,
  fields: {
    key: { type: kept(string, ''), doc: 'The label.' },
    operator: { type: kept(string, ''), doc: '`In`, `NotIn`, `Exists` or `DoesNotExist`.' },
    values: { type: strings, doc: 'The values for `In` and `NotIn`.' },
  },
});

export const labelSelector = recordType({
  name: 'label_selector',
  doc: 'Selects pods by their labels, as in Kubernetes.',
  example: `v1alpha1.label_selector({ match_labels: { app: 'web' } })`,
  fields: {
    match_labels: { type: stringsByName, doc: 'Labels and the values that they must have.' },
    match_expressions: { type: listOf(labelSelectorRequirement), doc: 'Further conditions, which must all hold.' },
  },
});

export const kubernetesDiscoveryTemplateSpec = recordType({
  name: 'kubernetes_discovery_template_spec',
  doc: 'Says how to find the pods of what was applied, beside those that it owns.',
  example: `v1alpha1.kubernetes_discovery_template_spec({ extra_selectors: [{ match_labels: { app: 'web' } }] })`,
  fields: { extra_selectors: { type: listOf(labelSelector), doc: 'Pods that match one of these belong to it.' } },
});

export const objectSelector = recordType({
  name: 'object_selector',
  doc: 'Selects Kubernetes objects by regular expressions, which must all match.',
  example: `v1alpha1.object_selector({ kind_regexp: 'Deployment', name_regexp: 'web' })`,
  fields: {
    api_version_regexp: { type: string, doc: 'For the `apiVersion`.' },
    kind_regexp: { type: string, doc: 'For the `kind`.' },
    name_regexp: { type: string, doc: 'For the name.' },
    namespace_regexp: { type: string, doc: 'For the namespace.' },
  },
});

export const kubernetesImageObjectDescriptor = recordType({
  name: 'kubernetes_image_object_descriptor',
  doc: 'Says in which fields of an object the parts of an image’s name stand.',
  example: `v1alpha1.kubernetes_image_object_descriptor({ repo_field: 'repository', tag_field: 'tag' })`,
  fields: {
    repo_field: { type: kept(string, ''), doc: 'The field with the repository.' },
    tag_field: { type: kept(string, ''), doc: 'The field with the tag.' },
  },
});

export const kubernetesImageLocator = recordType({
  name: 'kubernetes_image_locator',
  doc: 'Says where in objects of other kinds than Kubernetes’ own the name of an image stands.',
  example: `v1alpha1.kubernetes_image_locator({ object_selector: { kind_regexp: 'Function' }, path: '{.spec.image}' })`,
  fields: {
    object_selector: { type: always(objectSelector), doc: 'In which objects.' },
    path: { type: kept(string, ''), doc: 'The way to the field, as a JSON path: `{.spec.image}`.' },
    object: {
      type: maybe(kubernetesImageObjectDescriptor),
      doc: 'For a name that stands there in parts. Without it the field is a string.',
    },
  },
});

export const kubernetesWatchRef = recordType({
  name: 'kubernetes_watch_ref',
  doc: 'Names an object of the cluster whose pods shall be found.',
  example: `v1alpha1.kubernetes_watch_ref({ namespace: 'shop', name: 'web' })`,
  fields: {
    uid: { type: string, doc: 'Its UID, or that of what owns it.' },
    namespace: { type: kept(string, ''), doc: 'Its namespace, which must be given.' },
    name: { type: string, doc: 'Its name, for readers only.' },
  },
});

export const forward = recordType({
  name: 'forward',
  doc: 'A port of a pod that can be reached on this machine.',
  example: `v1alpha1.forward({ local_port: 8080, container_port: 80, name: 'web' })`,
  fields: {
    local_port: { type: int32, doc: 'The port on this machine; any free one when not given.' },
    container_port: { type: kept(int32, 0), doc: 'The port of the pod.' },
    host: { type: kept(string, ''), doc: 'The address on this machine; localhost when not given.' },
    name: { type: string, doc: 'What to show for it.' },
    path: { type: string, doc: 'The path in the link to it.' },
  },
});

export const portForwardTemplateSpec = recordType({
  name: 'port_forward_template_spec',
  doc: 'The ports to forward of a pod that was found.',
  example: `v1alpha1.port_forward_template_spec({ forwards: [{ local_port: 8080, container_port: 80 }] })`,
  fields: { forwards: { type: kept(listOf(forward), null), doc: 'The ports.' } },
});

export const podLogStreamTemplateSpec = recordType({
  name: 'pod_log_stream_template_spec',
  doc: 'Says which containers’ logs to show of the pods that were found. Without names all of them.',
  example: `v1alpha1.pod_log_stream_template_spec({ ignore_containers: ['istio-proxy'] })`,
  refused: { since_time: 'Tilt lists it and cannot take it' },
  fields: {
    only_containers: { type: strings, doc: 'Only these containers.' },
    ignore_containers: { type: strings, doc: 'All but these containers.' },
  },
});
