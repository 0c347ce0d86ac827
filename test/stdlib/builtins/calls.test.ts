import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ScriptValue, Tagged } from '../../../interpreter/value.ts';
import { Exited, type FakeWorld, fakeWorld } from '../../support/fake-call.ts';
import { callBuiltin, library } from '../../support/tilt-builtins.ts';

function text(value: ScriptValue): string {
  assert.ok(value instanceof Tagged && value.tag === 'Blob');
  return String(value.fields.text);
}

function printed(world: FakeWorld): string {
  return world.printed.map(({ text: line }) => line).join('');
}

test('files are read, and what was read is recorded', () => {
  const world = fakeWorld({
    '/project/a.txt': 'hello',
    '/project/v.yaml': 'a: {b: [1]}',
    '/project/v.json': '{"a": 1}',
  });
  const run = library({ world });
  assert.equal(text(run('read_file', 'a.txt')), 'hello');
  assert.equal(text(run('read_file', 'b.txt', 'fallback')), 'fallback');
  assert.equal(text(run('read_file', { paths: 'b.txt', default: '' })), '');
  assert.deepEqual(run('read_yaml', 'v.yaml'), { a: { b: [1] } });
  assert.deepEqual(run('read_yaml', 'w.yaml', { default: { x: 1 } }), { x: 1 });
  assert.equal(run('read_yaml', 'w.yaml', { default: null }), null);
  assert.deepEqual(run('read_yaml_stream', 'w.yaml', { default: [] }), []);
  assert.deepEqual(run('read_json', 'v.json'), { a: 1 });
  assert.equal(run('read_json', 'w.json', { default: null }), null);
  run('watch_file', '../other/./x');
  assert.deepEqual(world.recorded.slice(0, 2), ['/project/a.txt', '/project/b.txt']);
  assert.equal(world.recorded.at(-1), '/other/x');
});

test('folders are listed', () => {
  const world = fakeWorld({ '/project/c/a/x.yaml': '', '/project/c/a.yaml': '', '/project/c/B.yaml': '' });
  const run = library({ world });
  assert.deepEqual(run('listdir', 'c'), ['/project/c/B.yaml', '/project/c/a.yaml']);
  assert.deepEqual(run('listdir', 'c', { recursive: true }), [
    '/project/c/B.yaml',
    '/project/c/a/x.yaml',
    '/project/c/a.yaml',
  ]);
  assert.deepEqual(run('listdir', 'no/such', true), []);
});

test('local runs a command and answers its output', () => {
  const world = fakeWorld({ '/project/Tiltfile.js': '', '/project/sub/x': '' });
  world.answer = () => ({
    ok: true,
    value: { exitCode: 0, signal: null, stdout: Buffer.from('out\n'), stderr: Buffer.from('err') },
  });
  const run = library({ world });
  assert.equal(text(run('local', ' echo $A ', { env: { A: 'b=c' }, dir: 'sub', stdin: 'in' })), 'out\n');
  const [command] = world.commands;
  assert.deepEqual(command?.argv, ['sh', '-c', 'echo $A']);
  assert.equal(command?.dir, '/project/sub');
  assert.equal(command?.stdin, 'in');
  assert.deepEqual(command?.env, { A: 'b=c' });
  assert.deepEqual(command?.envDefaults, { TILT_HOST: 'localhost', TILT_PORT: '10350' });
  assert.equal(printed(world), 'local: echo $A\n');
  run('local', ['printf', 'a b'], true, '', true);
  assert.equal(printed(world), 'local: echo $A\n');
  assert.deepEqual(world.commands[1]?.argv, ['printf', 'a b']);
});

test('local tells how a command failed', () => {
  const world = fakeWorld({ '/project/Tiltfile.js': '' });
  const run = library({ world });
  const answer = (exitCode: number | null): void => {
    world.answer = () => ({
      ok: true,
      value: { exitCode, signal: null, stdout: Buffer.from('o'), stderr: Buffer.from('e') },
    });
  };
  answer(3);
  assert.throws(() => run('local', 'x'), { message: 'command "x" failed.\nerror: exit status 3' });
  answer(null);
  assert.throws(() => run('local', ['a b', 'c'], { quiet: true }), {
    message: 'command "\\"a b\\" c" failed.\nerror: exit status -1\nstdout:\no\nstderr:\ne\n',
  });
  world.answer = ({ dir }) => ({ ok: false, error: { code: 'ENOENT', message: `no ${dir}`, subject: dir } });
  assert.throws(() => run('local', ['/bin/sh'], { dir: 'no/such' }), {
    message: 'command "/bin/sh" failed.\nerror: fork/exec /bin/sh: no such file or directory',
  });
  world.answer = ({ argv: [subject = ''] }) => ({
    ok: false,
    error: { code: 'ENOENT', message: `spawn ${subject} ENOENT`, subject },
  });
  assert.throws(() => run('local', ['nope', '-v']), {
    message: 'command "nope -v" failed.\nerror: exec: "nope": executable file not found in $PATH',
  });
  world.answer = () => ({ ok: false, error: { code: 'refused', message: 'needs --allow-run', subject: 'x' } });
  assert.throws(() => run('local', 'x'), { message: 'needs --allow-run' });
});

test('values are printed as Tilt prints them', () => {
  const world = fakeWorld();
  const run = library({ world });
  run('print', 'a', 1, [1.5, 'b'], { c: null }, true);
  run('print', 'a', 'b', { sep: '-' });
  run('print', { a: 1 });
  run('print');
  run('warn', 'careful');
  assert.throws(() => run('exit', 'bye'), Exited);
  assert.throws(() => run('exit'), Exited);
  assert.equal(printed(world), 'a 1 [1.5, "b"] {"c": None} True\na-b\n{"a": 1}\n\ncareful\n"bye"\n');
  assert.equal(world.printed[4]?.level, 'warn');
});

test('the environment is read and changed', () => {
  const world = fakeWorld();
  world.environment.set('A', 'x');
  const run = library({ world });
  assert.deepEqual([run('os.getenv', 'A'), run('os.getenv', 'B'), run('os.getenv', 'B', 7)], ['x', null, 7]);
  run('os.putenv', 'B', new Tagged('Blob', { text: 'y' }));
  run('os.unsetenv', 'A');
  assert.deepEqual([...world.environment], [['B', 'y']]);
});

test('paths and words are handled', () => {
  const run = library({ world: fakeWorld({ '/project/a/b': '' }) });
  assert.equal(run('os.getcwd'), '/project');
  assert.equal(run('os.path.abspath', './a/../b/'), '/project/b');
  assert.equal(run('os.path.abspath', '/x/../y/'), '/x/../y/');
  assert.deepEqual([run('os.path.exists', 'a/b'), run('os.path.exists', 'c')], [true, false]);
  assert.equal(run('os.path.relpath', { targpath: '/a/./b/', basepath: '/a/' }), 'b');
  assert.equal(run('os.path.join'), '');
  const words = ['plain', '', "it's", 'a b', '$X', '@%+=:,./-_', 'ü'];
  assert.deepEqual(
    words.map((word) => run('shlex.quote', word)),
    ['plain', "''", `'it'"'"'s'`, "'a b'", "'$X'", '@%+=:,./-_', "'ü'"],
  );
});

test('values with named parts are made', () => {
  const run = library();
  const fields = (value: ScriptValue) => (value instanceof Tagged ? value.fields : undefined);
  assert.deepEqual(fields(run('link', 'www.acme.test/x', 'site')), {
    url: 'http://www.acme.test/x',
    name: 'site',
  });
  assert.deepEqual(fields(run('port_forward', 8080, 80, { name: 'n' })), {
    local_port: 8080,
    container_port: 80,
    name: 'n',
    link_path: '',
    host: '',
  });
  const action = run('http_get_action', 9090, { path: '/r' });
  assert.deepEqual(fields(run('probe', { period_secs: 7, http_get: action })), {
    initial_delay_secs: 0,
    timeout_secs: 0,
    period_secs: 7,
    success_threshold: 0,
    failure_threshold: 0,
    exec: null,
    http_get: action,
    tcp_socket: null,
  });
});

test('a file is loaded once at a time, by its absolute path', () => {
  const loaded: string[] = [];
  const world = fakeWorld({ '/project/lib/a.js': '' });
  const loadModule = (specifier: string) => {
    loaded.push(specifier);
    return { x: 1 };
  };
  assert.deepEqual(callBuiltin('load_dynamic', ['./lib/a.js'], { world, loadModule }), { x: 1 });
  assert.equal(callBuiltin('include', ['lib/a.js'], { world, loadModule }), undefined);
  assert.deepEqual(loaded, ['/project/lib/a.js', '/project/lib/a.js']);
});

test('a Blob says where it comes from', () => {
  const world = fakeWorld({ '/project/Tiltfile.js': '', '/project/a.yaml': 'a: [' });
  const run = library({ world });
  const sources: readonly (readonly [ScriptValue, string])[] = [
    [run('blob', 'a'), 'Tiltfile blob() call'],
    [run('read_file', 'a.yaml'), 'file: /project/a.yaml'],
    [run('read_file', 'b.yaml', 'x'), 'file: /project/b.yaml'],
    [run('local', ['echo', 'a b']), 'local: echo "a b"'],
    [run('encode_yaml', 1), 'encode_yaml'],
    [run('encode_yaml_stream', []), 'encode_yaml_stream'],
  ];
  for (const [value, source] of sources) {
    assert.ok(value instanceof Tagged);
    assert.equal(value.fields.source, source);
  }
  assert.throws(
    () => run('k8s_yaml', run('read_file', 'a.yaml')),
    /^Refusal: Error reading yaml from file: \/project\/a\.yaml: /,
  );
  const [part] = run('filter_yaml', run('blob', '')) as ScriptValue[];
  assert.ok(part instanceof Tagged);
  assert.equal(part.fields.source, 'Tiltfile blob() call');
  const [other] = run('filter_yaml', []) as ScriptValue[];
  assert.ok(other instanceof Tagged);
  assert.equal(other.fields.source, 'filter_yaml');
});
