import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

// Commands of kubectl and of Tilt about the objects of a session.

const TILTFILE = `
local_resource('zoo', 'true', { labels: ['animals'] });
local_resource('ant', 'true', { labels: ['animals', 'small'], resource_deps: ['zoo'] });
`;

async function session(t: TestContext) {
  const cwd = makeProject(t, { 'Tiltfile.js': TILTFILE, 'src/a.txt': 'a' });
  const env = { TILT_DEV_DIR: path.join(cwd, 'dev') };
  const program = startProgram(t, ['up', '--port', '0', '--stream'], { cwd, env });
  const [, port = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  const ask = (...args: readonly string[]) => runProgram(t, args, { cwd, env: { ...env, TILT_PORT: port } });
  return { cwd, env, port, program, ask };
}

test('kinds and their fields are explained from what the session says of itself', async (t) => {
  const { ask } = await session(t);
  const kind = await ask('explain', 'filewatches');
  assert.match(kind.stdout, /^GROUP: {6}tilt\.dev\nKIND: {7}FileWatch\nVERSION: {4}v1alpha1\n\nDESCRIPTION:\n/);
  const field = await ask('explain', 'cmd.spec.restartOn');
  assert.match(field.stdout, /\nFIELD: restartOn <Object>\n\nDESCRIPTION:\n {4}What starts it again\.\n/);
  assert.match(field.stdout, /\n {2}fileWatches\t<\[\]string>\n {4}\w/);
  assert.match(
    (await ask('explain', 'fw', '--recursive')).stdout,
    /\n {4}ignores\t<\[\]Object>\n {6}basePath\t<string>\n/,
  );
  const wrong = await ask('explain', 'cmd.spec.argss');
  assert.deepEqual(
    [wrong.code, /^Error: field "argss" does not exist: Cmd\.spec has args, /.test(wrong.stderr)],
    [1, true],
  );
  assert.match((await ask('explain', 'cmd', '--api-version', 'v1')).stderr, /only the API version tilt\.dev\/v1alpha1/);
});

test('get with the flags of kubectl for tables', async (t) => {
  const { program, ask } = await session(t);
  await program.waitFor(/ant │ Running cmd/);
  const names = async (...flags: readonly string[]) =>
    (await ask('get', 'uiresources', '--no-headers', ...flags)).stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/, 1)[0]);
  assert.deepEqual(await names('-A'), ['(Tiltfile)', 'ant', 'zoo']);
  assert.deepEqual(await names('--sort-by', '.status.order', '-l', 'animals'), ['zoo', 'ant']);
  assert.match((await ask('get', 'uiresources', '--show-labels')).stdout, /\nant .*Z {3}animals=animals,small=small\n/);
  assert.match((await ask('get', 'uiresources', '-L', 'small')).stdout, /^NAME .*SMALL\n.*\nant .* small\nzoo /);
});

test('what a write would come to, a field that nobody knows, and whose the fields are', async (t) => {
  const { cwd, ask } = await session(t);
  const write = (name: string, data: object, more: object = {}) => {
    const object = { apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name: 'flags' }, data, ...more };
    writeFileSync(path.join(cwd, name), JSON.stringify(object));
    return path.join(cwd, name);
  };
  const one = write('one.json', { a: '1', b: '1' });
  const dry = await ask('apply', '-f', one, '--dry-run=server');
  assert.equal(dry.stdout, 'configmap.tilt.dev/flags created (server dry run)\n', dry.stderr);
  assert.equal((await ask('get', 'cm', 'flags')).code, 1);
  const typo = write('typo.json', {}, { dta: {} });
  assert.match((await ask('apply', '-f', typo)).stderr, /strict decoding error: unknown field "dta"/);
  assert.equal(
    (await ask('apply', '--server-side', '-f', one)).stdout,
    'configmap.tilt.dev/flags serverside-applied\n',
  );
  assert.equal((await ask('apply', '--server-side', '-f', write('less.json', { a: '1' }))).code, 0);
  await ask('patch', 'cm', 'flags', '-p', '{"data":{"a":"2"}}', '--field-manager', 'me');
  const refused = await ask('apply', '--server-side', '-f', one);
  assert.match(refused.stderr, /Apply failed with 1 conflict: conflict with "me" using tilt\.dev\/v1alpha1: \.data\.a/);
  assert.equal((await ask('apply', '--server-side', '--force-conflicts', '-f', one)).code, 0);
  const plain = await ask('get', 'cm', 'flags', '-o', 'json');
  assert.deepEqual(JSON.parse(plain.stdout).data, { a: '1', b: '1' });
  assert.doesNotMatch(plain.stdout, /managedFields/);
  const owners = await ask(
    'get',
    'cm',
    'flags',
    '-o',
    'jsonpath={.metadata.managedFields[*].manager}',
    '--show-managed-fields',
  );
  assert.equal(owners.stdout, 'tilt-ts');
  assert.equal(
    (await ask('delete', 'cm', 'flags', '--dry-run=client', '--wait=false')).stdout,
    'configmap.tilt.dev "flags" deleted (dry run)\n',
  );
  assert.equal((await ask('get', 'cm', 'flags')).code, 0);
  assert.equal(
    (await ask('api-resources', '--no-headers', '--verbs', 'create', '-o', 'name')).stdout.includes('sessions'),
    false,
  );
});

test('commands and file watches are made by words', async (t) => {
  const { cwd, program, ask } = await session(t);
  const watch = await ask('create', 'fw', 'sources', 'src', '--ignore', '*.tmp,out');
  assert.equal(watch.stdout, 'filewatch.tilt.dev/sources created\n', watch.stderr);
  const spec = JSON.parse((await ask('get', 'fw/sources', '-o', 'jsonpath={.spec}')).stdout);
  assert.deepEqual(spec, {
    ignores: [{ basePath: cwd, patterns: ['*.tmp', 'out'] }],
    watchedPaths: [path.join(cwd, 'src')],
  });
  const words = ['sh', '-c', 'echo "$GREETING $0 $*"', 'dear', '--', '-v', '--port'];
  const made = await ask('create', 'cmd', '--filewatch', 'sources', '-e', 'GREETING=hello', 'greet', ...words);
  assert.equal(made.stdout, 'cmd.tilt.dev/greet created\n', made.stderr);
  await program.waitFor(/hello dear -- -v --port\n/);
  await pollUntil(async () => {
    writeFileSync(path.join(cwd, 'src/a.txt'), String(Date.now()));
    return /hello dear[\s\S]*hello dear/.test(program.output());
  });
  assert.match(
    (await ask('create', 'cmd', '-e', 'GREETING', 'x', 'true')).stderr,
    /^Error: Cannot read the variable "GREETING"/,
  );
  const again = await ask('create', 'cmd', 'greet', 'true');
  assert.match(again.stderr, /^Error from server \(AlreadyExists\): cmds\.tilt\.dev "greet" already exists/);
  const printed = await ask('create', 'cmd', '-o', 'yaml', 'other', 'true');
  assert.match(printed.stdout, /\nkind: Cmd\nmetadata:\n/);
});

test('when nothing listens, the sessions that run are named; a log that is gone is told so', async (t) => {
  const { cwd, env, port, program } = await session(t);
  const wrong = (...args: readonly string[]) => runProgram(t, [...args, '--port', '1'], { cwd, env });
  const hint = `One runs on port ${port}: say --port ${port}.\n`;
  await pollUntil(async () => (await wrong('get', 'cmds')).stderr.endsWith(hint));
  const trigger = await wrong('trigger', 'zoo');
  assert.deepEqual([trigger.code, trigger.stderr.endsWith(hint)], [4, true], trigger.stderr);
  program.signal('SIGTERM');
  await program.exit;
  const gone = await wrong('logs', 'zoo');
  assert.match(
    gone.stderr,
    /^Error: No tilt-ts found that listens on localhost:1 \(connection refused.*\)\.\nStart tilt-ts up .*\nThe log of a session is there as long as that runs\. .*--log-dir/,
  );
  assert.equal(gone.code, 4);
});

test('updog runs a session of the objects of a file', async (t) => {
  const cmd = (args: string) =>
    `apiVersion: tilt.dev/v1alpha1\nkind: Cmd\nmetadata: {name: hello}\nspec: {args: ${args}}\n`;
  const cwd = makeProject(t, { 'objects.yaml': cmd('["echo", "from a file"]'), 'wrong.yaml': cmd('[]') });
  const program = startProgram(t, ['alpha', 'updog', '-f', 'objects.yaml'], { cwd });
  await program.waitFor(/cmd\.tilt\.dev\/hello loaded/);
  await program.waitFor(/from a file\n/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
  const wrong = await runProgram(t, ['alpha', 'updog', '-f', 'wrong.yaml'], { cwd });
  assert.equal(wrong.code, 1, wrong.stderr);
  assert.match(wrong.stderr, /Error from server \(Invalid\): Cmd.*"hello" is invalid/);
});

test('dump tells the types of objects and of builtins, and the commands, without a session', async (t) => {
  const cwd = makeProject(t, {});
  const dump = (...args: readonly string[]) => runProgram(t, ['dump', ...args], { cwd });
  const openApi = JSON.parse((await dump('openapi')).stdout);
  const cmd = openApi.definitions['dev.tilt.v1alpha1.Cmd'];
  assert.equal(cmd.properties.spec.properties.args.description, 'The program and its arguments; no shell.');
  assert.equal(
    (await dump('api-docs', '--dir', 'types')).stdout,
    'wrote types/tilt.d.ts\nwrote types/sandbox.d.ts\nwrote types/deno.d.ts\n',
  );
  assert.match(readFileSync(path.join(cwd, 'types/tilt.d.ts'), 'utf8'), /function local_resource/);
  await dump('cli-docs', '--dir', 'docs');
  const root = path.resolve(import.meta.dirname, '../../..');
  assert.equal(
    readFileSync(path.join(cwd, 'docs/commands.md'), 'utf8'),
    readFileSync(path.join(root, 'docs/commands.md'), 'utf8'),
    'docs/commands.md is not what --help says: npm run generate',
  );
});
