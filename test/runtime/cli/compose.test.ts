import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { composeProject } from '../../support/compose-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { assertNothingLeft } from '../../support/processes.ts';
import { runProgram, startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('docker', 'compose', 'busybox');
const TILTFILE = "docker_compose('compose.yml', { project_name: '$NAME' });\n";
/** A service that stays; `init` lets it end at once when it is stopped. */
const server = (script: string, rest = '') =>
  `{image: busybox, init: true, command: ["sh", "-c", ${JSON.stringify(`${script}; exec sleep 1000`)}]${rest}}`;

test('ci brings services up in their order, with the images that were built; down leaves nothing', {
  skip,
}, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': `os.environ.STAGE = 'from-the-Tiltfile';\ndocker_build('$NAME/api', 'api');\ncustom_build('$NAME/job', 'docker build -t $EXPECTED_REF job', { deps: ['job'] });\n${TILTFILE}`,
    'api/Dockerfile': 'FROM busybox\nRUN echo "this is api" > /greeting\n',
    'job/Dockerfile': 'FROM busybox\nRUN echo "this is job" > /greeting\n',
    'web/Dockerfile': 'FROM busybox\nRUN echo "this is web" > /greeting\n',
    'compose.yml': `
services:
  web:
    build: web
    init: true
    command: ["sh", "-c", "cat /greeting; echo stage $\${STAGE}; exec sleep 1000"]
    environment: {STAGE: "\${STAGE}"}
    depends_on: {migrate: {condition: service_completed_successfully}}
    volumes: ["data:/data"]
  migrate:
    image: busybox
    command: ["sh", "-c", "echo migrating; sleep 0.5; echo migrated"]
    depends_on: {db: {condition: service_healthy}}
  db: ${server('echo db starts; sleep 0.5; touch /ok', ', healthcheck: {test: [CMD, test, -f, /ok], interval: 0.3s, retries: 50}')}
  job: {image: $NAME/job, command: [cat, /greeting]}
  api: {image: $NAME/api, init: true, command: ["sh", "-c", "cat /greeting; exec sleep 1000"]}
volumes: {data: {}}
`,
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 0, ci.stdout + ci.stderr);
  assert.match(
    ci.stdout,
    /db │ db starts[\s\S]*migrate │ migrated[\s\S]*web │ this is web\n\s+web │ stage from-the-Tiltfile/,
  );
  assert.match(ci.stdout, /api │ this is api/);
  assert.match(ci.stdout, /job │ this is job/);
  assert.match(ci.stdout, /\nmigrate +succeeded[\s\S]*\nweb +ready/);
  assert.deepEqual(project.containers(), [
    'api-1 running',
    'db-1 running',
    'job-1 exited',
    'migrate-1 exited',
    'web-1 running',
  ]);

  const down = await runProgram(t, ['down', '--delete-volumes'], { cwd: project.folder });
  assert.equal(down.code, 0, down.stdout + down.stderr);
  assert.deepEqual(project.containers(), []);
  assert.deepEqual(project.remains(), []);
});

test('down of one service leaves the others', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': `services:\n  one: ${server('true')}\n  two: ${server('true')}\n`,
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 0, ci.stdout + ci.stderr);
  const down = await runProgram(t, ['down', 'one'], { cwd: project.folder });
  assert.equal(down.code, 0, down.stdout + down.stderr);
  assert.deepEqual(project.containers(), ['two-1 running']);
});

test('ci fails with a service that exits, and shows its last lines', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {image: busybox, command: ["sh", "-c", "echo no database at db:5432; exit 3"]}}\n',
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 1, ci.stdout + ci.stderr);
  assert.match(
    ci.stderr,
    /Error: web: Container "\S+-web-1" exited with exit code 3 \(Tiltfile\.js:1:1\)\n {4}no database at db:5432\n/,
  );
});

test('ci fails at once with a service that Docker starts again and again', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {image: busybox, restart: always, command: ["sh", "-c", "echo boom; exit 7"]}}\n',
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 1, ci.stdout + ci.stderr);
  assert.match(ci.stderr, /Container "\S+-web-1" exited with exit code 7 and is being restarted/);
  assert.match(ci.stderr, /\n {4}boom\n/);
});

test('ci fails with a service whose health check never gets well, and says what the check printed', {
  skip,
}, async (t) => {
  const check = ', healthcheck: {test: [CMD-SHELL, "echo port 80 is closed; exit 1"], interval: 0.2s, retries: 2}';
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': `services:\n  web: ${server('echo serving', check)}\n`,
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 1, ci.stdout + ci.stderr);
  assert.match(
    ci.stderr,
    /web: Container "\S+-web-1" is unhealthy: its health check failed \d+ times in a row: port 80 is closed/,
  );
});

test('a service that is still starting up at the time limit is named with what it waits for', { skip }, async (t) => {
  const check = ', healthcheck: {test: [CMD, "false"], interval: 60s, start_period: 60s}';
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': `services:\n  web: ${server('echo serving', check)}\n`,
  });
  const ci = await runProgram(t, ['ci', '--timeout', '5s'], { cwd: project.folder });
  assert.equal(ci.code, 3, ci.stdout + ci.stderr);
  assert.match(ci.stderr, /web: not ready: waits for its health check/);
});

test('a build by Compose that fails shows the step that failed', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {build: .}}\n',
    Dockerfile: 'FROM busybox\nRUN echo this does not work && false\n',
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 1, ci.stdout + ci.stderr);
  assert.match(ci.stderr, /Error: web: Cannot build the image of service "web": .*exit code: 1/);
  assert.match(ci.stderr, /RUN echo this does not work && false/);
});

test('a container that cannot be started says why', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {image: busybox, command: [/nothing]}}\n',
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder });
  assert.equal(ci.code, 1, ci.stdout + ci.stderr);
  assert.match(ci.stderr, /Error: web: Cannot start service "web": .*\/nothing.*no such file or directory/);
});

test('without an engine ci ends with its own exit code', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {image: busybox}}\n',
  });
  const ci = await runProgram(t, ['ci'], { cwd: project.folder, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } });
  assert.equal(ci.code, 4, ci.stdout + ci.stderr);
  assert.match(ci.stderr, /Cannot reach the Docker engine at "tcp:\/\/127\.0\.0\.1:1"/);
});

test('up follows changes; Ctrl-C leaves the containers and no process', { skip }, async (t) => {
  const compose = (services: string) => `services:\n  web: {build: ., init: true}\n${services}`;
  const dockerfile = (greeting: string) =>
    `FROM busybox\nCOPY page /page\nCMD ["sh", "-c", "echo ${greeting} $(cat /page); exec sleep 1000"]\n`;
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': compose(`  extra: ${server('echo extra runs')}\n  calm: ${server('echo calm runs')}\n`),
    Dockerfile: dockerfile('hello'),
    page: 'first',
  });
  const id = randomUUID();
  const program = startProgram(t, ['up'], { cwd: project.folder, env: { TILT_TS_TEST_RUN: id } });
  await program.waitFor(/hello first/);
  await program.waitFor(/extra runs/);
  await program.waitFor(/calm runs/);
  writeFileSync(path.join(project.folder, 'page'), 'second');
  await program.waitFor(/1 File Changed: \[page\][\s\S]*hello second/);
  writeFileSync(path.join(project.folder, 'Dockerfile'), dockerfile('good day'));
  await program.waitFor(/good day second/);

  writeFileSync(path.join(project.folder, 'compose.yml'), compose(`  calm: ${server('echo calm runs')}\n`));
  await program.waitFor(/Removing the containers of service extra/);
  await pollUntil(() => project.containers().length === 2);
  assert.equal(program.output().match(/calm runs/g)?.length, 1, program.output());
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
  assert.deepEqual(project.containers(), ['calm-1 running', 'web-1 running']);
  await assertNothingLeft(`TILT_TS_TEST_RUN=${id}`);

  // What runs already stays, and what it has written is not told again.
  const again = startProgram(t, ['up', 'calm'], { cwd: project.folder });
  await again.waitFor(/calm │ +DONE IN/);
  again.signal('SIGINT');
  assert.equal(await again.exit, 130);
  assert.doesNotMatch(again.output(), /calm runs/);
});

test('Ctrl-C during a build by Compose leaves no process', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {build: .}}\n',
    Dockerfile: 'FROM busybox\nRUN echo building $NAME && sleep 60\n',
  });
  const id = randomUUID();
  const program = startProgram(t, ['ci'], { cwd: project.folder, env: { TILT_TS_TEST_RUN: id } });
  await program.waitFor(/\d building /);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130, program.output());
  await assertNothingLeft(`TILT_TS_TEST_RUN=${id}`);
  assert.deepEqual(project.containers(), []);
});

test('a service that crashes in up is told with what helps, and runs again after a change', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': TILTFILE,
    'compose.yml': 'services: {web: {build: .}}\n',
    Dockerfile: 'FROM busybox\nCMD ["sh", "-c", "echo bad; exit 5"]\n',
  });
  const program = startProgram(t, ['up'], { cwd: project.folder });
  await program.waitFor(/bad\n[\s\S]*exited with exit code 5\n[\s\S]*It runs again when something changes in /);
  writeFileSync(
    path.join(project.folder, 'Dockerfile'),
    'FROM busybox\nCMD ["sh", "-c", "echo good; exec sleep 1000"]\n',
  );
  await program.waitFor(/good\n/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});
