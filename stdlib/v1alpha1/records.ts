import { bool, int32, kept, path, pointer, string, strings, stringsByName } from './field-type.ts';
import { always, listOf, maybe, type RecordType, recordType } from './record-type.ts';

// The objects inside of API objects. The order of fields is that of Tilt's API, which messages show.

const configMapDisableSource = recordType({
  name: 'config_map_disable_source',
  doc: 'Names the entry of a config map that switches something off: it is off while the entry is `"true"`.',
  fields: {
    name: { type: kept(string, ''), doc: 'The config map.' },
    key: { type: kept(string, ''), doc: 'The entry.' },
  },
});

export const disableSource = recordType({
  name: 'disable_source',
  doc: 'Says what switches an object off.',
  example: `v1alpha1.disable_source({ config_map: v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' }) })`,
  fields: {
    config_map: { type: maybe(configMapDisableSource), doc: 'One entry of a config map.' },
    every_config_map: { type: listOf(configMapDisableSource), doc: 'Several entries, which must all say so.' },
  },
});

const execAction = recordType({
  name: 'exec_action',
  doc: 'A probe that runs a command.',
  fields: { command: { type: strings, doc: 'The program and its arguments; no shell.' } },
});

const httpHeader = recordType({
  name: 'http_header',
  doc: 'A header of the request that a probe makes.',
  fields: {
    name: { type: kept(string, ''), doc: 'Its name.' },
    value: { type: kept(string, ''), doc: 'Its value.' },
  },
});

const httpGetAction = recordType({
  name: 'http_get_action',
  doc: 'A probe that asks an HTTP server.',
  fields: {
    path: { type: string, doc: 'The path; `/` when not given.' },
    port: { type: kept(int32, 0), doc: 'The port.' },
    host: { type: string, doc: 'The host; localhost when not given.' },
    scheme: { type: string, doc: '`HTTP` or `HTTPS`.' },
    http_headers: { type: listOf(httpHeader), doc: 'Headers of the request.' },
  },
});

const tcpSocketAction = recordType({
  name: 'tcp_socket_action',
  doc: 'A probe that opens a connection.',
  fields: {
    port: { type: kept(int32, 0), doc: 'The port.' },
    host: { type: string, doc: 'The host; localhost when not given.' },
  },
});

const probeActions = {
  exec: { type: maybe(execAction), doc: 'Ready when a command succeeds.' },
  http_get: { type: maybe(httpGetAction), doc: 'Ready when an address answers.' },
  tcp_socket: { type: maybe(tcpSocketAction), doc: 'Ready when a port takes connections.' },
};

const handler = recordType({
  name: 'handler',
  doc: 'How a probe finds out. Tilt has this function and nothing that takes what it answers: give its members to the probe itself.',
  fields: probeActions,
});

export const probe = recordType({
  name: 'probe',
  doc: 'Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.',
  example: `v1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });`,
  typescript: 'V1alpha1ProbeOptions & V1alpha1HandlerOptions',
  refused: { handler: 'write the probe as a plain object with exec, http_get or tcp_socket' },
  plainOnly: Object.keys(probeActions),
  fields: {
    ...probeActions,
    initial_delay_seconds: { type: int32, doc: 'Seconds before the first try.' },
    timeout_seconds: { type: int32, doc: 'Seconds that one try may take; 1 when not given.' },
    period_seconds: { type: int32, doc: 'Seconds between two tries; 10 when not given.' },
    success_threshold: { type: int32, doc: 'Tries in a row that must pass to count as ready; 1 when not given.' },
    failure_threshold: { type: int32, doc: 'Tries in a row that must fail to count as not ready; 3 when not given.' },
  },
});

export const restartOn = recordType({
  name: 'restart_on_spec',
  doc: 'Says what starts a command again.',
  fields: {
    file_watches: { type: strings, doc: 'Names of file watches, each change of which does.' },
    ui_buttons: { type: strings, doc: 'Names of buttons, each click on which does.', json: 'uiButtons' },
  },
});

export const startOn = recordType({
  name: 'start_on_spec',
  doc: 'Says what starts a command, which waits for it at first.',
  refused: { start_after: 'Tilt lists it and cannot take it' },
  fields: { ui_buttons: { type: kept(strings, null), doc: 'Names of buttons.', json: 'uiButtons' } },
});

export const ignoreDef = recordType({
  name: 'ignore_def',
  doc: 'Files whose changes a file watch does not see.',
  fields: {
    base_path: { type: kept(path, ''), doc: 'The folder that patterns are relative to; without patterns all of it.' },
    patterns: { type: strings, doc: 'Patterns in the language of .dockerignore.' },
  },
});

export const kubernetesApplyCmd = recordType({
  name: 'kubernetes_apply_cmd',
  doc: 'A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.',
  fields: {
    args: { type: kept(strings, null), doc: 'The program and its arguments; no shell.' },
    dir: { type: kept(path, ''), doc: 'Where it runs.' },
    env: { type: kept(strings, null), doc: 'Environment variables, as `NAME=value`.' },
  },
});

const labelSelectorRequirement = recordType({
  name: 'label_selector_requirement',
  doc: 'A condition on one label of pods.',
  fields: {
    key: { type: kept(string, ''), doc: 'The label.' },
    operator: { type: kept(string, ''), doc: '`In`, `NotIn`, `Exists` or `DoesNotExist`.' },
    values: { type: strings, doc: 'The values for `In` and `NotIn`.' },
  },
});

export const labelSelector = recordType({
  name: 'label_selector',
  doc: 'Selects pods by their labels, as in Kubernetes.',
  fields: {
    match_labels: { type: stringsByName, doc: 'Labels and the values that they must have.' },
    match_expressions: { type: listOf(labelSelectorRequirement), doc: 'Further conditions, which must all hold.' },
  },
});

export const kubernetesDiscoveryTemplateSpec = recordType({
  name: 'kubernetes_discovery_template_spec',
  doc: 'Says how to find the pods of what was applied, beside those that it owns.',
  fields: { extra_selectors: { type: listOf(labelSelector), doc: 'Pods that match one of these belong to it.' } },
});

const objectSelector = recordType({
  name: 'object_selector',
  doc: 'Selects Kubernetes objects by regular expressions, which must all match.',
  fields: {
    api_version_regexp: { type: string, doc: 'For the `apiVersion`.' },
    kind_regexp: { type: string, doc: 'For the `kind`.' },
    name_regexp: { type: string, doc: 'For the name.' },
    namespace_regexp: { type: string, doc: 'For the namespace.' },
  },
});

const kubernetesImageObjectDescriptor = recordType({
  name: 'kubernetes_image_object_descriptor',
  doc: 'Says in which fields of an object the parts of an image’s name stand.',
  fields: {
    repo_field: { type: kept(string, ''), doc: 'The field with the repository.' },
    tag_field: { type: kept(string, ''), doc: 'The field with the tag.' },
  },
});

export const kubernetesImageLocator = recordType({
  name: 'kubernetes_image_locator',
  doc: 'Says where in objects of other kinds than Kubernetes’ own the name of an image stands.',
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
  fields: {
    uid: { type: string, doc: 'Its UID, or that of what owns it.' },
    namespace: { type: kept(string, ''), doc: 'Its namespace, which must be given.' },
    name: { type: string, doc: 'Its name, for readers only.' },
  },
});

const forward = recordType({
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
  fields: { forwards: { type: kept(listOf(forward), null), doc: 'The ports.' } },
});

export const podLogStreamTemplateSpec = recordType({
  name: 'pod_log_stream_template_spec',
  doc: 'Says which containers’ logs to show of the pods that were found. Without names all of them.',
  refused: { since_time: 'Tilt lists it and cannot take it' },
  fields: {
    only_containers: { type: strings, doc: 'Only these containers.' },
    ignore_containers: { type: strings, doc: 'All but these containers.' },
  },
});

const uiBoolInputSpec = recordType({
  name: 'ui_bool_input_spec',
  doc: 'A box to tick.',
  fields: {
    default_value: { type: bool, doc: 'Whether it is ticked at first.' },
    true_string: { type: pointer(string), doc: 'What a ticked box stands for; `true` when not given.' },
    false_string: { type: pointer(string), doc: 'What an empty box stands for; `false` when not given.' },
  },
});

const uiChoiceInputSpec = recordType({
  name: 'ui_choice_input_spec',
  doc: 'A choice between words.',
  fields: { choices: { type: kept(strings, null), doc: 'The words, at least one.' } },
});

const uiHiddenInputSpec = recordType({
  name: 'ui_hidden_input_spec',
  doc: 'A value that goes along and is not shown.',
  fields: { value: { type: kept(string, ''), doc: 'The value.' } },
});

const uiTextInputSpec = recordType({
  name: 'ui_text_input_spec',
  doc: 'A field for text.',
  fields: {
    default_value: { type: string, doc: 'What stands in it at first.' },
    placeholder: { type: string, doc: 'What is shown while it is empty.' },
  },
});

export const uiInputSpec = recordType({
  name: 'ui_input_spec',
  doc: 'Something that a button asks for: exactly one of `text`, `bool`, `hidden` and `choice`.',
  example: `v1alpha1.ui_input_spec({ name: 'count', label: 'How many', text: { default_value: '1' } })`,
  fields: {
    name: { type: kept(string, ''), doc: 'Names it among the inputs of its button.' },
    label: { type: kept(string, ''), doc: 'What to show in front of it.' },
    text: { type: maybe(uiTextInputSpec), doc: 'A field for text.' },
    bool: { type: maybe(uiBoolInputSpec), doc: 'A box to tick.' },
    hidden: { type: maybe(uiHiddenInputSpec), doc: 'A value that is not shown.' },
    choice: { type: maybe(uiChoiceInputSpec), doc: 'A choice between words.' },
  },
});

export const uiComponentLocation = recordType({
  name: 'ui_component_location',
  doc: 'Where a button is shown.',
  example: `v1alpha1.ui_component_location({ component_type: 'Resource', component_id: 'api' })`,
  fields: {
    component_id: {
      type: kept(string, ''),
      doc: 'The name of the resource, or `nav` for the bar at the top.',
      json: 'componentID',
    },
    component_type: { type: kept(string, ''), doc: '`Resource`, or `Global` for the bar at the top.' },
  },
});

/** All of them, in the order of the reference. */
export const records: readonly RecordType[] = [
  configMapDisableSource,
  disableSource,
  execAction,
  forward,
  httpGetAction,
  httpHeader,
  handler,
  ignoreDef,
  kubernetesApplyCmd,
  kubernetesDiscoveryTemplateSpec,
  kubernetesImageLocator,
  kubernetesImageObjectDescriptor,
  kubernetesWatchRef,
  labelSelector,
  labelSelectorRequirement,
  objectSelector,
  podLogStreamTemplateSpec,
  portForwardTemplateSpec,
  probe,
  restartOn,
  startOn,
  tcpSocketAction,
  uiBoolInputSpec,
  uiChoiceInputSpec,
  uiComponentLocation,
  uiHiddenInputSpec,
  uiInputSpec,
  uiTextInputSpec,
];
