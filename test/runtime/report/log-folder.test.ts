import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FileNames } from '../../../runtime/report/file-name.ts';
import { LogFolder } from '../../../runtime/report/log-folder.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import { makeProject } from '../../support/program.ts';

test('each resource has a file, each container one of its own, the Tiltfile another', async (t) => {
  const folder = makeProject(t, { 'web.log': 'of an earlier run\n' });
  const store = createLogStore({ now: () => Date.UTC(2030, 0, 1) });
  const logs = new LogFolder(folder, assert.fail);
  store.subscribe(logs);
  const write = (resource: string, span: string, text: string) =>
    store.open({ resource, source: 'runtime', span }).write(`${text}\n`);
  write('', 'tiltfile:1', 'loading');
  write('web', 'build:1', '\u001b[32mbuilding\u001b[0m');
  write('web', 'pod:web:web-1:app', '[app] up');
  write('web', 'pod:web:web-1:sidecar', '[sidecar] up');
  write('svc', 'container:svc:0f3a', 'hello');
  write('tiltfile', 'build:2', 'a resource of this name');
  await logs.flush();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const text = (file: string) =>
    readFileSync(path.join(folder, file), 'utf8').replaceAll('2030-01-01T00:00:00.000Z ', '');
  assert.equal(files.length, 7);
  assert.equal(text('tiltfile.log'), 'loading\n');
  assert.equal(text('web.log'), 'building\n[app] up\n[sidecar] up\n');
  assert.equal(text('containers/web/web-1.app.log'), '[app] up\n');
  assert.equal(text('containers/web/web-1.sidecar.log'), '[sidecar] up\n');
  assert.equal(text('containers/svc/0f3a.log'), 'hello\n');
});

test('nothing of a burst is lost, and who writes it is asked to wait', async (t) => {
  const folder = makeProject(t, {});
  const store = createLogStore();
  const logs = new LogFolder(folder, assert.fail);
  store.subscribe(logs);
  const writer = store.open({ resource: 'web', source: 'build', span: 'build:1' });
  let waited = 0;
  for (let number = 0; number < 100_000; number++) {
    writer.write(`${number} ${'x'.repeat(60)}\n`);
    const backlog = writer.backlog();
    if (backlog !== undefined) {
      waited++;
      await backlog;
    }
  }
  await logs.flush();
  assert.ok(waited > 0);
  const lines = readFileSync(path.join(folder, 'web.log'), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 100_000);
  assert.ok(lines.every((line, number) => line.split(' ')[1] === String(number)));
});

test('a full disk is told once, and holds nobody up', {
  skip: process.platform === 'linux' ? false : 'no /dev/full',
}, async (t) => {
  const folder = makeProject(t, {});
  symlinkSync('/dev/full', path.join(folder, 'web.log'));
  const warnings: string[] = [];
  const logs = new LogFolder(folder, (message) => void warnings.push(message));
  const store = createLogStore();
  store.subscribe(logs);
  const writer = store.open({ resource: 'web', source: 'build', span: 'build:1' });
  for (let round = 0; round < 3; round++) {
    writer.write('x\n'.repeat(1000));
    await logs.flush();
  }
  assert.equal(logs.backlog(), undefined);
  assert.deepEqual(warnings, [
    `Cannot write logs to "${folder}" any more: no space left on the device; the run goes on without them`,
  ]);
});

test('names of files are safe everywhere, and no two texts share one', () => {
  const names = new FileNames(['tiltfile']);
  const odd = [
    'web',
    'Web',
    'a/b',
    'a:b',
    '..',
    '.',
    '',
    'con',
    'NUL.txt',
    'tiltfile',
    'ü'.repeat(300),
    'é',
    'x'.repeat(400),
    'x'.repeat(401),
    'a\nb',
    '*?"<>|',
  ];
  const made = odd.map((text) => names.of(text));
  assert.equal(new Set(made.map((name) => name.toLowerCase())).size, odd.length, made.join('\n'));
  for (const name of made) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    assert.doesNotMatch(name, /[\\/:*?"<>|\x00-\x1f]|^\.|^(con|nul)(\.|$)/i);
    assert.ok(Buffer.byteLength(name) <= 200 && name !== '');
  }
  assert.deepEqual(
    odd.map((text) => names.of(text)),
    made,
  );
});

test('a folder that cannot be made is a warning too', async (t) => {
  const folder = makeProject(t, {});
  writeFileSync(path.join(folder, 'file'), '');
  const warnings: string[] = [];
  const logs = new LogFolder(path.join(folder, 'file', 'logs'), (message) => void warnings.push(message));
  logs.line({ sequence: 1, at: 0, resource: 'a', source: 'build', span: 'b', level: 'info', text: 'x' });
  await logs.flush();
  assert.match(warnings[0] ?? '', /a part of the path is a file/);
});
