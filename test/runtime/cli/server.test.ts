import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, runProgram } from '../../support/program.ts';
import { served } from '../../support/served-program.ts';
import { skipWithout } from '../../support/testbed.ts';

const PROJECT = {
  'Tiltfile.ts': `
    local_resource('hello', 'echo hello');
    local_resource('srv', { serve_cmd: 'echo serves; exec sleep 1000' });
    local_resource('bad', 'exit 3');
  `,
};

test('kubectl reads, waits, describes and explains', { skip: skipWithout('kubectl') }, async (test) => {
  const { kubectl, program } = await served(test, PROJECT);
  const waited = kubectl(['wait', '--for=condition=Ready', 'uiresource/srv', '--timeout=20s']);
  assert.equal(waited.stdout, 'uiresource.tilt.dev/srv condition met\n', waited.stderr);
  const path = 'jsonpath={.status.updateStatus}';
  assert.equal(kubectl(['wait', `--for=${path}=error`, 'uiresource/bad', '--timeout=20s']).code, 0);
  assert.equal(kubectl(['wait', '--for=condition=Ready', 'uiresource/bad', '--timeout=1s']).code, 1);
  const table = kubectl(['get', 'uiresources']).stdout;
  assert.match(table, /^NAME +CREATED AT\n\(Tiltfile\) +20/);
  assert.equal(
    kubectl(['get', 'uiresource/srv', 'session/Tiltfile', '-o', 'name']).stdout,
    'uiresource.tilt.dev/srv\nsession.tilt.dev/Tiltfile\n',
  );
  assert.equal(JSON.parse(kubectl(['get', 'uiresource', 'srv', '-o', 'json']).stdout).status.runtimeStatus, 'ok');
  assert.match(kubectl(['get', 'cmd', 'srv-serve-1', '-o', 'yaml']).stdout, /running:\n +pid: \d+/);
  assert.match(kubectl(['get', 'uiresources', '-o', 'wide']).stdout, /^NAME +CREATED AT/);
  assert.match(kubectl(['describe', 'uiresource', 'bad']).stdout, /Reason: +UpdateError/);
  assert.match(kubectl(['explain', 'uibutton.spec']).stdout, /requiresConfirmation\t<boolean>/);
  assert.match(
    kubectl(['api-resources']).stdout,
    /kubernetesdiscoveries +kd,kdisco +tilt\.dev\/v1alpha1 +false +KubernetesDiscovery/,
  );
  const missing = kubectl(['get', 'uiresource', 'nosuch']);
  assert.equal(missing.stderr, 'Error from server (NotFound): uiresources.tilt.dev "nosuch" not found\n');
  assert.equal(missing.code, 1);
  program.signal('SIGINT');
  await program.exit;
});

test('kubectl makes, changes and deletes objects, and they act', { skip: skipWithout('kubectl') }, async (test) => {
  const { kubectl, program } = await served(test, PROJECT);
  await program.waitFor(/srv │ serves/);
  const object = (kind: string, name: string, body: object) =>
    JSON.stringify({
      apiVersion: 'tilt.dev/v1alpha1',
      kind,
      metadata: { name, annotations: { 'tilt.dev/resource': 'srv' } },
      ...body,
    });
  const command = (text: string) =>
    object('Cmd', 'mine', { spec: { args: ['sh', '-c', `echo ${text}; exec sleep 1000`] } });
  assert.equal(kubectl(['create', '-f', '-'], command('first')).stdout, 'cmd.tilt.dev/mine created\n');
  await program.waitFor(/srv │ first/);
  assert.equal(kubectl(['apply', '-f', '-'], command('second')).stdout, 'cmd.tilt.dev/mine configured\n');
  await program.waitFor(/srv │ second/);
  assert.equal(kubectl(['apply', '-f', '-'], command('second')).stdout, 'cmd.tilt.dev/mine unchanged\n');
  assert.equal(kubectl(['wait', '--for=jsonpath={.status.ready}=true', 'cmd/mine', '--timeout=10s']).code, 0);
  assert.equal(kubectl(['delete', 'cmd', 'mine']).stdout, 'cmd.tilt.dev "mine" deleted\n');
  assert.equal(
    kubectl(['apply', '--server-side', '-f', '-'], object('ConfigMap', 'flags', { data: { a: '1' } })).stdout,
    'configmap.tilt.dev/flags serverside-applied\n',
  );
  assert.equal(kubectl(['label', 'configmap', 'flags', 'team=x']).code, 0);
  assert.equal(kubectl(['get', 'cm', '-l', 'team=x', '-o', 'name']).stdout, 'configmap.tilt.dev/flags\n');
  const typo = object('UIButton', 'b', {
    spec: { txt: 'Go', location: { componentID: 'srv', componentType: 'Resource' } },
  });
  assert.match(kubectl(['create', '-f', '-'], typo).stderr, /unknown field "spec\.txt"/);
  assert.equal(
    kubectl(['patch', 'cm', 'srv-disable', '--type', 'merge', '-p', '{"data":{"isDisabled":"true"}}']).code,
    0,
  );
  await program.waitFor(/Resource "srv" is disabled/);
  assert.equal(
    kubectl(['get', 'uiresource', 'srv', '-o', 'jsonpath={.status.disableStatus.state}']).stdout,
    'Disabled',
  );
  assert.equal(
    kubectl([
      'patch',
      'cm',
      'srv-disable',
      '--type',
      'json',
      '-p',
      '[{"op":"replace","path":"/data/isDisabled","value":"false"}]',
    ]).code,
    0,
  );
  await program.waitFor(/disabled[\s\S]*srv │ serves/);
  assert.match(kubectl(['delete', 'uiresource', 'srv']).stderr, /MethodNotAllowed/);
});

test('kubectl applies on both sides: what is declared no more goes, what others own is a conflict', {
  skip: skipWithout('kubectl'),
}, async (test) => {
  const { kubectl } = await served(test, {
    'Tiltfile.ts': "v1alpha1.config_map('declared', { data: { a: '1' } }); local_resource('hello', 'true');",
  });
  const flags = (data: object) =>
    JSON.stringify({ apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name: 'flags' }, data });
  const said = (args: readonly string[], stdin?: string) => {
    const { stdout, stderr } = kubectl(args, stdin);
    return (stdout + stderr).trim();
  };
  const now = () => JSON.parse(kubectl(['get', 'cm', 'flags', '-o', 'jsonpath={.data}']).stdout);
  const onServer = ['apply', '--server-side', '-f', '-'];

  said(['apply', '-f', '-'], flags({ a: '1', b: '2' }));
  assert.equal(said(['apply', '-f', '-'], flags({ a: '1' })), 'configmap.tilt.dev/flags configured');
  assert.deepEqual(now(), { a: '1' });
  said(['patch', 'cm', 'flags', '--type', 'json', '-p', '[{"op":"add","path":"/data/patched","value":"1"}]']);

  // What was applied from the client is taken over.
  assert.equal(said(onServer, flags({ a: '1', b: '2' })), 'configmap.tilt.dev/flags serverside-applied');
  assert.deepEqual(now(), { a: '1', b: '2', patched: '1' });
  said(onServer, flags({ a: '2' }));
  assert.deepEqual(now(), { a: '2', patched: '1' });

  said(['patch', 'cm', 'flags', '--type', 'merge', '-p', '{"data":{"a":"3"}}']);
  assert.match(
    said(onServer, flags({ a: '2' })),
    /1 conflict: conflict with "kubectl-patch" using tilt\.dev\/v1alpha1: \.data\.a/,
  );
  assert.deepEqual(now(), { a: '3', patched: '1' });
  assert.equal(
    said([...onServer, '--force-conflicts'], flags({ a: '2' })),
    'configmap.tilt.dev/flags serverside-applied',
  );
  assert.deepEqual(now(), { a: '2', patched: '1' });

  const { code, stdout } = kubectl(['diff', '--server-side', '-f', '-'], flags({ a: '4' }));
  assert.equal(code, 1);
  assert.match(stdout, /^- {2}a: "2"\n\+ {2}a: "4"$/m);
  assert.equal(kubectl(['diff', '--server-side', '-f', '-'], flags({ a: '2' })).code, 0);
  assert.match(
    said(onServer, flags({ a: '2' }).replace('"flags"', '"declared"')),
    /conflict with "tilt" using tilt\.dev\/v1alpha1: \.data\.a/,
  );
});

test('kubectl watches', { skip: skipWithout('kubectl') }, async (test) => {
  const { kubectl, devFolder, port } = await served(test, PROJECT);
  const args = [
    '--kubeconfig',
    path.join(devFolder, 'config'),
    '--context',
    `tilt-${port}`,
    '--cache-dir',
    path.join(devFolder, 'cache'),
  ];
  const watch = spawn('kubectl', [...args, 'get', 'configmaps', '--watch', '-o', 'name']);
  test.after(() => void watch.kill());
  let seen = '';
  watch.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
  });
  await pollUntil(() => seen.includes('srv-disable'), 20_000, 'the first list');
  kubectl(
    ['create', '-f', '-'],
    JSON.stringify({ apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name: 'late' } }),
  );
  await pollUntil(() => seen.includes('configmap.tilt.dev/late'), 20_000, 'the new config map');
});

test('buttons of a Tiltfile start commands with what was chosen, and a click on another one stops a build', {
  skip: skipWithout('kubectl'),
}, async (test) => {
  const { kubectl, program } = await served(test, {
    'Tiltfile.ts': `
      local_resource('slow', 'echo begins; exec sleep 1000');
      v1alpha1.ui_button('count', {
        text: 'Count', location: { component_type: 'Resource', component_id: 'slow' },
        inputs: [{ name: 'UNTIL', label: 'how far', text: { default_value: '3' } }],
      });
      v1alpha1.cmd('btn-count', {
        annotations: { 'tilt.dev/resource': 'slow' },
        args: ['sh', '-c', 'echo counts to $UNTIL in $WHERE'], env: ['WHERE=decimal'], start_on: { ui_buttons: ['count'] },
      });
    `,
  });
  const click = (button: string, inputs: readonly object[]) => {
    const status = { lastClickedAt: new Date().toISOString(), inputs };
    return kubectl([
      'patch',
      'uibutton',
      button,
      '--subresource',
      'status',
      '--type',
      'merge',
      '-p',
      JSON.stringify({ status }),
    ]);
  };
  assert.equal(
    kubectl(['get', 'cmd', 'btn-count', '-o', 'jsonpath={.status.waiting.reason}']).stdout,
    'cmd StartOn has not been triggered',
  );
  const clicked = click('count', [{ name: 'UNTIL', text: { value: '12' } }]);
  assert.equal(clicked.code, 0, clicked.stderr);
  await program.waitFor(/slow │ counts to 12 in decimal/);
  assert.equal(
    kubectl(['wait', '--for=jsonpath={.status.terminated.exitCode}=0', 'cmd/btn-count', '--timeout=10s']).code,
    0,
  );
  await program.waitFor(/slow │ begins/);
  assert.equal(click('slow-stopbuild', []).code, 0);
  await program.waitFor(/ERROR: Build Failed: build canceled/);
  assert.equal(click('toggle-slow-disable', [{ name: 'action', hidden: { value: 'on' } }]).code, 0);
  await program.waitFor(/Resource "slow" is disabled/);
});

test('a file watch of the API starts a command again', { skip: skipWithout('kubectl') }, async (test) => {
  const cwd = makeProject(test, { 'watched/a.txt': '1' });
  const { kubectl, program } = await served(test, PROJECT);
  const object = (kind: string, spec: object) =>
    JSON.stringify({ apiVersion: 'tilt.dev/v1alpha1', kind, metadata: { name: 'mine' }, spec });
  kubectl(['create', '-f', '-'], object('FileWatch', { watchedPaths: [path.join(cwd, 'watched')] }));
  kubectl(
    ['create', '-f', '-'],
    object('Cmd', { args: ['sh', '-c', 'echo looks at it'], restartOn: { fileWatches: ['mine'] } }),
  );
  await program.waitFor(/looks at it/);
  let text = 2;
  // The watch begins a moment after the object is there.
  await pollUntil(
    () => {
      writeFileSync(path.join(cwd, 'watched/a.txt'), String(text++));
      return (program.output().match(/looks at it\n/g) ?? []).length >= 2;
    },
    30_000,
    'the second run',
  );
  const seen = JSON.parse(kubectl(['get', 'filewatch', 'mine', '-o', 'json']).stdout).status.fileEvents;
  assert.deepEqual(seen[0].seenFiles, [path.join(cwd, 'watched/a.txt')]);
});

test('commands know where their session is; its entry goes when it ends', async (test) => {
  const tiltfile = `print('tiltfile: ' + os.environ.TILT_PORT);\nlocal_resource('env', 'echo "command: $TILT_HOST $TILT_PORT"');`;
  const { program, port, devFolder } = await served(test, { 'Tiltfile.ts': tiltfile });
  await program.waitFor(new RegExp(`tiltfile: ${port}\\n`));
  await program.waitFor(new RegExp(`command: localhost ${port}\\n`));
  assert.match(readFileSync(path.join(devFolder, 'config'), 'utf8'), new RegExp(`tilt-${port}`));
  program.signal('SIGINT');
  await program.exit;
  assert.doesNotMatch(readFileSync(path.join(devFolder, 'config'), 'utf8'), /tilt-/);
});

test('a port that is in use: up says who has it, ci takes another unless it was asked for that one', async (test) => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  test.after(() => void holder.close());
  const { port } = holder.address() as { port: number };
  const cwd = makeProject(test, { 'Tiltfile.ts': `local_resource('env', 'echo "at $TILT_PORT"');` });
  const asked = await runProgram(test, ['up', '--port', String(port)], { cwd });
  assert.equal(asked.code, 1);
  assert.match(asked.stderr, new RegExp(`Error: Cannot start, because .*process.* already listens on port ${port}\\.`));
  assert.match(asked.stderr, /--port 0/);
  assert.equal((await runProgram(test, ['ci', '--port', String(port)], { cwd })).code, 1);
  const other = await runProgram(test, ['ci'], { cwd, env: { TILT_PORT: String(port) } });
  assert.equal(other.code, 0, other.stderr);
  assert.match(other.stdout, /at \d+/);
  assert.doesNotMatch(other.stdout, new RegExp(`at ${port}\\n`));
  assert.equal((await runProgram(test, ['ci', '--port', 'x'], { cwd })).code, 2);
});
