import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

const TILTFILE = `
import { config, local_resource } from 'tilt';
config.define_string_list('args', { args: true });
print('args: ' + (config.parse().args ?? []).join(','));
local_resource('job', 'echo worked', { labels: ['jobs'] });
local_resource('srv', { serve_cmd: 'echo serves; sleep 1000', resource_deps: ['job'] });
local_resource('bad', 'echo oops; exit 3', { auto_init: false });
`;

/** A session that runs, and how to ask it. */
async function session(t: TestContext) {
  const cwd = makeProject(t, { 'Tiltfile.js': TILTFILE });
  const program = startProgram(t, ['up', '--port', '0', '--stream'], { cwd });
  const [, port = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  await program.waitFor(/srv │ serves/);
  const ask = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runProgram(t, args.includes('--') ? [args[0] ?? '', '--port', port, ...args.slice(1)] : [...args, '--port', port], {
      cwd,
      env,
    });
  return { cwd, program, ask };
}

test('objects of a running session are printed, waited for and changed', async (t) => {
  const { cwd, ask } = await session(t);
  const names = await ask(['get', 'uiresources', '-o', 'name']);
  assert.deepEqual(names.stdout.trim().split('\n').sort(), [
    'uiresource.tilt.dev/(Tiltfile)',
    'uiresource.tilt.dev/bad',
    'uiresource.tilt.dev/job',
    'uiresource.tilt.dev/srv',
  ]);
  assert.match((await ask(['get', 'uiresource', 'srv'])).stdout, /^NAME {2}\s+CREATED AT\nsrv\s+\d{4}-/);
  assert.equal((await ask(['get', 'uiresource/srv', '-o', 'jsonpath={.status.runtimeStatus}'])).stdout, 'ok');
  const missing = await ask(['get', 'uiresource', 'nosuch']);
  assert.deepEqual(
    [missing.code, missing.stderr],
    [1, 'Error from server (NotFound): uiresources.tilt.dev "nosuch" not found\n'],
  );
  assert.match(
    (await ask(['get', 'nosuch'])).stderr,
    /^Error: The server has no objects of the type "nosuch"\. There are clusters, /,
  );
  const met = await ask(['wait', 'uiresource/srv', '--for=condition=Ready']);
  assert.deepEqual([met.code, met.stdout], [0, 'uiresource.tilt.dev/srv condition met\n']);
  const late = await ask(['wait', 'uiresource/bad', '--for=condition=Ready', '--timeout', '10ms']);
  assert.deepEqual([late.code, late.stderr], [1, 'error: timed out waiting for the condition on uiresources/bad\n']);
  assert.match((await ask(['describe', 'uiresource', 'srv'])).stdout, /\n {2}Dependencies:\n {4}job\n/);

  const file = path.join(cwd, 'flags.yaml');
  const object = (value: string, more = '') =>
    `apiVersion: tilt.dev/v1alpha1\nkind: ConfigMap\nmetadata: {name: flags}\ndata: {a: "${value}"${more}}\n`;
  writeFileSync(file, object('1', ', b: "2"'));
  const apply = async () => (await ask(['apply', '-f', file])).stdout;
  const data = async () => (await ask(['get', 'cm/flags', '-o', 'jsonpath={.data}'])).stdout;
  assert.equal(await apply(), 'configmap.tilt.dev/flags created\n');
  assert.equal(await apply(), 'configmap.tilt.dev/flags unchanged\n');
  writeFileSync(file, object('3'));
  assert.equal(await apply(), 'configmap.tilt.dev/flags configured\n');
  assert.equal(await data(), '{"a":"3"}');
  assert.equal(
    (await ask(['patch', 'cm/flags', '-p', '{"data":{"c":"4"}}'])).stdout,
    'configmap.tilt.dev/flags patched\n',
  );
  const editor = path.join(cwd, 'editor');
  writeFileSync(editor, '#!/bin/sh\nsed -i s/\\"4\\"/\\"5\\"/ "$1"\n');
  chmodSync(editor, 0o755);
  const edited = await ask(['edit', 'cm/flags'], { TILT_EDITOR: editor });
  assert.deepEqual([edited.stdout, edited.stderr], ['configmap.tilt.dev/flags edited\n', '']);
  assert.equal(await data(), '{"a":"3","c":"5"}');
  assert.equal((await ask(['edit', 'cm/flags'], { EDITOR: 'true' })).stderr, 'Edit cancelled, no changes made.\n');
  assert.equal((await ask(['delete', 'cm', 'flags'])).stdout, 'configmap.tilt.dev "flags" deleted\n');
  assert.match((await ask(['api-resources'])).stdout, /\nconfigmaps\s+cm\s+tilt\.dev\/v1alpha1\s+false\s+ConfigMap\n/);
});

test('a running session updates, switches off and on, and takes other arguments', async (t) => {
  const { program, ask } = await session(t);
  assert.equal((await ask(['trigger', 'bad'])).stdout, 'Successfully triggered update for resource: "bad"\n');
  await program.waitFor(/bad │ CLI Trigger[\s\S]*bad │ oops/);
  const missing = await ask(['trigger', 'nosuch']);
  assert.deepEqual([missing.code, missing.stderr], [1, 'Error: (404): resource "nosuch" does not exist\n']);

  assert.equal((await ask(['disable', 'srv'])).code, 0);
  await program.waitFor(/Resource "srv" is disabled/);
  const off = await ask(['trigger', 'srv']);
  assert.deepEqual([off.code, off.stderr], [1, 'Error: resource "srv" is currently disabled\n']);
  assert.equal((await ask(['enable', '--only', 'srv', 'job'])).code, 0);
  await program.waitFor(/Resource "srv" is disabled[\s\S]*srv │ serves/);
  assert.match((await ask(['enable', 'nosuch'])).stderr, /^Error: no such resource "nosuch"/);
  assert.match((await ask(['enable'])).stderr, /^Error: Say which resources/);

  const changed = await ask(['args', '--', 'x', 'y']);
  assert.match(changed.stderr, /^Changed config args for Tilt running at localhost:\d+ to \[x y\]\n$/);
  await program.waitFor(/args: x,y/);
  assert.match((await ask(['args', '--', 'x', 'y'])).stderr, /already running with those args/);
});

test('the log, the tree and dumps of a running session', async (t) => {
  const { ask } = await session(t);
  assert.equal((await ask(['logs', 'job'])).stdout, '\nInitial Build\nRunning cmd: echo worked\nworked\n');
  assert.match((await ask(['logs'])).stdout, /\n {10}job │ worked\n[\s\S]*\n {10}srv │ serves\n/);
  assert.equal((await ask(['logs', 'job', '--tail', '1'])).stdout, 'worked\n');
  assert.equal(JSON.parse((await ask(['logs', 'job', '--tail', '1', '--json'])).stdout).message, 'worked');
  const missing = await ask(['logs', 'nosuch']);
  assert.deepEqual([missing.code, /no such resource: nosuch/.test(missing.stderr)], [1, true]);
  assert.match((await ask(['alpha', 'tree-view'])).stdout, /\n.*── job {2}\(.*\)\n.*└── srv {2}\(/);
  const snapshot = JSON.parse((await ask(['snapshot', 'create'])).stdout);
  assert.deepEqual(Object.keys(snapshot), ['view', 'createdAt']);
  assert.ok(JSON.parse((await ask(['dump', 'webview'])).stdout).uiResources.length === 4);
  assert.ok('segments' in JSON.parse((await ask(['dump', 'logstore'])).stdout));
  assert.equal(typeof JSON.parse((await ask(['dump', 'engine'])).stdout), 'object');
});

test('another program on the port, such as Tilt, is told from a session', async (t) => {
  // Tilt answers with its page whatever it does not know.
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end('<!doctype html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const cwd = makeProject(t, {});
  for (const words of [
    ['get', 'uiresources'],
    ['logs', 'a'],
    ['trigger', 'a'],
    ['dump', 'engine'],
  ]) {
    const { code, stderr } = await runProgram(t, [...words, '--host', '127.0.0.1', '--port', String(port)], { cwd });
    assert.match(stderr, /^Error: No tilt-ts found that listens on 127\.0\.0\.1:\d+ \(another program listens there/);
    assert.equal(code, 4, words.join(' '));
  }
});
