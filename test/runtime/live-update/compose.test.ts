import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type ComposeProject, composeProject } from '../../support/compose-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('docker', 'compose', 'busybox');
const SERVE = 'trap exit TERM; while true; do sleep 0.2; done';
const compose = (service: string) => `services:\n  web: {image: $NAME/web, ${service}}\n`;
const shell = (script: string) => `command: ["sh", "-c", ${JSON.stringify(script)}]`;
const tiltfile = (steps: string) =>
  `docker_build('$NAME/web', 'web', { live_update: [${steps}] });\ndocker_compose('compose.yml', { project_name: '$NAME' });\n`;

test('a service gets files, deletes them, runs commands and starts anew', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': tiltfile(
      "sync('web/www', '/www'), run('cat /www/a; id -u', { trigger: 'web/www/a' }), restart_container()",
    ),
    'web/Dockerfile':
      'FROM busybox\nRUN echo app:x:1234:1234::/:/bin/sh >> /etc/passwd && mkdir -p /www && chown app /www\nCOPY --chown=app www /www\nUSER app\n',
    'web/www/a': '1\n',
    'web/www/b': '1',
    'compose.yml': compose(shell(`echo started with $$(cat /www/a); ${SERVE}`)),
  });
  const program = startProgram(t, ['up'], { cwd: project.folder });
  await program.waitFor(/started with 1/);
  const before = inspect(project, '{{.Id}}');
  const startedAt = inspect(project, '{{.State.StartedAt}}');
  writeFileSync(path.join(project.folder, 'web/www/a'), '2\n');
  await program.waitFor(
    /Will copy 1 file\(s\) to container: \[\S+-web-1\]\n.*--> '\/www\/a'\n.*\[CMD 1\/1\] sh -c cat[\s\S]*│ 2\n.*│ 1234\n[\s\S]*→ Container \S+-web-1 updated!/,
  );
  await program.waitFor(/started with 2/);
  assert.doesNotMatch(program.output(), /ERROR/);
  assert.equal(inspect(project, '{{.Id}}'), before);
  assert.notEqual(inspect(project, '{{.State.StartedAt}}'), startedAt);
  assert.equal(sh(project, 'stat -c %u:%g /www/a'), '1234:1234');
  rmSync(path.join(project.folder, 'web/www/b'));
  await program.waitFor(/Will delete 1 file\(s\) from container: [\s\S]*'\/www\/b'[\s\S]*updated!/);
  assert.equal(sh(project, 'ls /www'), 'a');
});

test('an image without a shell gets files all the same; deleting some builds it, and says why', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js': tiltfile("sync('web/www', '/www')"),
    'web/Dockerfile':
      'FROM busybox AS tools\nFROM scratch\nCOPY --from=tools /bin/busybox /bin/httpd\nCOPY www /www\nCMD ["/bin/httpd", "-f", "-h", "/www", "-p", "8000"]\n',
    'web/www/index.html': 'one',
    'compose.yml': compose('ports: ["127.0.0.1::8000"]'),
  });
  const program = startProgram(t, ['up'], { cwd: project.folder });
  await program.waitFor(/DONE IN/);
  const page = async (): Promise<string> => {
    const port = inspect(project, '{{(index (index .NetworkSettings.Ports "8000/tcp") 0).HostPort}}');
    const answer = await fetch(`http://127.0.0.1:${port}/index.html`).catch(() => undefined);
    return answer ? answer.text() : '';
  };
  await pollUntil(async () => (await page()) === 'one', 10_000, 'the first page');
  const before = inspect(project, '{{.Id}}');
  writeFileSync(path.join(project.folder, 'web/www/index.html'), 'two');
  await program.waitFor(/updated!/);
  assert.equal(await page(), 'two');
  writeFileSync(path.join(project.folder, 'web/www/extra'), 'x');
  await program.waitFor(/(?:updated![\s\S]*){2}/);
  assert.equal(inspect(project, '{{.Id}}'), before);
  rmSync(path.join(project.folder, 'web/www/extra'));
  await program.waitFor(
    /UpdateFailed: Updating container \S+: files cannot be deleted: the image has no "rm"[\s\S]*DONE IN/,
  );
  await pollUntil(async () => (await page()) === 'two', 10_000, 'the page of the new image');
  assert.notEqual(inspect(project, '{{.Id}}'), before);
});

test('initial_sync brings all files that count into each new container', { skip }, async (t) => {
  const project = composeProject(t, {
    'Tiltfile.js':
      "docker_build('$NAME/web', 'web', { only: ['Dockerfile', 'www'], ignore: ['www/secret'], live_update: [initial_sync(), sync('web/www', '/app'), run('ls /app')] });\n" +
      "docker_compose('compose.yml', { project_name: '$NAME' });\n",
    'web/Dockerfile': 'FROM busybox\n',
    'web/www/one': '1',
    'web/www/below/two': '2',
    'web/www/secret': '3',
    'compose.yml': compose(shell(SERVE)),
  });
  const program = startProgram(t, ['up'], { cwd: project.folder });
  await program.waitFor(
    /Initial sync: will copy sync paths to container: \[\S+-web-1\]\n.*web\/www' --> '\/app'[\s\S]*updated!/,
  );
  assert.equal(sh(project, 'find /app -type f | sort'), '/app/below/two\n/app/one');
  writeFileSync(path.join(project.folder, 'web/www/one'), '11');
  await program.waitFor(/Will copy 1 file[\s\S]*updated!/);
  assert.equal(sh(project, 'cat /app/one'), '11');
});

function inspect(project: ComposeProject, format: string): string {
  return docker('inspect', '-f', format, `${project.name}-web-1`);
}

function sh(project: ComposeProject, script: string): string {
  return docker('exec', `${project.name}-web-1`, 'sh', '-c', script);
}

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}
