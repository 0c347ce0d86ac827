import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { assertNothingLeft } from '../../support/processes.ts';
import { makeProject, startProgram } from '../../support/program.ts';

test('up runs again what changed, and only that', async (t) => {
  const cwd = makeProject(t, {
    'a.txt': '1',
    'b.txt': '1',
    'Tiltfile.js': `
      local_resource('first', 'echo first-$(cat a.txt)', { deps: ['a.txt'] });
      local_resource('second', 'echo second-$(cat b.txt)', { deps: ['b.txt'] });
    `,
  });
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/first-1[\s\S]*second-1/);
  writeFileSync(path.join(cwd, 'a.txt'), '2');
  await program.waitFor(/1 File Changed: \[a\.txt\][\s\S]*first-2/);
  writeFileSync(path.join(cwd, 'b.txt'), '2');
  await program.waitFor(/second-2/);
  assert.equal(
    program
      .output()
      .match(/first-\d/g)
      ?.join(),
    'first-1,first-2',
  );
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
});

test('a server is restarted when its files change', async (t) => {
  const id = randomUUID();
  const cwd = makeProject(t, {
    'greeting.txt': 'hello',
    'Tiltfile.js': `local_resource('server', { serve_cmd: 'echo serving $(cat greeting.txt); exec sleep 1000', deps: ['greeting.txt'] });`,
  });
  const program = startProgram(t, ['up'], { cwd, env: { TILT_TS_TEST_RUN: id } });
  await program.waitFor(/serving hello/);
  writeFileSync(path.join(cwd, 'greeting.txt'), 'bye');
  await program.waitFor(/serving bye/);
  program.signal('SIGTERM');
  assert.equal(await program.exit, 143, program.output());
  await assertNothingLeft(`TILT_TS_TEST_RUN=${id}`);
});

test('a broken Tiltfile keeps what runs and shows the error; the repaired one takes over', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('server', { serve_cmd: 'echo server-started; exec sleep 1000' });",
  });
  const file = path.join(cwd, 'Tiltfile.js');
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/server-started/);
  writeFileSync(file, "local_resource('server', { serve_cmd: 'echo server-started; exec sleep 1000' });\nnosuch();\n");
  await program.waitFor(/nosuch.*not defined[\s\S]*Tiltfile\.js:2:1|Tiltfile\.js:2:1[\s\S]*nosuch.*not defined/);
  writeFileSync(
    file,
    "local_resource('server', { serve_cmd: 'echo server-started; exec sleep 1000' });\nlocal_resource('extra', 'echo extra-ran');\n",
  );
  await program.waitFor(/extra-ran/);
  assert.equal(program.output().match(/server-started\n/g)?.length, 1, program.output());
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});

test('a failed command is shown, and runs again when its files change', async (t) => {
  const cwd = makeProject(t, {
    'code.txt': '3',
    'Tiltfile.js':
      "local_resource('build', 'exit $(cat code.txt)', { deps: ['code.txt'] });\nlocal_resource('app', 'echo app-ran', { resource_deps: ['build'] });",
  });
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/ERROR: .*exit.* 3/);
  writeFileSync(path.join(cwd, 'code.txt'), '0');
  await program.waitFor(/app-ran/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});

test('up without a Tiltfile says so and starts when there is one', async (t) => {
  const cwd = makeProject(t, { 'readme.txt': '' });
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/No Tiltfile found/);
  writeFileSync(path.join(cwd, 'Tiltfile.js'), "local_resource('a', 'echo a-ran');");
  await program.waitFor(/a-ran/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});

test('a failure in up is marked, and says what happens next', async (t) => {
  const cwd = makeProject(t, {
    'src/a.txt': '',
    'Tiltfile.js': `
      local_resource('build', 'exit 3', { deps: ['src'] });
      local_resource('server', { serve_cmd: 'exit 4' });`,
  });
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(
    /build │ ERROR: Build Failed: .*exit status 3\n(?:.*\n)*?.*build │ It runs again when something changes in src\.\n/,
  );
  await program.waitFor(
    /server │ ERROR: Server "exit 4" exited with exit code 4\n(?:.*\n)*?.*server │ It runs again when its part of the/,
  );
  writeFileSync(path.join(cwd, 'Tiltfile.js'), 'const');
  await program.waitFor(
    /ERROR: SyntaxError[\s\S]*What runs stays as it was; the Tiltfile is loaded again when it changes\./,
  );
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
  assert.match(program.output(), /Stopping everything that was started; Ctrl-C again ends it at once\./);
});

test('up without a Tiltfile waits for one, and for nothing else in the folder', async (t) => {
  const cwd = makeProject(t, {});
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/No Tiltfile found[\s\S]*It is loaded again when it changes/);
  writeFileSync(path.join(cwd, 'other.txt'), '');
  writeFileSync(path.join(cwd, 'Tiltfile.js'), "local_resource('a', 'echo hello');");
  await program.waitFor(/a │ hello/);
  assert.doesNotMatch(program.output(), /other\.txt/);
});

test('a Tiltfile that is written in two steps is read when it is whole; one that stays half says so and recovers', async (t) => {
  const half = "local_resource('a', 'echo one'";
  const cwd = makeProject(t, { 'Tiltfile.js': `${half});` });
  const file = path.join(cwd, 'Tiltfile.js');
  const program = startProgram(t, ['up'], { cwd });
  await program.waitFor(/a │ one/);
  await program.waitFor(/Successfully loaded/);
  writeFileSync(file, half);
  writeFileSync(file, `${half});\nlocal_resource('b', 'echo two');`);
  await program.waitFor(/b │ two/);
  assert.doesNotMatch(program.output(), /ERROR/);
  writeFileSync(file, half);
  await program.waitFor(/ERROR: [\s\S]*What runs stays as it was/);
  // As editors save: another file takes its place.
  writeFileSync(`${file}.new`, `${half});\nlocal_resource('c', 'echo three');`);
  renameSync(`${file}.new`, file);
  await program.waitFor(/c │ three/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});
