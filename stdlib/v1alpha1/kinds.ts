import { isAbsolute } from 'node:path';
import type { ApiResource } from '../model/api-object.ts';
import { uiComponentLocation, uiInputSpec } from './button-records.ts';
import { disableSource, ignoreDef, probe, restartOn, startOn } from './command-records.ts';
import { duplicateValue, invalidValue, requiredValue, unsupportedValue } from './field-error.ts';
import { bool, duration, type Fields, folder, kept, paths, string, strings, stringsByName } from './field-type.ts';
import {
  kubernetesApplyCmd,
  kubernetesDiscoveryTemplateSpec,
  kubernetesImageLocator,
  kubernetesWatchRef,
  labelSelector,
  podLogStreamTemplateSpec,
  portForwardTemplateSpec,
} from './kubernetes-records.ts';
import { always, type JsonObject, listOf, maybe } from './record-type.ts';

/** A kind of objects that a Tiltfile can register. */
export interface Kind {
  /** The function's name, after `v1alpha1.`. */
  readonly name: string;
  readonly resource: ApiResource;
  /** For the reference. */
  readonly doc: string;
  readonly example: string;
  readonly fields: Fields;
  /** Whether the fields stand in `spec` of the object, as they mostly do, or beside its metadata. */
  readonly inSpec: boolean;
  /** What is wrong with the fields, in the API's JSON. */
  validate(fields: JsonObject): readonly string[];
}

const nothingWrong = () => [];

const disableSourceField = { type: maybe(disableSource), doc: 'What switches it off.' };

const cmd: Kind = {
  name: 'cmd',
  resource: 'cmds',
  doc: 'Registers a command of the API, for buttons and other programs. `local_resource` is what most Tiltfiles want.',
  example: `v1alpha1.cmd('reset-db', { args: ['./reset.sh'], start_on: { ui_buttons: ['reset-db'] } });`,
  inSpec: true,
  fields: {
    args: { type: strings, doc: 'The program and its arguments; no shell.' },
    dir: { type: folder, doc: 'Where it runs. By default the folder of the Tiltfile.' },
    env: { type: strings, doc: 'Environment variables, as `NAME=value`.' },
    readiness_probe: { type: maybe(probe), doc: 'How to find out whether it is ready.' },
    restart_on: { type: maybe(restartOn), doc: 'What starts it again.' },
    start_on: { type: maybe(startOn), doc: 'What starts it. By default it starts at once.' },
    disable_source: disableSourceField,
  },
  validate: nothingWrong,
};

const configMap: Kind = {
  name: 'config_map',
  resource: 'configmaps',
  doc: 'Registers a config map of the API: values by name, which other objects look at.',
  example: `v1alpha1.config_map('flags', { data: { 'api-off': 'false' } });`,
  inSpec: false,
  fields: { data: { type: stringsByName, doc: 'The values.' } },
  validate: nothingWrong,
};

const extension: Kind = {
  name: 'extension',
  resource: 'extensions',
  doc: 'Registers an extension under a name of its own: `ext://NAME` then leads to a folder of a repository.',
  example: `v1alpha1.extension('checks', { repo_name: 'team', repo_path: 'tools/checks' });`,
  inSpec: true,
  fields: {
    repo_name: { type: kept(string, ''), doc: 'The repository, by the name under which it is registered.' },
    repo_path: { type: kept(string, ''), doc: 'The folder in the repository.' },
    args: { type: strings, doc: 'Arguments for its Tiltfile where it runs by itself, and is not imported.' },
  },
  validate: nothingWrong,
};

const extensionRepo: Kind = {
  name: 'extension_repo',
  resource: 'extensionrepos',
  doc: 'Registers a repository of extensions. The one that is named `default` takes the place of Tilt’s own.',
  example: `v1alpha1.extension_repo('team', { url: 'https://github.com/acme/tilt', ref: 'v2', load_host: 'acme' });`,
  inSpec: true,
  fields: {
    url: {
      type: kept(string, ''),
      doc: 'Of a git repository (`https://…`), or an absolute folder of this machine (`file:///…`).',
    },
    ref: { type: string, doc: 'A branch, tag or commit; the default branch when not given.' },
    load_host: { type: string, doc: 'Makes `ext://LOAD_HOST/PATH` lead into this repository.' },
    git_subpath: { type: string, doc: 'The folder of the repository in which its extensions are.' },
  },
  validate({ url, gitSubpath = '' }) {
    const text = String(url);
    if (/^https?:\/\//.test(text)) return [];
    if (!text.startsWith('file://')) {
      return [invalidValue('spec.url', text, 'URLs must start with http(s):// or file://')];
    }
    if (!isAbsolute(text.slice('file://'.length))) {
      return [invalidValue('spec.url', text, 'file:// URLs must be absolute (e.g., file:///home/user/repo)')];
    }
    if (gitSubpath === '') return [];
    return [
      invalidValue(
        'spec.git_subpath',
        gitSubpath,
        'cannot use git_subpath for file:// URL extension repositories (put it into the URL)',
      ),
    ];
  },
};

const fileWatch: Kind = {
  name: 'file_watch',
  resource: 'filewatches',
  doc: 'Registers a file watch of the API, whose changes can restart commands.',
  example: `v1alpha1.file_watch('sources', { watched_paths: ['src'], ignores: [{ base_path: 'src', patterns: ['*.tmp'] }] });`,
  inSpec: true,
  fields: {
    watched_paths: { type: paths, doc: 'Files and folders, at least one.' },
    ignores: { type: listOf(ignoreDef), doc: 'Files whose changes it does not see.' },
    disable_source: disableSourceField,
  },
  validate: ({ watchedPaths }) =>
    watchedPaths === null ? [requiredValue('spec.watchedPaths', 'cannot be an empty list')] : [],
};

const strategies = ['default', 'selectors-only'];

const kubernetesApply: Kind = {
  name: 'kubernetes_apply',
  resource: 'kubernetesapplys',
  doc: 'Registers objects of the API that are applied to the cluster, or a command that applies them. `k8s_yaml` is what most Tiltfiles want.',
  example: `v1alpha1.kubernetes_apply('chart', { apply_cmd: { args: ['./up.sh'] }, delete_cmd: { args: ['./down.sh'] } });`,
  inSpec: true,
  fields: {
    yaml: { type: string, doc: 'The objects. Either this or `apply_cmd` must be given.' },
    image_maps: { type: strings, doc: 'Names of image maps whose images are put into the objects.' },
    image_locators: { type: listOf(kubernetesImageLocator), doc: 'Where images stand in objects of other kinds.' },
    timeout: { type: duration, doc: 'How long it may take, such as `30s`.' },
    kubernetes_discovery_template_spec: {
      type: maybe(kubernetesDiscoveryTemplateSpec),
      doc: 'How to find its pods, beside those that the objects own.',
    },
    port_forward_template_spec: { type: maybe(portForwardTemplateSpec), doc: 'Ports of its pods to forward.' },
    pod_log_stream_template_spec: { type: maybe(podLogStreamTemplateSpec), doc: 'Which logs of its pods to show.' },
    discovery_strategy: { type: string, doc: '`default`, or `selectors-only` for pods that the objects do not own.' },
    disable_source: disableSourceField,
    apply_cmd: { type: maybe(kubernetesApplyCmd), doc: 'A command that applies objects and prints them as YAML.' },
    restart_on: { type: maybe(restartOn), doc: 'What applies them again.' },
    delete_cmd: { type: maybe(kubernetesApplyCmd), doc: 'A command that deletes what `apply_cmd` made.' },
    cluster: { type: kept(string, ''), doc: 'The cluster; `default` when not given.' },
    server_side_apply: { type: bool, doc: 'Whether they are applied server-side.' },
  },
  validate({ discoveryStrategy = '', yaml, applyCmd }) {
    const errors: string[] = [];
    const strategy = String(discoveryStrategy);
    if (strategy !== '' && !strategies.includes(strategy)) {
      errors.push(unsupportedValue('spec.discoveryStrategy', strategy, strategies));
    }
    const one = 'must specify exactly ONE of .spec.yaml or .spec.applyCmd';
    if (yaml !== undefined && applyCmd !== undefined) errors.push(invalidValue('spec.applyCmd', applyCmd, one));
    if (yaml === undefined && applyCmd === undefined) errors.push(requiredValue('spec.yaml', one));
    if (yaml === undefined && applyCmd !== undefined && (applyCmd as JsonObject).args === null) {
      errors.push(requiredValue('spec.applyCmd.args', 'args cannot be empty'));
    }
    return errors;
  },
};

const kubernetesDiscovery: Kind = {
  name: 'kubernetes_discovery',
  resource: 'kubernetesdiscoveries',
  doc: 'Registers a search of the API for pods in the cluster.',
  example: `v1alpha1.kubernetes_discovery('api-pods', { watches: [{ namespace: 'dev' }], extra_selectors: [{ match_labels: { app: 'api' } }] });`,
  inSpec: true,
  fields: {
    watches: { type: kept(listOf(kubernetesWatchRef), null), doc: 'Objects whose pods are found.' },
    extra_selectors: { type: listOf(labelSelector), doc: 'Pods that match one of these are found, too.' },
    port_forward_template_spec: { type: maybe(portForwardTemplateSpec), doc: 'Ports of the pods to forward.' },
    pod_log_stream_template_spec: { type: maybe(podLogStreamTemplateSpec), doc: 'Which logs of the pods to show.' },
    cluster: { type: kept(string, ''), doc: 'The cluster; `default` when not given.' },
  },
  validate({ watches, extraSelectors }) {
    const named = (watches ?? []) as readonly JsonObject[];
    const errors = named.flatMap(({ namespace }, index) =>
      namespace === '' ? [requiredValue(`spec.watches[${index}]`, 'Namespace must be provided')] : [],
    );
    if (named.length > 0 || extraSelectors !== undefined) return errors;
    return [requiredValue('spec.watches', 'One or more watches or extraSelectors are required')];
  },
};

const uiButton: Kind = {
  name: 'ui_button',
  resource: 'uibuttons',
  doc: 'Registers a button of the web page. Commands start with it through their `start_on` and `restart_on`.',
  example: `v1alpha1.ui_button('reset-db', {
  text: 'Reset the database',
  icon_name: 'restart_alt',
  location: { component_type: 'Resource', component_id: 'db' },
  requires_confirmation: true,
});`,
  inSpec: true,
  fields: {
    location: { type: always(uiComponentLocation), doc: 'Where it is shown.' },
    text: { type: kept(string, ''), doc: 'What stands on it.' },
    icon_name: { type: string, doc: 'A name from the Material Icons.' },
    icon_svg: { type: string, doc: 'An `<svg>` element of 24 by 24 units; wins over `icon_name`.', json: 'iconSVG' },
    disabled: { type: bool, doc: 'Whether it cannot be clicked.' },
    requires_confirmation: { type: bool, doc: 'Whether it must be clicked twice.' },
    inputs: { type: listOf(uiInputSpec), doc: 'What it asks for.' },
  },
  validate({ location, text, iconSVG = '', inputs = [] }) {
    const errors: string[] = [];
    if (text === '') errors.push(requiredValue('spec.text', 'Button text cannot be empty'));
    const { componentID, componentType } = location as JsonObject;
    if (componentID === '') errors.push(requiredValue('spec.location.componentID', 'Parent component ID is required'));
    if (componentType === '') {
      errors.push(requiredValue('spec.location.componentType', 'Parent component type is required'));
    }
    if (iconSVG !== '' && !String(iconSVG).includes('<svg')) {
      errors.push(invalidValue('spec.iconSVG', iconSVG, 'Invalid <svg> element'));
    }
    const names = new Set<string>();
    for (const [index, input] of (inputs as readonly JsonObject[]).entries()) {
      const name = String(input.name);
      if (names.has(name)) errors.push(duplicateValue(`spec.inputs[${index}].id`, input));
      names.add(name);
      errors.push(...inputErrors(input));
    }
    return errors;
  },
};

function inputErrors(input: JsonObject): readonly string[] {
  const errors: string[] = [];
  if ((input.choice as JsonObject | undefined)?.choices === null) {
    errors.push(invalidValue('spec', input, 'must specify choices if input type is choice'));
  }
  const types = ['text', 'bool', 'hidden', 'choice'].filter((type) => input[type] !== undefined);
  if (types.length !== 1) errors.push(invalidValue('spec', input, 'must specify exactly one input type'));
  return errors;
}

/** All of them, in the order of the reference. */
export const kinds: readonly Kind[] = [
  extensionRepo,
  extension,
  uiButton,
  cmd,
  configMap,
  fileWatch,
  kubernetesApply,
  kubernetesDiscovery,
];
