import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { ci, down, makeClusterProject, podSpec, pushImage } from '../../support/cluster-project.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const withoutCluster = skipWithout('docker', 'cluster', 'busybox');
before(() => {
  if (withoutCluster === false) pushImage();
});

test('files that watch_settings ignores start nothing, neither resources nor the Tiltfile', async (t) => {
  const cwd = makeProject(t, {
    'src/a.txt': '1',
    'src/a.log': '1',
    'lib/x.log': '1',
    'lib/x.txt': '1',
    'Tiltfile.js': `
      watch_settings({ ignore: '**/*.log' });
      watch_file('lib');
      print(\`loaded-\${read_file('lib/x.txt')}\`);
      local_resource('r', 'echo ran-$(cat src/a.txt)-$(cat src/a.log)', { deps: ['src'] });
    `,
  });
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/ran-1-1/);
  // The later change is seen, the earlier one is not.
  writeFileSync(path.join(cwd, 'src/a.log'), '2');
  writeFileSync(path.join(cwd, 'lib/x.log'), '2');
  writeFileSync(path.join(cwd, 'src/a.txt'), '2');
  await program.waitFor(/1 File Changed: \[src\/a\.txt\][\s\S]*ran-2-2/);
  writeFileSync(path.join(cwd, 'lib/x.txt'), '2');
  await program.waitFor(/1 File Changed: \[lib\/x\.txt\][\s\S]*loaded-2/);
  assert.doesNotMatch(program.output(), /Changed: .*\.log/);
});

test('settings on the command line and in the file choose what runs; a changed file runs more', async (t) => {
  const cwd = makeProject(t, {
    'tilt_config.json': '{"also": ["b"]}',
    'Tiltfile.js': `
      config.define_string_list('which', { args: true });
      config.define_string_list('also');
      const { which = [], also = [] } = config.parse();
      for (const name of ['a', 'b', 'c']) local_resource(name, 'echo ran-' + name);
      config.set_enabled_resources([...which, ...also]);
    `,
  });
  const run = await runProgram(t, ['ci', 'a'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /ran-a/);
  assert.match(run.stdout, /ran-b/);
  assert.doesNotMatch(run.stdout, /ran-c/);
  const program = startProgram(t, ['up', '--', 'a'], { cwd });
  await program.waitFor(/ran-a/);
  writeFileSync(path.join(cwd, 'tilt_config.json'), '{"also": ["c"]}');
  await program.waitFor(/ran-c/);
});

test('what a resource is called is told even if a secret reads the same', { skip: withoutCluster }, async (t) => {
  const secret = { ...SECRET, stringData: { user: 'postgres' } };
  const more = "local_resource('postgres', 'echo connecting as postgres; exit 1');";
  const project = await makeClusterProject(t, [secret], more);
  const run = await ci(t, project);
  assert.equal(run.code, 1, run.stderr + run.stdout);
  assert.match(
    run.stderr,
    /Error: postgres: Command "echo connecting as \[redacted secret login:user\]; exit 1" failed/,
  );
  assert.match(run.stderr, /^ +connecting as \[redacted secret login:user\]$/m);
  assert.match(run.stdout, /^postgres +failed/m);
  await down(t, project);
});

test('that nothing is enabled is no failure', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('a', 'echo ran-a');\nconfig.clear_enabled_resources();",
  });
  const run = await runProgram(t, ['ci'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.doesNotMatch(run.stdout, /ran-a/);
});

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  stringData: { password: 'hunter2-hunter2' },
};
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'leak' },
  spec: podSpec(
    'echo "password is $PASSWORD"; echo "encoded $(printf %s "$PASSWORD" | base64)"; exit 3',
    { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }] },
    { restartPolicy: 'Never' },
  ),
};

for (const [title, more, shown] of [
  ['values of Secrets are taken out of logs and of what is told at the end', '', false],
  ['secret_settings shows them', 'secret_settings({ disable_scrub: true });', true],
] as const) {
  test(title, { skip: withoutCluster }, async (t) => {
    const project = await makeClusterProject(t, [SECRET, POD], more);
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    for (const output of [run.stdout, run.stderr]) {
      if (shown) {
        assert.match(output, /password is hunter2-hunter2/);
      } else {
        assert.match(output, /password is \[redacted secret login:password\]/);
        assert.match(output, /encoded \[redacted secret login:password\]/);
        assert.doesNotMatch(output, /hunter2|aHVudGVyMi1odW50ZXIy/);
      }
    }
    await down(t, project);
  });
}

test('a Tiltfile sees the program and all of the words that it was started with', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      config.define_string_list('rest', { args: true });
      config.parse();
      print('saw', JSON.stringify([sys.executable, ...sys.argv]));
    `,
  });
  const words = ['alpha', 'tiltfile-result', '-f', 'Tiltfile.js', '--', 'one', 'two'];
  const run = await runProgram(t, words, { cwd });
  assert.equal(run.code, 0, run.stderr);
  const [executable, program, ...rest] = JSON.parse(/^saw (.*)$/m.exec(run.stderr)?.[1] ?? '[]');
  assert.equal(executable, program);
  assert.match(program, /[\\/]main\.[jt]s$/);
  assert.deepEqual(rest, words);
});
