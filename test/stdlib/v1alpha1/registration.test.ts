import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ScriptValue } from '../../../interpreter/value.ts';
import { emptyDeclarations } from '../../../stdlib/declarations.ts';
import { objectSet } from '../../../stdlib/result/object-set.ts';
import { bind } from '../../../stdlib/schema/bind.ts';
import type { Session } from '../../../stdlib/session.ts';
import { v1alpha1Builtins } from '../../../stdlib/v1alpha1/builtins.ts';
import { fakeCall } from '../../support/fake-call.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

/** A Tiltfile's calls of the functions of `v1alpha1`, one after the other. */
function script(): { call(name: string, ...args: ScriptValue[]): ScriptValue; objects(): unknown } {
  const session: Session = {
    options: { mainFile: '/project/Tiltfile.js', args: [], subcommand: 'up', cwd: '/project', enabledNames: [] },
    declarations: emptyDeclarations(),
    resourceNames: new Set(),
    loading: new Set(),
    checkContext: () => {},
  };
  const functions = new Map(v1alpha1Builtins.map((builtin) => [builtin.name, bind(builtin, session)]));
  return {
    call: (name, ...args) => functions.get(`v1alpha1.${name}`)?.(fakeCall(`v1alpha1.${name}`, args)),
    objects: () => JSON.parse(JSON.stringify(objectSet([...session.declarations.apiObjects.values()]))),
  };
}

/** The one object that a call registers. */
function registered(name: string, ...args: ScriptValue[]): unknown {
  const { call, objects } = script();
  assert.equal(call(name, ...args), undefined);
  const [members] = Object.values(objects() as Record<string, Record<string, unknown>>);
  return Object.values(members ?? {})[0];
}

test('there are all functions that Tilt has', () => {
  const names = v1alpha1Builtins.map(({ name }) => name.replace('v1alpha1.', '')).sort();
  assert.deepEqual(names, [
    ...['cmd', 'config_map', 'config_map_disable_source', 'disable_source', 'exec_action', 'extension'],
    ...['extension_repo', 'file_watch', 'forward', 'handler', 'http_get_action', 'http_header', 'ignore_def'],
    ...['kubernetes_apply', 'kubernetes_apply_cmd', 'kubernetes_discovery', 'kubernetes_discovery_template_spec'],
    ...['kubernetes_image_locator', 'kubernetes_image_object_descriptor', 'kubernetes_watch_ref', 'label_selector'],
    ...['label_selector_requirement', 'object_selector', 'pod_log_stream_template_spec', 'port_forward_template_spec'],
    ...['probe', 'restart_on_spec', 'start_on_spec', 'tcp_socket_action', 'ui_bool_input_spec', 'ui_button'],
    ...['ui_choice_input_spec', 'ui_component_location', 'ui_hidden_input_spec', 'ui_input_spec', 'ui_text_input_spec'],
  ]);
});

test('a command has the folder of its Tiltfile unless it says another', () => {
  assert.deepEqual(registered('cmd', 'x'), { metadata: { name: 'x' }, spec: { dir: '/project' } });
  assert.deepEqual(registered('cmd', { name: 'x', dir: '../y/', args: [], env: null }), {
    metadata: { name: 'x' },
    spec: { dir: '/y' },
  });
});

test('names, labels and annotations', () => {
  assert.deepEqual(registered('config_map', 'x', { data: { b: '2', a: '1' }, labels: { l: 'm' }, annotations: null }), {
    metadata: { name: 'x', labels: { l: 'm' } },
    data: { b: '2', a: '1' },
  });
  assert.deepEqual(registered('config_map', 'x', { data: {} }), { metadata: { name: 'x' } });
});

test('what is empty is left out, unless Tilt writes it', () => {
  assert.deepEqual(registered('kubernetes_apply', 'x', { yaml: 'kind: X', image_maps: [], server_side_apply: false }), {
    metadata: { name: 'x' },
    spec: { yaml: 'kind: X', timeout: '0s', cluster: '' },
  });
  const inputs = [{ name: 'a', bool: { default_value: false, true_string: '' } }];
  const location = { component_type: 'Global', component_id: 'nav' };
  assert.deepEqual(registered('ui_button', 'x', { text: 'Go', location, inputs, disabled: false, icon_name: '' }), {
    metadata: { name: 'x' },
    spec: {
      location: { componentID: 'nav', componentType: 'Global' },
      text: 'Go',
      inputs: [{ name: 'a', label: '', bool: { trueString: '' } }],
    },
  });
  assert.deepEqual(registered('kubernetes_discovery', 'x', { extra_selectors: [{}] }), {
    metadata: { name: 'x' },
    spec: { watches: null, extraSelectors: [{}], cluster: '' },
  });
});

test('an object inside of another can be plain or made by its function', () => {
  const { call, objects } = script();
  const headers = [call('http_header', { value: 'v', name: 'n' })];
  const probe = { http_get: call('http_get_action', { port: 80, http_headers: headers }), period_seconds: 2 };
  call('cmd', 'a', { readiness_probe: probe });
  call('cmd', 'b', {
    readiness_probe: { ...probe, http_get: { port: 80, http_headers: [{ name: 'n', value: 'v' }] } },
  });
  call('cmd', 'c', { readiness_probe: call('probe', { failure_threshold: 9 }) });
  const commands = (objects() as Record<string, Record<string, { spec: { readinessProbe: unknown } }>>)[
    'tilt.dev/v1alpha1, Resource=cmds'
  ];
  const made = { httpGet: { port: 80, httpHeaders: [{ name: 'n', value: 'v' }] }, periodSeconds: 2 };
  assert.deepEqual(commands?.a?.spec.readinessProbe, made);
  assert.deepEqual(commands?.b?.spec.readinessProbe, made);
  assert.deepEqual(commands?.c?.spec.readinessProbe, { failureThreshold: 9 });
});

test('the same object may be registered again, and another kind may have its name', () => {
  const { call, objects } = script();
  for (let i = 0; i < 2; i++) call('cmd', 'x', { args: ['a'], readiness_probe: {} });
  call('config_map', 'x', { data: { a: 'b' } });
  assert.equal(Object.keys(objects() as object).length, 2);
  assert.throws(
    () => call('cmd', 'x', { args: ['a'] }),
    /^Refusal: cmds "x" already registered \(with other values, at \/project\/Tiltfile\.js:1:1\)$/,
  );
});

test('in a script: values cannot change, print as dicts, and keep the paths of the file that made them', async () => {
  const { outcome, printed, folder } = await runner.run({
    'Tiltfile.js': `
      import { ignored } from './lib/ignored.js';
      v1alpha1.file_watch('w', { watched_paths: 'src', ignores: [ignored, v1alpha1.ignore_def('x')] });
      const forward = v1alpha1.forward({ container_port: 2, local_port: 1 });
      print(forward, Object.keys(forward), { ...forward, host: 'h' });
      try { forward.local_port = 3; } catch (error) { print(error.name); }
    `,
    'lib/ignored.js': `export const ignored = v1alpha1.ignore_def({ base_path: 'gen', patterns: ['*.o'] });`,
  });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.equal(
    printed,
    '{"local_port": 1, "container_port": 2} ["local_port", "container_port"] {"local_port": 1, "container_port": 2, "host": "h"}\nTypeError\n',
  );
  assert.deepEqual(outcome.result.graph.apiObjects[0]?.body, {
    spec: {
      watchedPaths: [`${folder}/src`],
      ignores: [{ basePath: `${folder}/lib/gen`, patterns: ['*.o'] }, { basePath: `${folder}/x` }],
    },
  });
});

test('the examples of the reference work', async () => {
  // The repository of the examples lies here, because what is registered runs.
  const here = '`file://${import.meta.dirname}/team`';
  const examples = v1alpha1Builtins.flatMap(({ example }) => example ?? []);
  const text = examples.join('\n;\n').replace("'https://github.com/acme/tilt', ref: 'v2'", here);
  assert.ok(text.includes(here));
  const { outcome } = await runner.run({ 'Tiltfile.js': text, 'team/tools/checks/Tiltfile': '' });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.ok(outcome.result.graph.apiObjects.length > 7);
});
