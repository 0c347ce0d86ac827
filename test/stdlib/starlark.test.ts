import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tiltfileRunner } from '../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

/** What a Tiltfile in Starlark prints; it must succeed. */
async function prints(main: string, files: Record<string, string> = {}): Promise<string[]> {
  const { outcome, printed } = await runner.run({ Tiltfile: main, ...files });
  assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.failure.message}\n${outcome.failure.codeFrame}`);
  return printed.split('\n').slice(0, -1);
}

/** The last lines of the traceback of a Tiltfile that fails, with its folder as `$DIR`. */
async function fails(main: string, files: Record<string, string> = {}): Promise<string[]> {
  const { outcome, folder } = await runner.run({ Tiltfile: main, ...files });
  assert.ok(!outcome.ok, 'the Tiltfile succeeded');
  return (outcome.failure.traceback ?? outcome.failure.message).replaceAll(folder, '$DIR').split('\n').slice(1);
}

test('os.environ is like a dict, and always the environment of now', async () => {
  const lines = await prints(`
print(os.environ['STAGE'], os.environ.get('NONE'), os.environ.get('NONE', 'x'), 'STAGE' in os.environ, 'NONE' in os.environ, type(os.environ))
os.environ['A'] = 'b'
os.putenv('C', 'd')
print(os.getenv('A'), local('printf $A$C', quiet=True, echo_off=True), sorted([k for k in os.environ if len(k) == 1]))
print(os.environ.pop('A'), os.environ.pop('A', 'gone'), os.environ.setdefault('E', 'f'), len(os.environ) == len(os.environ.items()))
os.environ.update({'G': 'h'}, I='j')
print(dict(os.environ)['G'], os.environ == dict(os.environ), os.getenv('I'), bool(os.environ), sorted(os.environ.values())[-1] == sorted([v for _, v in os.environ.items()])[-1])
`);
  assert.deepEqual(lines, ['dev None x True False environ', 'b bd ["A", "C"]', 'b gone f True', 'h False j True True']);
  assert.deepEqual(
    await fails('os.environ["A"] = 1\n'),
    ['  $DIR/Tiltfile:1:1: in <toplevel>', 'Error: putenv() value must be a string, not int'].map((line) =>
      line.replace(':1:1:', ':1:11:'),
    ),
  );
  assert.equal((await fails('os.environ["NONE"]\n')).at(-1), 'Error: key "NONE" not in environ');
  assert.equal((await fails('os.environ.pop("NONE")\n')).at(-1), 'Error in pop: pop: missing key');
});

test('structs, modules and the values of builtins', async () => {
  const lines = await prints(`
s = struct(b=[1], a='x')
print(s, s.a, type(s), s == struct(a='x', b=[1]), struct(a=1) + struct(b=2, a=3), dir(s), {struct(a=1): 2}[struct(a=1)], hasattr(s, 'c'))
m = module('m', a=1)
print(m, m.a, type(m), os, os.path, type(os), dir(sys), os.getcwd, str(os.getcwd) == str(os.getcwd))
b = blob('text')
print(b, type(b), str(b) + '!', '%s' % b, [b], bool(blob('')), decode_yaml(blob('a: 1')))
print(TRIGGER_MODE_AUTO, type(TRIGGER_MODE_AUTO), port_forward(1, 2, name='x'), type(port_forward(1)), link('a.b', 'c'), link('a.b').url)
p = probe(period_secs=7, tcp_socket=tcp_socket_action(80))
print(type(p), p.period_secs, p.tcp_socket.port, p.exec, sys.argv[-1], config.tilt_subcommand, __file__ == config.main_path, __name__)
`);
  assert.deepEqual(lines, [
    'struct(a = "x", b = [1]) x struct True struct(a = 3, b = 2) ["a", "b"] 2 False',
    '<module "m"> 1 module [module: os] [module: os.path] module ["argv", "executable"] <built-in function os.getcwd> True',
    'text blob text! text [text] False {"a": 1}',
    'TRIGGER_MODE_AUTO TriggerMode port_forward(local_port=1, container_port=2, name="x") port_forward link(name = "c", url = "http://a.b") http://a.b',
    'Probe 7 80 None up up True __main__',
  ]);
});

test('what values refuse', async () => {
  const cases: Readonly<Record<string, string>> = {
    "blob('a') + 'b'": 'Error: unknown binary op: blob + string',
    "'a' + blob('b')": 'Error: unknown binary op: string + blob',
    "blob('a').strip()": 'Error: blob has no .strip field or method',
    "{blob('a'): 1}": 'Error: unhashable type: blob',
    "struct(name='a').nam": 'Error: struct has no .nam attribute (did you mean .name?)',
    'struct(1)': 'Error in struct: struct: unexpected positional arguments',
    "link('a.b').nope": 'Error: "link" struct has no .nope attribute',
    'os.getcw()': 'Error: module has no .getcw field or method (did you mean .getcwd?)',
    'os.getcwd = 1': "Error: can't assign to .getcwd field of module",
    "sys.argv.append('x')": 'Error in append: append: cannot append to frozen list',
    '{os: 1}': 'Error: unhashable type: module',
    'print(x=1)': 'Error in print: print: unexpected keyword argument "x"',
  };
  for (const [program, last] of Object.entries(cases))
    assert.equal((await fails(`${program}\n`)).at(-1), last, program);
});

test('builtins get positional and keyword arguments as in Tilt', async () => {
  const cases: Readonly<Record<string, string>> = {
    "local_resource('a', 'true', env={'A': 1})":
      'local_resource: for parameter "env": value is not a string: starlark.Int (1)',
    "local_resource('a', 'true', env={1: 'A'})":
      'local_resource: for parameter "env": key is not a string: starlark.Int (1)',
    "local_resource('a', 'true', {'serve_cmd': 'x'})": `local_resource: for parameter deps: value should be a string or List or Tuple of strings, but is of type dict`,
    "local_resource('a', 'true', nope=1)": 'local_resource: unexpected keyword argument "nope"',
    "local_resource('a', name='b')": 'local_resource: got multiple values for keyword argument "name"',
    "local_resource(cmd='true')": 'local_resource: missing argument for name',
    "local_resource('a', 'true', labels=set(['x']))":
      'local_resource: for parameter "labels": value should be a label or List or Tuple of labels, but is of type set',
    'encode_json((1,))':
      'error converting object from starlark: unable to convert from starlark value, unsupported type starlark.Tuple',
    'encode_yaml({1: 2})':
      "error converting object from starlark: only string keys are supported in maps. found key '1' of type int64",
    'encode_yaml_stream((1,))': 'encode_yaml_stream: for parameter objs: got tuple, want list',
    "k8s_yaml({'kind': 'Pod'})": 'error reading yaml file: open $DIR/kind: no such file or directory',
  };
  for (const [program, message] of Object.entries(cases)) {
    const last = (await fails(`${program}\n`)).at(-1) ?? '';
    assert.ok(last.startsWith(`Error in ${program.slice(0, program.indexOf('('))}: ${message}`), `${program}: ${last}`);
  }
  const { outcome } = await runner.run({
    Tiltfile: `
for n in ('a', 'b'):
    local_resource(n, ('echo', n), resource_deps=['a'] if n == 'b' else (), labels=('x',), env={'N': n}, allow_parallel=True)
`,
  });
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.result.graph.resources.map(({ name, resourceDeps, labels }) => [name, resourceDeps, labels]),
    [
      ['a', [], ['x']],
      ['b', ['a'], ['x']],
    ],
  );
});

test('data keeps its types through JSON and YAML', async () => {
  const lines = await prints(
    `
print(decode_json('[1, 1.0, 1.5, 12345678901234567890, true, null, {"b": 1, "a": [2.0]}]'), type(decode_json('3.0')))
print(encode_json({'i': 3, 'f': 3.0, 'h': 0.5}).replace('\\n', '').replace(' ', ''), decode_yaml('a: 1\\nb: 1.5'))
print(read_json('x.json')['n'], read_json('none.json', default=(1,)), read_yaml('none.yaml', {'a': 2.0}))
`,
    { 'x.json': '{"n": 2.0}' },
  );
  assert.deepEqual(lines, [
    '[1, 1.0, 1.5, 12345678901234567890, True, None, {"b": 1, "a": [2.0]}] float',
    '{"f":3,"h":0.5,"i":3} {"a": 1, "b": 1.5}',
    '2.0 (1,) {"a": 2.0}',
  ]);
});

test('include and load_dynamic', async () => {
  const files = {
    'lib/Tiltfile': `print('lib', __name__, os.path.basename(os.getcwd()))\nNAMES = ['a']\n_own = 1\ndef here():\n    return os.path.basename(os.getcwd())\n`,
    'lib/values.js': `export const list = [1]; export const fn = (a) => a + 1;`,
  };
  const lines = await prints(
    `
include('./lib/Tiltfile')
m = load_dynamic('lib/Tiltfile')
print(sorted(m.keys()), m['here']() == os.path.basename(os.getcwd()), load_dynamic('lib/values.js')['fn'](1))
exit()
print('never')
`,
    files,
  );
  assert.deepEqual(lines, ['lib Tiltfile lib', '["NAMES", "_own", "here"] True 2']);
  assert.equal(
    (await fails(`m = load_dynamic('lib/Tiltfile')\nm['x'] = 1\n`, files)).at(-1),
    'Error: cannot insert into frozen hash table',
  );
  assert.equal(
    (await fails(`m = load_dynamic('lib/Tiltfile')\nm['NAMES'].append(1)\n`, files)).at(-1),
    'Error in append: append: cannot append to frozen list',
  );
  assert.deepEqual(await fails(`include('./none')\n`), [
    '  $DIR/Tiltfile:1:8: in <toplevel>',
    'Error in include: error reading file $DIR/none: open $DIR/none: no such file or directory',
  ]);
  assert.deepEqual(
    await fails(`include('./a')\n`, { a: `local_resource('x', 'true')\nlocal_resource('x', 'true')\n` }),
    [
      '  $DIR/Tiltfile:1:8: in <toplevel>',
      '  <builtin>: in include',
      '  $DIR/a:2:15: in <toplevel>',
      'Error in local_resource: local_resource named "x" already exists',
    ],
  );
  assert.equal(
    (await fails(`include(1)\n`)).at(-1),
    'Error in include: include: for parameter path: got int, want string',
  );
});

test('the advice on test() is in words of Starlark', async () => {
  const { outcome } = await runner.run({ Tiltfile: `test('unit', 'true')\n` });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.result.warnings, [
    'test() is deprecated and will be removed in a future release.\n' +
      'Change this call to use `local_resource(..., allow_parallel=True)`',
  ]);
});

test('an object that is declared twice names the calls of the first', async () => {
  const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n`;
  const lines = await fails(`include('./team')\nk8s_yaml('c.yaml')\n`, {
    team: `k8s_yaml('c.yaml')\n`,
    'c.yaml': yaml,
  });
  assert.deepEqual(lines.slice(1), [
    'Error in k8s_yaml: Duplicate YAML: ConfigMap c',
    'Ignore this error with k8s_yaml(..., allow_duplicates=True)',
    'YAML originally registered at: Traceback (most recent call last):',
    '    $DIR/Tiltfile:1:8: in <toplevel>',
    '    <builtin>: in include',
    '    $DIR/team:1:9: in <toplevel>',
    '    <builtin>: in k8s_yaml',
  ]);
});

test('sets of labels are dicts with texts for keys, one or a list of them', async () => {
  const pods = (selectors: string) => fails(`k8s_resource('web', extra_pod_selectors=${selectors})\n`);
  const key = "Error in k8s_resource: pod label keys must be strings; got '8' of type starlark.Int";
  assert.equal((await pods('{8: "a"}')).at(-1), key);
  assert.equal((await pods('[{"a": "b", 8: "a"}]')).at(-1), key);
  assert.equal(
    (await pods('({"a": "b"},)')).at(-1),
    'Error in k8s_resource: pod labels must be a dict or a list; got starlark.Tuple',
  );
});

test('the warning of an image that nothing uses says in the language of the file how to silence it', async () => {
  const files = {
    'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n',
  };
  const silenced = async (main: Record<string, string>) => {
    const { outcome } = await runner.run({ ...files, ...main });
    assert.ok(outcome.ok);
    return outcome.result.warnings.map((warning) => warning.split('say so with ')[1]);
  };
  assert.deepEqual(
    await silenced({ Tiltfile: "k8s_yaml('pod.yaml')\ndocker_build('wbe', '.', dockerfile_contents='FROM x')\n" }),
    ['update_settings(suppress_unused_image_warnings=["wbe"])'],
  );
  assert.deepEqual(
    await silenced({
      'Tiltfile.js': "k8s_yaml('pod.yaml'); docker_build('wbe', '.', { dockerfile_contents: 'FROM x' });",
    }),
    ['update_settings({ suppress_unused_image_warnings: ["wbe"] })'],
  );
});

test('a thousand resources take little time', async () => {
  const { outcome } = await runner.run({
    Tiltfile: `for i in range(1000):\n    local_resource('r%d' % i, 'echo %d' % i)\n`,
  });
  assert.ok(outcome.ok);
  assert.equal(outcome.result.graph.resources.length, 1000);
});
