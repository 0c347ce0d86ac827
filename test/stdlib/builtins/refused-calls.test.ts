import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Foreign, ScriptFunction, type ScriptValue, Tagged } from '../../../interpreter/value.ts';
import { fakeWorld } from '../../support/fake-call.ts';
import { callBuiltin, library } from '../../support/tilt-builtins.ts';

const blob = new Tagged('Blob', { text: 'text' });
const exec = new Tagged('ExecAction', { command: ['true'] });
const command = 'a command must be a string or list of strings. found';

// What is wrong, and what is said about it.
const calls: [string, ScriptValue[], string][] = [
  [
    'local_resource',
    ['x', 'true', { timeout: '0' }],
    'local_resource: for parameter "timeout": a limit must be longer than 0; got "0"',
  ],
  [
    'local_resource',
    ['x', 'true', { timeout: 5 }],
    'local_resource: for parameter "timeout": Expected string. Got: int',
  ],
  [
    'local_resource',
    ['x', 'true', { retries: -1 }],
    'local_resource: for parameter "retries": must be from 0 to 100; got -1',
  ],
  ['local_resource', ['x', 'true', { retries: '1' }], 'local_resource: for parameter "retries": got string, want int'],
  [
    'local_resource',
    ['x', { serve_cmd: 'x', timeout: '1s' }],
    "local_resource: 'timeout' is for 'cmd', and there is none. Did you mean to use 'readiness_timeout' instead?",
  ],
  [
    'local_resource',
    ['x', 'true', { readiness_timeout: '1s' }],
    "local_resource: 'readiness_timeout' is for 'serve_cmd', and there is none. Did you mean to use 'timeout' instead?",
  ],
  [
    'local_resource',
    ['x', { serve_cmd: 'x', retries: 1 }],
    "local_resource: 'retries' is for 'cmd', and there is none",
  ],
  [
    'local_resource',
    ['x', 'true', { cache: { input: ['a'] } }],
    'local_resource: for parameter "cache": unexpected member "input" (did you mean inputs?)',
  ],
  [
    'local_resource',
    ['x', 'true', { cache: { outputs: ['a'] } }],
    'local_resource: for parameter "cache": inputs must name at least one path: nothing else tells when the result is of no use any more',
  ],
  [
    'local_resource',
    ['x', 'true', { cache: { inputs: 'src/a', outputs: 'src' } }],
    'local_resource: cache: the output "/project/src" would be replaced as a whole, and "/project/src/a" lies in it',
  ],
  [
    'local_resource',
    ['x', 'true', { cache: { inputs: 'src', outputs: '..' } }],
    'local_resource: cache: the output "/" would be replaced as a whole, and "/project" lies in it',
  ],
  ['ci_settings', [{ settle: '-1s' }], 'ci_settings: for parameter "settle": it cannot be less than 0; got "-1s"'],
  ['local_resource', ['x', 'true', { auto_init: 0 }], 'local_resource: for parameter "auto_init": got int, want bool'],
  [
    'local_resource',
    ['x', 'true', { auto_init: null }],
    'local_resource: for parameter "auto_init": got NoneType, want bool',
  ],
  ['local_resource', ['x', 42], `${command} starlark.Int`],
  ['local_resource', ['x', null], `${command} starlark.NoneType`],
  ['local_resource', ['x', blob], `${command} io.Blob`],
  [
    'local_resource',
    ['x', ['a', 1]],
    "a command must be a string or a list of strings: '1' is a starlark.Int, not a string",
  ],
  [
    'local_resource',
    ['x', { cmd: '', serve_cmd: [] }],
    'local_resource must have a cmd and/or a serve_cmd, but both were empty',
  ],
  ['local_resource', ['x', { dir: 'a' }], "local_resource: 'dir' specified but 'cmd' is empty"],
  [
    'local_resource',
    ['x', { dir: 'a', serve_cmd: 'b' }],
    "local_resource: 'dir' only affects 'cmd', not 'serve_cmd'. Did you mean to use 'serve_dir' instead?",
  ],
  ['local_resource', ['x', 'b', { serve_dir: 'a' }], "local_resource: 'serve_dir' specified but 'serve_cmd' is empty"],
  [
    'local_resource',
    ['x', 'b', { dir: 1 }],
    'a command directory must be empty or a string: expected path | string. Actual type: starlark.Int',
  ],
  ['local_resource', ['x', 'b', { env: { '': 'y' } }], 'environment has empty key for value "y"'],
  [
    'local_resource',
    ['x', 'b', { serve_env: ['A=b'] }],
    'local_resource: for parameter "serve_env": expected dict, got *starlark.List',
  ],
  [
    'local_resource',
    ['x', 'b', { deps: 7 }],
    'local_resource: for parameter "deps": value should be a string or List or Tuple of strings, but is of type int',
  ],
  [
    'local_resource',
    ['x', 'b', { deps: ['a', []] }],
    'local_resource: for parameter "deps": unpacking list item at index 1: expected path | string. Actual type: *starlark.List',
  ],
  [
    'local_resource',
    ['x', 'b', { ignore: ['a', 1] }],
    'ignore must be a string or a sequence of strings; found a starlark.Int',
  ],
  ['local_resource', ['x', 'b', { ignore: 'a\nb' }], 'ignore cannot contain newlines; found ignore: "a\\nb"'],
  [
    'local_resource',
    ['x', 'b', { resource_deps: 'a' }],
    'local_resource: for parameter "resource_deps": got string, want starlark.Sequence',
  ],
  [
    'local_resource',
    ['x', 'b', { resource_deps: [1] }],
    "local_resource: resource_deps: '1' is a starlark.Int, not a string",
  ],
  [
    'local_resource',
    ['x', 'b', { trigger_mode: 'manual' }],
    'local_resource: for parameter "trigger_mode": got string, want TriggerMode',
  ],
  [
    'local_resource',
    ['x', 'b', { readiness_probe: exec }],
    'local_resource: for parameter "readiness_probe": got probe.ExecAction, want Probe',
  ],
  [
    'local_resource',
    ['x', 'b', { links: [8080] }],
    'local_resource: for parameter "links": `Want a string, a link, or a sequence of these; found 8080 (type: starlark.Int)',
  ],
  ['local_resource', ['x', 'b', { links: '' }], 'local_resource: for parameter "links": validating URL "": url empty'],
  [
    'local_resource',
    ['x', 'b', { labels: 'two words' }],
    `local_resource: for parameter "labels": Invalid label "two words": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  ],
  [
    'local_resource',
    ['x', 'b', { labels: ['y'.repeat(64)] }],
    `local_resource: for parameter "labels": Invalid label "${'y'.repeat(64)}": name part must be no more than 63 bytes`,
  ],
  [
    'local_resource',
    ['x', 'b', { labels: { a: 'b' } }],
    'local_resource: for parameter "labels": value should be a label or List or Tuple of labels, but is of type dict',
  ],
  ['local_resource', ['..', 'b'], 'local_resource: for parameter name: invalid value "..": may not be \'..\''],
  ['local_resource', ['a/b', 'b'], 'local_resource: for parameter name: invalid value "a/b": may not contain \'/\''],
  [
    'local_resource',
    [7, 'b'],
    'local_resource: for parameter name: Value should be convertible to string, but is type int',
  ],
  [
    'probe',
    [{ exec, tcp_socket: new Tagged('TCPSocketAction', { port: 1, host: '' }) }],
    'exactly one of exec, http_get, or tcp_socket must be specified',
  ],
  ['probe', [], 'exactly one of exec, http_get, or tcp_socket must be specified'],
  ['probe', [{ exec, period_secs: '5s' }], 'probe: for parameter "period_secs": got string, want int'],
  [
    'probe',
    [{ exec, period_secs: 3_000_000_000 }],
    'probe: for parameter "period_secs": value out of range for int32: 3000000000',
  ],
  ['exec_action', ['true'], 'exec_action: for parameter command: \'"true"\' is a starlark.String, not a sequence'],
  ['http_get_action', ['80'], 'http_get_action: for parameter port: got string, want int'],
  ['tcp_socket_action', [], 'tcp_socket_action: missing argument for port'],
  ['link', [], 'link: missing argument for url'],
  [
    'link',
    ['http://h:http/'],
    'validating URL "http://h:http/": parse "http://h:http/": invalid port ":http" after host',
  ],
  ['port_forward', ['8080'], 'port_forward: for parameter local_port: got string, want int'],
  ['trigger_mode', [1], 'trigger_mode: for parameter trigger_mode: got int, want TriggerMode'],
  ['update_settings', [{ max_parallel_updates: 0 }], 'max number of parallel updates must be >= 1(got: 0)'],
  [
    'update_settings',
    [{ max_parallel_updates: '1' }],
    'update_settings: for parameter "max_parallel_updates": got starlark.String, want int',
  ],
  ['update_settings', [{ k8s_upsert_timeout_secs: -5 }], 'minimum k8s upsert timeout is 1s; got -5s'],
  [
    'update_settings',
    [{ k8s_server_side_apply: 'maybe' }],
    'update_settings: k8s_server_side_apply must be "true", "false", or "auto"; got "maybe"',
  ],
  ['ci_settings', [{ timeout: '30' }], 'ci_settings: for parameter "timeout": time: missing unit in duration "30"'],
  ['ci_settings', [{ timeout: 'soon' }], 'ci_settings: for parameter "timeout": time: invalid duration "soon"'],
  [
    'ci_settings',
    [{ timeout: '5 min' }],
    'ci_settings: for parameter "timeout": time: unknown unit " min" in duration "5 min"',
  ],
  ['ci_settings', [{ timeout: 5 }], 'ci_settings: for parameter "timeout": Expected string. Got: int'],
  ['local', [5], `${command} starlark.Int`],
  ['local', [''], 'command "" failed.\nerror: empty cmd'],
  ['local', [[]], 'command "" failed.\nerror: empty cmd'],
  ['local', ['pwd', { cwd: 'x' }], 'local: unexpected keyword argument "cwd"'],
  [
    'local',
    ['cat', { stdin: [] }],
    'local: for parameter "stdin": Value should be convertible to string, but is type list',
  ],
  ['read_file', ['missing.txt'], 'open /project/missing.txt: no such file or directory'],
  ['read_file', ['data'], 'read /project/data: is a directory'],
  [
    'read_file',
    ['missing.txt', { default: 5 }],
    'read_file: for parameter "default": expected starlark.String or None, got starlark.Int',
  ],
  ['blob', [12], 'blob: for parameter input: got int, want string'],
  [
    'read_yaml',
    ['bad.yaml'],
    'error parsing YAML from bad.yaml: error converting YAML to JSON: yaml: line 2: did not find expected key',
  ],
  [
    'read_yaml',
    ['two.yaml'],
    'expected a yaml document but found a yaml stream (documents separated by `---`). use decode_yaml_stream instead to decode a yaml stream',
  ],
  ['read_yaml', ['missing.yaml'], 'open /project/missing.yaml: no such file or directory'],
  [
    'read_yaml_stream',
    ['missing.yaml', { default: {} }],
    'read_yaml_stream: for parameter "default": got dict, want list',
  ],
  [
    'read_json',
    ['two.yaml'],
    "error parsing JSON from /project/two.yaml: invalid character 'a' looking for beginning of value",
  ],
  [
    'decode_json',
    [{ a: 1 }],
    'decode_json: for parameter json: Value should be convertible to string, but is type dict',
  ],
  ['encode_yaml_stream', [{ a: 1 }], 'encode_yaml_stream: for parameter objs: got dict, want list'],
  [
    'encode_yaml',
    [[new ScriptFunction(1, 'f')]],
    'error converting object from starlark: unable to convert from starlark value, unsupported type *starlark.Function',
  ],
  [
    'encode_json',
    [[new Foreign('Map')]],
    'error converting object from starlark: unable to convert from starlark value, unsupported type Map',
  ],
  ['encode_json', [{ a: Number.NaN }], 'error serializing object to json: json: unsupported value: NaN'],
  [
    'include',
    ['missing.js'],
    'error reading file /project/missing.js: open /project/missing.js: no such file or directory',
  ],
  ['include', ['Tiltfile.js'], 'Circular load: /project/Tiltfile.js'],
  ['warn', [[]], 'warn: for parameter msg: got list, want string'],
  ['fail', ['because'], 'because'],
  ['os.getenv', [1], 'os.getenv: for parameter key: Value should be convertible to string, but is type int'],
  ['os.path.join', ['a', 1], 'os.path.join() only accepts strings. Argument #1: 1'],
  ['os.path.basename', [['a']], 'os.path.basename: for parameter path: got list, want string'],
  ['os.path.relpath', ['a/b'], "Rel: can't make a/b relative to /project"],
  ['os.path.realpath', ['no/such'], 'lstat /project/no: no such file or directory'],
  ['shlex.quote', [['a']], 'shlex.quote: for parameter name: got list, want string'],
];

describe('a wrong call says what is wrong', () => {
  for (const [name, args, message] of calls) {
    test(`${name}: ${message.slice(0, 80)}`, () => {
      const world = fakeWorld({
        '/project/Tiltfile.js': '',
        '/project/data/x.txt': '',
        '/project/bad.yaml': 'a:\n  b: 1\n c: 2\n',
        '/project/two.yaml': 'a: 1\n---\nb: 2\n',
      });
      assert.throws(() => callBuiltin(name, args, { world }), { name: 'Refusal', message });
    });
  }
});

test('a blob is told how to be encoded', () => {
  assert.throws(() => callBuiltin('encode_json', [{ text: blob }]), /unsupported type io\.Blob; use String\(blob\)/);
});

test('a name is taken once, and the default trigger mode is set once', () => {
  const run = library();
  run('local_resource', 'x', 'true');
  assert.throws(() => run('local_resource', 'x', { serve_cmd: 'y' }), {
    message: 'local_resource named "x" already exists',
  });
  const manual = new Tagged('TriggerMode', { name: 'TRIGGER_MODE_MANUAL' });
  run('trigger_mode', manual);
  assert.throws(() => run('trigger_mode', manual), {
    message: 'trigger_mode can only be called once. It was already called at /project/Tiltfile.js:1:1',
  });
});
