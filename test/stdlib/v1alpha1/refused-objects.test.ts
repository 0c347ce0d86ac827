import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ScriptValue, Tagged } from '../../../interpreter/value.ts';
import { library } from '../../support/tilt-builtins.ts';

const call = library();
const nav = { component_type: 'Global', component_id: 'nav' };
const button = (more: { [key: string]: ScriptValue }): ScriptValue[] => ['b', { text: 'Go', location: nav, ...more }];
const exec = call('v1alpha1.exec_action', { command: ['true'] });
const blob = new Tagged('Blob', { text: 'x' });

// What is wrong, and what is said about it: all of it, or its beginning where it ends with an ellipsis.
const calls: [string, ScriptValue[], string][] = [
  ['cmd', [], 'v1alpha1.cmd: missing argument for name'],
  ['cmd', [7], 'v1alpha1.cmd: for parameter name: got int, want string'],
  [
    'cmd',
    ['c', { args: 'make' }],
    'v1alpha1.cmd: for parameter "args": value should be a List or Tuple of strings, but is of type string',
  ],
  [
    'cmd',
    ['c', { args: ['a', 1] }],
    'v1alpha1.cmd: for parameter "args": value should contain only strings, but element "1" was of type int',
  ],
  [
    'cmd',
    ['c', { dir: null }],
    'v1alpha1.cmd: for parameter "dir": expected path | string. Actual type: starlark.NoneType',
  ],
  ['cmd', ['c', { argz: [] }], 'v1alpha1.cmd: unexpected keyword argument "argz" (did you mean args?)'],
  [
    'cmd',
    ['c', { readiness_probe: exec }],
    'v1alpha1.cmd: for parameter "readiness_probe": expected dict, actual: dict (of v1alpha1.exec_action, not of v1alpha1.probe)',
  ],
  [
    'cmd',
    ['c', { readiness_probe: null }],
    'v1alpha1.cmd: for parameter "readiness_probe": expected dict, actual: NoneType',
  ],
  [
    'cmd',
    ['c', { readiness_probe: { exec: { command: 'x' } } }],
    'v1alpha1.cmd: for parameter "readiness_probe": unpacking exec: unpacking command: value should be a List or Tuple of strings, but is of type string',
  ],
  [
    'cmd',
    ['c', { readiness_probe: { http_get: { http_headers: [{}, { name: 1 }] } } }],
    'v1alpha1.cmd: for parameter "readiness_probe": unpacking http_get: unpacking http_headers: at index 1: Expected string, actual: int',
  ],
  [
    'cmd',
    ['c', { start_on: { ui_button: ['b'] } }],
    'v1alpha1.cmd: for parameter "start_on": Unexpected attribute name: ui_button (did you mean ui_buttons?)',
  ],
  [
    'cmd',
    ['c', { disable_source: { every_config_map: {} } }],
    'v1alpha1.cmd: for parameter "disable_source": unpacking every_config_map: expected list, actual: dict',
  ],
  ['cmd', ['c', { labels: ['a'] }], 'v1alpha1.cmd: for parameter "labels": expected dict, got *starlark.List'],
  ['cmd', ['c', { labels: exec }], 'v1alpha1.cmd: for parameter "labels": expected dict, got *v1alpha1.ExecAction'],
  [
    'config_map',
    ['m', { data: { on: true } }],
    'v1alpha1.config_map: for parameter "data": value is not a string: starlark.Bool (True)',
  ],
  ['probe', [{ handler: {} }], 'Unexpected attribute name: handler (write the probe as a plain object…'],
  ['probe', [{ exec }], 'v1alpha1.probe: unexpected keyword argument "exec"…'],
  ['probe', [{ period_seconds: 1.5 }], 'Expected int, got: got float, want int'],
  ['probe', [{ timeout_seconds: 2 ** 31 }], 'Expected int, got: 2147483648 out of range'],
  ['start_on_spec', [{ start_after: 'now' }], 'Unexpected attribute name: start_after…'],
  ['pod_log_stream_template_spec', [{ since_time: 'now' }], 'Unexpected attribute name: since_time…'],
  ['forward', [{ local_port: '80' }], 'Expected int, got: got string, want int'],
  ['forward', [{ host: blob }], 'Expected string, actual: blob'],
  ['ui_bool_input_spec', [{ default_value: 'yes' }], 'Expected bool, got: string'],
  ['exec_action', ['true'], 'unpacking command: value should be a List or Tuple of strings, but is of type string'],
  ['label_selector', [{ match_labels: { a: 1 } }], 'unpacking match_labels: value is not a string: starlark.Int (1)'],
  ['ignore_def', [{ base_path: 1 }], 'unpacking base_path: expected path | string. Actual type: starlark.Int'],
  ['file_watch', ['w', { watched_paths: null }], 'spec.watchedPaths: Required value: cannot be an empty list'],
  [
    'file_watch',
    ['w', { watched_paths: ['a', 1] }],
    'v1alpha1.file_watch: for parameter "watched_paths": unpacking list item at index 1: expected path | string. Actual type: starlark.Int',
  ],
  [
    'extension_repo',
    ['r', { url: 'ftp://x' }],
    'spec.url: Invalid value: "ftp://x": URLs must start with http(s):// or file://',
  ],
  ['extension_repo', ['r', { url: 'file://x' }], 'spec.url: Invalid value: "file://x": file:// URLs must be absolute…'],
  [
    'extension_repo',
    ['r', { url: 'file:///x', git_subpath: 'y' }],
    'spec.git_subpath: Invalid value: "y": cannot use git_subpath for file:// URL extension repositories…',
  ],
  [
    'kubernetes_apply',
    ['k', { apply_cmd: {}, discovery_strategy: 'x' }],
    '[spec.discoveryStrategy: Unsupported value: "x": supported values: "default", "selectors-only", spec.applyCmd.args: Required value: args cannot be empty]',
  ],
  [
    'kubernetes_apply',
    ['k', { yaml: 'x', apply_cmd: { args: ['<a>'], env: [] } }],
    'spec.applyCmd: Invalid value: {"args":["\\u003ca\\u003e"],"dir":"","env":null}: must specify exactly ONE of .spec.yaml or .spec.applyCmd',
  ],
  [
    'kubernetes_apply',
    ['k', { yaml: 'x', timeout: 30 }],
    'v1alpha1.kubernetes_apply: for parameter "timeout": Expected string. Got: int',
  ],
  ['kubernetes_discovery', ['k'], 'spec.watches: Required value: One or more watches or extraSelectors are required'],
  [
    'kubernetes_discovery',
    ['k', { watches: [{ namespace: 'a' }, {}, {}] }],
    '[spec.watches[1]: Required value: Namespace must be provided, spec.watches[2]: Required value: Namespace must be provided]',
  ],
  [
    'ui_button',
    ['b'],
    '[spec.text: Required value: Button text cannot be empty, spec.location.componentID: Required value: Parent component ID is required, spec.location.componentType: Required value: Parent component type is required]',
  ],
  ['ui_button', button({ icon_svg: 'x.svg' }), 'spec.iconSVG: Invalid value: "x.svg": Invalid <svg> element'],
  [
    'ui_button',
    button({ inputs: [{ name: 'x', choice: {} }] }),
    'spec: Invalid value: {"name":"x","label":"","choice":{"choices":null}}: must specify choices if input type is choice',
  ],
  [
    'ui_button',
    button({ inputs: [{ name: 'x' }, { name: 'x' }] }),
    '[spec: Invalid value: {"name":"x","label":""}: must specify exactly one input type, spec.inputs[1].id: Duplicate value: {"name":"x","label":""}]',
  ],
  ['ui_button', button({ disabled: 'no' }), 'v1alpha1.ui_button: for parameter "disabled": got string, want bool'],
];

describe('refused objects of the API', () => {
  for (const [name, args, message] of calls) {
    test(`${name}: ${message}`, () => {
      assert.throws(
        () => call(`v1alpha1.${name}`, ...args),
        (error: Error) => {
          if (message.endsWith('…')) assert.equal(error.message.slice(0, message.length - 1), message.slice(0, -1));
          else assert.equal(error.message, message);
          return true;
        },
      );
    });
  }
});
