import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

const RESULT = ['alpha', 'tiltfile-result'];

/** Runs the program on a Tiltfile; what it says on stderr without the first line, with the folder as `$DIR`. */
async function said(t: TestContext, tiltfile: string, flags: readonly string[], command: readonly string[] = RESULT) {
  const folder = makeProject(t, { 'Tiltfile.ts': tiltfile, 'data.txt': 'data', 'lib/x.ts': 'export const x = 1;' });
  symlinkSync('/etc/hostname', path.join(folder, 'link'));
  const { code, stderr } = await runProgram(t, [...command, ...flags], { cwd: folder, env: { FROM_TEST: 'yes' } });
  return {
    code,
    text: stderr
      .replaceAll(folder, '$DIR')
      .replace(/^Loading Tiltfile at: .*\n/, '')
      .trim(),
  };
}

test('a refused call says what was asked, which flag allows it, and where it stands', async (t) => {
  const script = `const a = 1;\n\nread_file('/etc/hostname');`;
  const { code, text } = await said(t, script, ['--sandbox']);
  assert.equal(code, 5);
  assert.equal(
    text.split('\n')[0],
    'Error: Cannot read "/etc/hostname": not allowed in the sandbox. Allow it with --allow-read=/etc/hostname (Tiltfile.ts:3:1, in read_file)',
  );
});

test('each command that reads a Tiltfile takes the flags', async (t) => {
  for (const command of [RESULT, ['ci'], ['up'], ['down']]) {
    if (command[0] === 'up') continue;
    const { code, text } = await said(t, `os.getenv('FROM_TEST');`, ['--sandbox'], command);
    assert.equal(code, 5, command.join());
    assert.match(text, /Cannot read the environment variable "FROM_TEST".*--allow-env=FROM_TEST/);
  }
});

test('flags allow what they name', async (t) => {
  const script = `
    import { x } from './lib/x.ts';
    print(x, read_file('data.txt'), os.environ.FROM_TEST, local(['echo', 'hi'], { echo_off: true, quiet: true }));`;
  const { code, text } = await said(t, script, ['--allow-read=.', '--allow-run=echo', '--allow-env=FROM_TEST']);
  assert.deepEqual([code, text], [0, '1 data yes hi']);
});

/** Something that runs the image "a". */
const POD = `k8s_yaml({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'a' }] } });`;

const refused: readonly [name: string, script: string, flags: readonly string[], message: RegExp][] = [
  [
    'a link out of the folder',
    `read_file('link');`,
    ['--allow-read=.'],
    /"\$DIR\/link" \(it leads to "\/etc\/hostname"\).*Allow it with --allow-read=\/etc\/hostname/,
  ],
  ['..', `read_file('../x');`, ['--allow-read=.'], /not allowed in the sandbox/],
  [
    'os.path.exists',
    `os.path.exists('/etc/hostname');`,
    ['--allow-read=.'],
    /Cannot read "\/etc\/hostname".*in os\.path\.exists/,
  ],
  ['listdir', `listdir('/etc');`, ['--allow-read=.'], /Cannot read "\/etc".*in listdir/],
  ['watch_file', `watch_file('/etc');`, ['--allow-read=.'], /Cannot read "\/etc".*in watch_file/],
  ['include', `include('lib/x.ts');`, ['--sandbox'], /Cannot read "\$DIR\/lib\/x.ts".*in include/],
  ['load_dynamic', `load_dynamic('./lib/x.ts');`, ['--sandbox'], /Cannot read "\$DIR\/lib\/x.ts".*in load_dynamic/],
  [
    'a computed import',
    `await import('./lib/' + 'x.ts');`,
    ['--sandbox'],
    /Cannot read "\$DIR\/lib\/x.ts": not allowed/,
  ],
  ['k8s_yaml', `k8s_yaml('data.txt');`, ['--sandbox'], /Cannot read "\$DIR\/data.txt": not allowed.*in k8s_yaml/],
  [
    'docker_build',
    `docker_build('a', '.');`,
    ['--sandbox'],
    /Cannot read "\$DIR\/Dockerfile": not allowed.*in docker_build/,
  ],
  [
    'ignore files of an image',
    `docker_build('a', '/etc', { dockerfile_contents: 'FROM b' });${POD}`,
    ['--sandbox'],
    /Cannot read "\/etc\/(Dockerfile)?\.dockerignore": not allowed.*\(Tiltfile.ts:1:1/,
  ],
  [
    'local',
    `local('echo x');`,
    ['--sandbox'],
    /Cannot run "sh" \(for the line "echo x"\): not allowed in the sandbox. Allow it with --allow-run=sh/,
  ],
  [
    'local_async',
    `await local_async(['echo', 'x']);`,
    ['--allow-run=git'],
    /Cannot run "echo".*Tiltfile.ts:1:7, in local_async/,
  ],
  ['os.environ', `os.environ.HOME;`, ['--sandbox'], /Cannot read the environment variable "HOME".*Tiltfile.ts:1:/],
  ['all of os.environ', `Object.keys(os.environ);`, ['--allow-env=A'], /Cannot read all environment variables/],
  ['os.putenv', `os.putenv('A', 'b');`, ['--sandbox'], /Cannot set the environment variable "A".*in os\.putenv/],
  [
    '--deny-read',
    `read_file('data.txt');`,
    ['--deny-read=data.txt'],
    /Cannot read "\$DIR\/data.txt": --deny-read=\$DIR\/data.txt forbids it/,
  ],
  [
    '--deny-run',
    `local('true');`,
    ['--deny-run=sh'],
    /Cannot run "sh" \(for the line "true"\): --deny-run=sh forbids it/,
  ],
  [
    'Deno.readTextFileSync',
    `Deno.readTextFileSync('/etc/hostname');`,
    ['--allow-read=.'],
    /NotCapable: Cannot read "\/etc\/hostname".*Tiltfile.ts:1:6/,
  ],
  ['Deno.Command', `new Deno.Command('git').outputSync();`, ['--sandbox'], /NotCapable: Cannot run "git"/],
  ['Deno.env', `Deno.env.toObject();`, ['--sandbox'], /NotCapable: Cannot read all environment variables/],
];
for (const [name, script, flags, message] of refused) {
  test(`refused: ${name}`, async (t) => {
    const { code, text } = await said(t, script, flags);
    assert.match(text, message);
    assert.equal(code, 5);
  });
}

test('a Dockerfile and its context that may be read are all that an image needs', async (t) => {
  const script = `docker_build('a', 'lib', { dockerfile_contents: 'FROM scratch' }); ${POD} local_resource('x', 'true', { deps: ['/etc'] });`;
  const { code } = await said(t, script, ['--allow-read=lib']);
  assert.equal(code, 0);
});

test('wrong lists are wrong usage', async (t) => {
  const { code, text } = await said(t, '', ['--allow-read=']);
  assert.equal(code, 2);
  assert.match(text, /Give a list with commas between its items, or leave the = out for everything/);
});
