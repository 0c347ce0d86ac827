import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';
import { denoCheck, tsc, type Verdict } from '../../types/checkers.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const noDeno = skipWithout('deno');

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example/web, ports: [{ containerPort: 80 }] }] }
`;

/** Lines that only the builtins' types can tell to be right or wrong, for the end of a Tiltfile. */
const RIGHT = "\nlocal_resource('right', 'true', { labels: ['x'] });\nprint(os.path.basename('x'), 2);\n";
/** What the sandbox has beside the builtins. */
const SANDBOX = 'console.log(import.meta.dirname, import.meta.main);\n';
const WRONG = "\nlocal_resource('wrong', 'true', { label: 'x' });\n";

/** The tsconfig.json that init writes. */
const OF_INIT: readonly string[] = ['-p', '.'];

/** Both checkers accept the Tiltfile, and mark a wrong line in it: they do know the builtins. */
function checkTypes(folder: string, tiltfile: string, project = OF_INIT): void {
  const file = path.join(folder, tiltfile);
  const written = readFileSync(file, 'utf8');
  accepts(file, written + RIGHT + (project === OF_INIT ? SANDBOX : ''), () => tsc(project, folder));
  // In a project of npm, Deno reads the tsconfig.json and takes it to know no import.meta.
  const knowsSandbox = !existsSync(path.join(folder, 'package.json'));
  if (noDeno === false)
    accepts(file, written + RIGHT + (knowsSandbox ? SANDBOX : ''), () => denoCheck([tiltfile], folder));
  writeFileSync(file, written + RIGHT);
}

function accepts(file: string, text: string, check: () => Verdict): void {
  writeFileSync(file, text);
  const right = check();
  assert.deepEqual(right.errors, [], right.output);
  writeFileSync(file, text + WRONG);
  const wrong = check();
  assert.deepEqual(wrong.errors, [`${file}:${(text + WRONG).split('\n').length - 1}`], wrong.output);
}

async function loads(t: TestContext, folder: string): Promise<readonly string[]> {
  const run = await runProgram(t, ['alpha', 'tiltfile-result'], { cwd: folder, env: { KUBECONFIG: '/nonexistent' } });
  assert.equal(run.code, 0, run.stderr);
  return (JSON.parse(run.stdout) as { Manifests: { Name: string }[] }).Manifests.map(({ Name }) => Name);
}

test('deno check runs on what init writes', { skip: noDeno }, () => {
  // The tests below run it too where it is there; this one says when it is not.
  assert.equal(noDeno, false);
});

test('init writes a Tiltfile for what is there, and the types', async (t) => {
  const folder = makeProject(t, { 'web/Dockerfile': 'FROM scratch\n', 'k8s/web.yaml': MANIFEST, 'package.json': '{}' });
  const run = await runProgram(t, ['init'], { cwd: folder });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(
    run.stdout,
    `Wrote Tiltfile.ts
Wrote .tilt/tilt.d.ts and .tilt/sandbox.d.ts: the builtins' types; "tilt-ts init --types" renews them
Wrote tsconfig.json: for editors and tsc
Next: "tilt-ts plan" shows what it comes to, "tilt-ts ci" brings it up once, "tilt-ts up" keeps it up to date.
`,
  );
  checkTypes(folder, 'Tiltfile.ts');
  assert.deepEqual(await loads(t, folder), ['web', 'right']);
  const plan = await runProgram(t, ['plan'], { cwd: folder, env: { KUBECONFIG: '/nonexistent' } });
  assert.match(plan.stdout, /images {7}example\/web\n[\s\S]* ports {8}8080:80\n/);
});

test('the builtins can be imported in what init writes', async (t) => {
  const folder = makeProject(t, {});
  await runProgram(t, ['init'], { cwd: folder });
  const file = path.join(folder, 'Tiltfile.ts');
  const [reference = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(
    file,
    [reference, "import { local_resource as resource } from 'tilt';", "resource('b', 'true');", ...lines].join('\n'),
  );
  checkTypes(folder, 'Tiltfile.ts');
  assert.deepEqual(await loads(t, folder), ['b', 'hello', 'right']);
});

test('what init writes into an empty folder comes up', async (t) => {
  const parent = makeProject(t, {});
  const run = await runProgram(t, ['init', '--js', 'new/project'], { cwd: parent });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^Wrote new\/project\/Tiltfile\.js\n/);
  const folder = path.join(parent, 'new/project');
  assert.match(readFileSync(path.join(folder, 'Tiltfile.js'), 'utf8'), /^\/\/ @ts-check\n\/\/\/ <reference/);
  checkTypes(folder, 'Tiltfile.js');
  const ci = await runProgram(t, ['ci', 'hello'], { cwd: folder });
  assert.equal(ci.code, 0, ci.stderr);
  assert.match(ci.stdout, /Hello from tilt-ts/);
});

test('a project that depends on the package takes the types from there', async (t) => {
  const folder = makeProject(t, { 'package.json': JSON.stringify({ devDependencies: { 'tilt-ts': '*' } }) });
  const installed = path.join(folder, 'node_modules/tilt-ts');
  mkdirSync(path.join(installed, 'stdlib'), { recursive: true });
  const { files } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { files: readonly string[] };
  for (const file of ['package.json', ...files.filter((name) => name.endsWith('.d.ts'))]) {
    cpSync(path.join(root, file), path.join(installed, file));
  }
  const run = await runProgram(t, ['init'], { cwd: folder });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(existsSync(path.join(folder, '.tilt')), false);
  assert.match(readFileSync(path.join(folder, 'Tiltfile.ts'), 'utf8'), /^\/\/\/ <reference types="tilt-ts" \/>\n/);
  checkTypes(folder, 'Tiltfile.ts');
  assert.deepEqual(await loads(t, folder), ['hello', 'right']);
  const types = await runProgram(t, ['init', '--types'], { cwd: folder });
  assert.match(types.stdout, /come with the package "tilt-ts".*nothing to write/);

  // Listed and not installed: the types are copied.
  const bare = makeProject(t, { 'package.json': JSON.stringify({ dependencies: { 'tilt-ts': '*' } }) });
  await runProgram(t, ['init'], { cwd: bare });
  assert.ok(existsSync(path.join(bare, '.tilt/tilt.d.ts')));
});

const OWN: readonly (readonly [file: string, text: string])[] = [
  [
    'tsconfig.json',
    '// mine\n{ "compilerOptions": { "strict": true, "module": "nodenext", "noEmit": true, "types": [] } }\n',
  ],
  ['deno.json', '{ "imports": { "x": "./x.ts" } }\n'],
];
for (const [name, text] of OWN) {
  test(`a ${name} that is there stays, and the types are known all the same`, async (t) => {
    const folder = makeProject(t, { [name]: text, 'package.json': '{ "dependencies": { "express": "5" } }' });
    const run = await runProgram(t, ['init'], { cwd: folder });
    assert.equal(run.code, 0, run.stderr);
    assert.match(
      run.stdout,
      new RegExp(`Left ${name.replace('.', '\\.')} as it is: the first line of Tiltfile\\.ts leads`),
    );
    assert.equal(readFileSync(path.join(folder, name), 'utf8'), text);
    const own = name === 'tsconfig.json' ? ['-p', '.'] : ['--noEmit', '--module', 'nodenext', 'Tiltfile.ts'];
    checkTypes(folder, 'Tiltfile.ts', own);
  });
}

test('a Tiltfile that is there is written over with --force alone', async (t) => {
  const folder = makeProject(t, { 'Tiltfile.ts': '// mine\n', Tiltfile: '# theirs\n' });
  const refused = await runProgram(t, ['init'], { cwd: folder });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /There is a Tiltfile already: "Tiltfile\.ts", "Tiltfile"\. .*--force.*--types/);
  assert.equal(refused.stdout, '');
  assert.equal(readFileSync(path.join(folder, 'Tiltfile.ts'), 'utf8'), '// mine\n');
  assert.equal(existsSync(path.join(folder, '.tilt')), false);

  const forced = await runProgram(t, ['init', '--force'], { cwd: folder });
  assert.equal(forced.code, 0, forced.stderr);
  assert.match(forced.stdout, /^Wrote Tiltfile\.ts\n {2}It is used from now on instead of Tiltfile\.\n/);
  assert.deepEqual(await loads(t, folder), ['hello']);
  assert.equal(readFileSync(path.join(folder, 'Tiltfile'), 'utf8'), '# theirs\n');

  const script = await runProgram(t, ['init', '--force', '--js'], { cwd: folder });
  assert.match(script.stdout, /Tiltfile\.ts is used before it: choose with -f Tiltfile\.js, or delete Tiltfile\.ts\./);
});

test('init --types renews the types and nothing else', async (t) => {
  const folder = makeProject(t, { 'Tiltfile.ts': '// mine\n', '.tilt/tilt.d.ts': '// old\n' });
  const run = await runProgram(t, ['init', '--types'], { cwd: folder });
  assert.equal(run.code, 0, run.stderr);
  const text = readFileSync(path.join(folder, '.tilt/tilt.d.ts'), 'utf8');
  assert.match(text, /^\/\/ Written by tilt-ts \d+\.\d+\.\d+; "tilt-ts init --types" renews it\.\n/);
  assert.ok(text.endsWith(readFileSync(path.join(root, 'stdlib/tilt.d.ts'), 'utf8')));
  assert.equal(readFileSync(path.join(folder, 'Tiltfile.ts'), 'utf8'), '// mine\n');
  assert.equal(existsSync(path.join(folder, 'tsconfig.json')), false);
});

test('a folder that cannot be written to is told', async (t) => {
  const folder = makeProject(t, { file: '' });
  const run = await runProgram(t, ['init', 'file/below'], { cwd: folder });
  assert.equal(run.code, 2);
  assert.match(run.stderr, /^Error: Cannot write to ".*file\/below": .*ENOTDIR/);
});
