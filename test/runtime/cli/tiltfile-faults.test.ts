import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

// What is wrong with a Tiltfile ends with exit code 5, a message that names the place, and nothing on stdout that looks like success.

interface Fault {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly says: readonly RegExp[];
}

const FAULTS: readonly Fault[] = [
  { title: 'no Tiltfile', files: { 'readme.txt': '' }, says: [/No Tiltfile found in/, /Tiltfile\.ts/] },
  {
    title: 'a Tiltfile given by -f that does not exist',
    files: {},
    args: ['-f', 'nowhere/Tiltfile.js'],
    says: [/No Tiltfile found at ".*nowhere\/Tiltfile\.js"/],
  },
  {
    title: 'a syntax error',
    files: { 'Tiltfile.js': "const a = 1;\nlocal_resource('x' 'y');\n" },
    says: [/Tiltfile\.js:2:/, /local_resource\('x' 'y'\);/],
  },
  {
    title: 'a syntax error in TypeScript',
    files: { 'Tiltfile.ts': 'const a: number = 1;\nconst b: = 2;\n' },
    says: [/Tiltfile\.ts:2:10/],
  },
  {
    title: 'an error that the script throws, deep in a call',
    files: {
      'Tiltfile.js':
        "function check(n) {\n  if (n === 0) throw new Error('no ports left');\n  check(n - 1);\n}\ncheck(2);\n",
    },
    says: [/no ports left/, /Tiltfile\.js:2:/, /check/],
  },
  {
    title: 'an error in a module that the script imports',
    files: {
      'Tiltfile.ts': "import './lib/services.ts';\n",
      'lib/services.ts': "const name: string = 'x';\nfail(`no service ${name}`);\n",
    },
    says: [/no service x/, /services\.ts:2:1/],
  },
  {
    title: 'a loop that never ends',
    files: { 'Tiltfile.js': 'let n = 0;\nwhile (true) {\n  n += 1;\n}\n' },
    args: ['--tiltfile-timeout', '300ms'],
    says: [/0\.3 ?s|300 ?ms/, /Tiltfile\.js:[234]:/],
  },
  {
    title: 'ten gigabytes of allocation',
    files: { 'Tiltfile.js': "const parts = [];\nwhile (true) parts.push('x'.repeat(1000000) + parts.length);\n" },
    says: [/memory/, /Tiltfile\.js:2:/],
  },
  {
    title: 'endless recursion',
    files: { 'Tiltfile.js': 'function down() {\n  return down() + 1;\n}\ndown();\n' },
    says: [/stack|recursion/i, /Tiltfile\.js:[24]:/],
  },
  {
    title: 'a builtin called with an unknown keyword',
    files: { 'Tiltfile.js': "local_resource('api', { comand: 'make' });\n" },
    says: [/local_resource: unexpected keyword argument "comand"/, /did you mean "?cmd/, /Tiltfile\.js:1:/],
  },
  {
    title: 'a builtin called with a wrong type',
    files: { 'Tiltfile.js': "\n  local_resource('api', 'make', { allow_parallel: 'yes' });\n" },
    says: [/"allow_parallel": got string, want bool/, /Tiltfile\.js:2:/],
  },
  {
    title: 'a Dockerfile that is missing',
    files: { 'Tiltfile.js': "docker_build('example/web', 'web');\n", 'web/index.html': '' },
    says: [/web\/Dockerfile/, /no such file/, /Tiltfile\.js:1:/],
  },
  {
    title: 'YAML that is broken',
    files: { 'Tiltfile.js': "k8s_yaml('deploy.yaml');\n", 'deploy.yaml': 'kind: Pod\nmetadata: [oops\n' },
    says: [/deploy\.yaml/, /Tiltfile\.js:1:/],
  },
  {
    title: 'a local command that fails',
    files: { 'Tiltfile.js': "local('echo partial; exit 3');\n" },
    says: [/exit status 3/, /Tiltfile\.js:1:/],
  },
  {
    title: 'a promise that never settles',
    files: { 'Tiltfile.js': 'await new Promise(() => {});\n' },
    says: [/promise|settle/i],
  },
];

for (const fault of FAULTS) {
  test(`ci refuses ${fault.title}`, async (t) => {
    const cwd = makeProject(t, fault.files);
    const run = await runProgram(t, ['ci', ...(fault.args ?? [])], { cwd });
    for (const pattern of fault.says) assert.match(run.stderr, pattern);
    assert.doesNotMatch(run.stderr, /internal error|node_modules|dist\/|at .*\.ts:\d+.*\n.*at /);
    assert.doesNotMatch(run.stdout, /SUCCESS/);
    assert.equal(run.code, 5, run.stderr);
  });
}

test('Ctrl-C ends a Tiltfile that loops, with code 130', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "print('looping');\nwhile (true);\n" });
  const program = startProgram(t, ['ci'], { cwd });
  await program.waitFor(/looping/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
});

test('Ctrl-C ends a command that the Tiltfile waits for, with code 130', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local('echo waiting; sleep 1000');\n" });
  const program = startProgram(t, ['ci'], { cwd });
  await program.waitFor(/waiting\n/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
});

test('unknown commands and flags are refused with a suggestion and code 2', async (t) => {
  const cwd = makeProject(t, {});
  const command = await runProgram(t, ['cii'], { cwd });
  assert.equal(command.code, 2);
  assert.match(command.stderr, /unknown command 'cii'[\s\S]*Did you mean ci\?/);
  const flag = await runProgram(t, ['ci', '--fil', 'x'], { cwd });
  assert.equal(flag.code, 2);
  assert.match(flag.stderr, /unknown option '--fil'[\s\S]*Did you mean --file\?/);
});

test('every command explains itself', async (t) => {
  const cwd = makeProject(t, {});
  for (const command of [
    [],
    ['ci'],
    ['up'],
    ['down'],
    ['plan'],
    ['init'],
    ['version'],
    ['alpha'],
    ['alpha', 'tiltfile-result'],
  ]) {
    const run = await runProgram(t, [...command, '--help'], { cwd });
    assert.equal(run.code, 0, command.join(' '));
    assert.match(run.stdout, /^Usage: tilt-ts/m, command.join(' '));
  }
});
