import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

// Input that is larger, stranger or more broken than anyone writes by hand: a result, or a message that names the place.

const RESULT = ['alpha', 'tiltfile-result'];

function evaluate(t: TestContext, cwd: string, env: Readonly<Record<string, string>> = {}) {
  return runProgram(t, RESULT, { cwd, env });
}

function resourceNames(stdout: string): readonly string[] {
  return JSON.parse(stdout).Manifests.map(({ Name }: { readonly Name: string }) => Name);
}

test('files that include each other in a circle are refused where the circle closes', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "include('./a.js');\n", 'a.js': "\ninclude('./Tiltfile.js');\n" });
  const run = await evaluate(t, cwd);
  assert.match(run.stderr, /Circular load: .*Tiltfile\.js \(a\.js:2:1, in include\)/);
  assert.equal(run.code, 5);
});

test('resources that wait for each other in a circle are refused with the whole circle', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': ['a b', 'b c', 'c a']
      .map((pair) => pair.split(' '))
      .map(([name, dep]) => `local_resource('${name}', 'true', { resource_deps: ['${dep}'] });\n`)
      .join(''),
  });
  const run = await evaluate(t, cwd);
  assert.match(run.stderr, /cycle detected in resource dependency graph: a -> b -> c -> a/);
  assert.equal(run.code, 5);
});

test('a Tiltfile of 10 MB loads, and its last line is still known by its place', async (t) => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `// ${n} ${'text '.repeat(20)}`);
  lines[0] = "local_resource('first', 'true');";
  lines.push("local_resource('last', 'true');");
  const cwd = makeProject(t, { 'Tiltfile.js': lines.join('\n') });
  const run = await evaluate(t, cwd);
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(resourceNames(run.stdout), ['first', 'last']);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), `${lines.join('\n')}\nfail('here');\n`);
  const failing = await evaluate(t, cwd);
  assert.match(failing.stderr, /here \(Tiltfile\.js:100002:1/);
});

test('YAML whose aliases multiply without end is refused at once', async (t) => {
  const levels = Array.from(
    { length: 12 },
    (_, n) =>
      `a${n}: &a${n} [${Array(9)
        .fill(n ? `*a${n - 1}` : 'x')
        .join()}]\n`,
  );
  const cwd = makeProject(t, { 'Tiltfile.js': "read_yaml('bomb.yaml');\n", 'bomb.yaml': levels.join('') });
  const run = await evaluate(t, cwd);
  assert.match(run.stderr, /bomb\.yaml.*excessive aliasing \(Tiltfile\.js:1:1, in read_yaml\)/);
  assert.equal(run.code, 5);
});

test('100 MB of output from local arrive whole', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "print(local('yes abcdefghi | head -c 100000000', { quiet: true }).length);\n",
  });
  const run = await evaluate(t, cwd);
  assert.equal(run.code, 0, run.stderr.slice(-1000));
  assert.match(run.stderr, /^100000000$/m);
});

test('a binary file is refused as YAML, and can be read as text', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "print(read_file('x.bin').length > 0);\nk8s_yaml('x.bin');\n" });
  writeFileSync(
    path.join(cwd, 'x.bin'),
    Uint8Array.from({ length: 512 }, (_, n) => n % 256),
  );
  const run = await evaluate(t, cwd);
  assert.match(run.stderr, /^True$/m);
  assert.match(run.stderr, /x\.bin.*control characters are not allowed \(Tiltfile\.js:2:1, in k8s_yaml\)/);
  assert.equal(run.code, 5);
});

test('links that lead nowhere or to themselves are told, and not followed without end', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': [
      "try { read_file('loop') } catch (error) { print(error.message) }",
      "print(listdir('.', { recursive: true }).length);",
      "local_resource('x', 'true', { deps: ['loop', 'self/self'] });",
    ].join('\n'),
  });
  symlinkSync('loop', path.join(cwd, 'loop'));
  symlinkSync('.', path.join(cwd, 'self'));
  const run = await evaluate(t, cwd);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /loop: too many levels of symbolic links/);
  assert.match(run.stderr, /^3$/m);
});

test('names with blanks and letters of all scripts are taken as they are', async (t) => {
  const root = makeProject(t, {});
  const cwd = path.join(root, 'my projects', '日本 ü');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(
    path.join(cwd, 'Tiltfile.js'),
    "local_resource('naïve 漢字', 'echo hi', { deps: ['d ir'] });\nprint(os.getcwd());\n",
  );
  const run = await evaluate(t, cwd);
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(resourceNames(run.stdout), ['naïve 漢字']);
  assert.ok(run.stderr.split('\n').includes(cwd), run.stderr);
  assert.deepEqual(JSON.parse(run.stdout).Manifests[0].DeployTarget.Deps, [path.join(cwd, 'd ir')]);
});

test('line ends of Windows and byte order marks change no place and no value', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "\uFEFFprint(read_yaml('a.yaml').a + read_json('a.json').a);\r\n\r\n  fail('here');\r\n",
    'a.yaml': '\uFEFFa: 1\r\nb: 2\r\n',
    'a.json': '\uFEFF{"a": 2}',
  });
  const run = await evaluate(t, cwd);
  assert.match(run.stderr, /^3$/m);
  assert.match(run.stderr, /here \(Tiltfile\.js:3:3/);
});

test('a kubeconfig that is broken is named where the cluster is needed, and nowhere else', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "k8s_yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });\n",
    kubeconfig: 'clusters: [oops\n',
  });
  const env = { KUBECONFIG: path.join(cwd, 'kubeconfig') };
  assert.equal((await evaluate(t, cwd, env)).code, 0);
  const run = await runProgram(t, ['ci'], { cwd, env });
  assert.match(run.stderr, /Cannot read the kubeconfig ".*kubeconfig"/);
  assert.equal(run.code, 4);
});
