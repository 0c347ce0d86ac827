import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tiltfileRunner } from '../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

/** What a Tiltfile prints; it must succeed. */
async function prints(main: string, files: Record<string, string> = {}): Promise<string[]> {
  const { outcome, printed } = await runner.run({ 'Tiltfile.js': main, ...files });
  assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.failure.message}\n${outcome.failure.codeFrame}`);
  return printed.split('\n').slice(0, -1);
}

test('a blob is a string in most ways', async () => {
  const lines = await prints(`
    const b = blob(' a,b ');
    print(\`[\${b}]\`, String(b).length, b.length, b.trim().split(',').length, JSON.stringify({ b }), [...b].length);
    print(b.replace('a', 'x'), b.includes('b'), typeof b, b, Object.prototype.toString.call(b));
    for (const wrong of [() => b + 'x', () => 'x' + b, () => b - 1, () => { b.text = 'y'; 'use strict'; }]) {
      try { wrong(); print('no error'); } catch (error) { print(error.message); }
    }
    print(decode_yaml(blob('a: 1')).a, local('printf hi', { quiet: true, echo_off: true }));
  `);
  const plus = 'unknown binary op: blob + string: use String(blob), or a template literal';
  assert.deepEqual(lines.slice(0, 5), [
    '[ a,b ] 5 5 2 {"b":" a,b "} 5',
    ' x,b  True object  a,b  [object Blob]',
    plus,
    plus,
    plus,
  ]);
  assert.match(lines[5] ?? '', /read.?only|not writable|object is not extensible/i);
  assert.equal(lines[6], '1 hi');
});

test('structs, constants and values of builtins can be read and shown', async () => {
  const lines = await prints(`
    const list = [1];
    const s = struct({ b: list, a: 'x', f: () => 7 });
    list.push(2);
    print(s.a, s.b, s.f(), String(struct({ b: [1], a: 'x' })), struct({ n: null }));
    for (const wrong of [() => { s.a = 'y'; }, () => { s.c = 1; }, () => { TRIGGER_MODE_AUTO.name = 'z'; }, () => sys.argv.push(1)]) {
      try { wrong(); print('no error'); } catch (error) { print(error instanceof TypeError); }
    }
    print(TRIGGER_MODE_AUTO, \`\${TRIGGER_MODE_MANUAL}\`, os.name, sys.argv.at(-1), config.main_path, config.tilt_subcommand);
    const p = probe({ period_secs: 7, tcp_socket: tcp_socket_action(80) });
    print(p.period_secs, p.tcp_socket.port, p.exec, String(port_forward(1, 2)), String(link('a.b', 'c')));
  `);
  assert.deepEqual(lines, [
    'x [1, 2] 7 struct(a = "x", b = [1]) struct(n = None)',
    'True',
    'True',
    'True',
    'True',
    'TRIGGER_MODE_AUTO TRIGGER_MODE_MANUAL posix up $DIR/Tiltfile.js up',
    '7 80 None port_forward(local_port=1, container_port=2, name="") link(name = "c", url = "http://a.b")',
  ]);
});

test('os.environ is a live mapping', async () => {
  const lines = await prints(`
    print(os.environ.STAGE, os.environ['STAGE'], 'STAGE' in os.environ, os.environ.NOPE ?? 'none', 'NOPE' in os.environ);
    os.environ.STAGE = 'eu';
    Object.assign(os.environ, { A: '1', B: blob('2') });
    print(os.getenv('STAGE'), local('echo $STAGE$A$B', { quiet: true, echo_off: true }).trim());
    delete os.environ.A;
    print('A' in os.environ, Object.keys(os.environ).filter((key) => key !== 'PATH').sort());
    try { os.environ.C = 5; } catch (error) { print(error.message); }
    print(Object.entries({ ...os.environ }).length > 1, typeof __environ);
  `);
  assert.deepEqual(lines, [
    'dev dev True none False',
    'eu eu12',
    'False ["B", "STAGE"]',
    'putenv() value must be a string, not int',
    'True undefined',
  ]);
});

test('paths belong to the file that runs, in helpers to the one that calls them', async () => {
  const lines = await prints(
    `
    import { atLoad, where, arrow } from './lib/helpers.js';
    import { local_resource as resource, os as system } from 'tilt';
    print(atLoad, where(), arrow(), ['x'].map((name) => os.path.abspath(name))[0], system.getcwd());
    include('./svc/Tiltfile.js');
    include('svc/Tiltfile.js');
    const loaded = load_dynamic('./lib/helpers.js');
    print(Object.keys(loaded).sort(), loaded.where());
    for (const wrong of [() => { loaded.x = 1; }, () => include('./a.js'), () => include('./nope.js'), () => os.listdir('.')]) {
      try { wrong(); print('no error'); } catch (error) { print(error.message); }
    }
    await null;
    print(where());
    resource('web', 'make', { deps: ['x'] });
  `,
    {
      'lib/helpers.js':
        'export const atLoad = os.getcwd(); export function where() { return os.getcwd(); } export const arrow = () => where();',
      'svc/Tiltfile.js':
        "import { where } from '../lib/helpers.js'; print('svc', where()); local_resource('svc', 'x', { deps: 'y' });",
      'a.js': "include('./b.js')",
      'b.js': "include('./a.js')",
    },
  );
  assert.deepEqual(lines, [
    '$DIR/lib $DIR $DIR $DIR/x $DIR',
    'svc $DIR/svc',
    '["arrow", "atLoad", "where"] $DIR',
    'cannot insert into frozen hash table',
    'Circular load: $DIR/a.js',
    'error reading file $DIR/nope.js: open $DIR/nope.js: no such file or directory',
    'module has no .listdir field or method',
    '$DIR',
  ]);
});

test('helpers without a name work with the paths of the file that calls them', async () => {
  const lines = await prints(
    "import helper, { list } from './lib/h.js'; print(helper(), list[0](), ['x'].map(list[0])[0]);",
    { 'lib/h.js': 'export default () => os.getcwd(); export const list = [() => os.getcwd()];' },
  );
  assert.deepEqual(lines, ['$DIR $DIR $DIR']);
});

test('what was declared comes out as a graph, with what reloads it', async () => {
  const { outcome, folder } = await runner.run({
    'Tiltfile.js': `
      local_resource('web', 'make', { deps: ['src'] });
      read_file('a.txt', ''); watch_file('b'); listdir('.'); os.path.exists('c');
      exit('done');
      local_resource('never', 'x');
    `,
  });
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.result.graph.resources.map(({ name }) => name),
    ['web'],
  );
  const relative = outcome.record.filesRead.map((file) => file.replace(folder, ''));
  assert.deepEqual(relative, ['/Tiltfile.js', '/a.txt', '/b']);
});

test('a refused call names builtin, place and reason', async () => {
  const { outcome, folder } = await runner.run({ 'Tiltfile.js': "\nlocal_resource('x', 'y', { dep: 'z' });\n" });
  assert.ok(!outcome.ok);
  const { kind, message, position, builtin } = outcome.failure;
  assert.deepEqual(
    [kind, message, builtin],
    ['refused', 'local_resource: unexpected keyword argument "dep" (did you mean deps?)', 'local_resource'],
  );
  assert.deepEqual(position, { file: `${folder}/Tiltfile.js`, line: 2, column: 1 });
});
