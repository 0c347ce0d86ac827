import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../../interpreter/builtin.ts';
import type { ScriptValue } from '../../../interpreter/value.ts';
import { Tagged } from '../../../interpreter/value.ts';
import { link } from '../../../stdlib/builtins/link.ts';
import { local } from '../../../stdlib/builtins/local.ts';
import { localResource, test as testBuiltin } from '../../../stdlib/builtins/local-resource.ts';
import { execAction, probe } from '../../../stdlib/builtins/probe.ts';
import { ciSettings, updateSettings } from '../../../stdlib/builtins/settings.ts';
import { emptyDeclarations } from '../../../stdlib/declarations.ts';
import { bind } from '../../../stdlib/schema/bind.ts';
import type { Builtin } from '../../../stdlib/schema/builtin.ts';
import type { Session } from '../../../stdlib/session.ts';
import { fakeCall, fakeWorld } from '../../support/fake-call.ts';

function newSession(checkContext: () => void = () => {}): Session {
  return {
    options: { mainFile: '/project/Tiltfile.js', args: [], subcommand: 'up', cwd: '/project', enabledNames: [] },
    declarations: emptyDeclarations(),
    resourceNames: new Set(),
    loading: new Set(),
    checkContext,
  };
}

const run = (session: Session, builtin: Builtin, ...args: ScriptValue[]): ScriptValue =>
  bind(builtin, session)(fakeCall(builtin.name, args));

test('local_resource declares all that it is given', () => {
  const session = newSession();
  const command = run(session, execAction, ['true']);
  run(session, localResource, {
    name: new Tagged('Blob', { text: 'api' }),
    cmd: '\n  make\n  make test\n',
    deps: ['a', './b/', '/etc/hosts'],
    trigger_mode: new Tagged('TriggerMode', { name: 'TRIGGER_MODE_MANUAL' }),
    resource_deps: ['db', 'db'],
    ignore: '*.tmp',
    auto_init: false,
    serve_cmd: ['./api', '--port', ''],
    cmd_bat: 'x.bat',
    allow_parallel: true,
    links: ['localhost:9000', run(session, link, 'www.a.test/x', 'n')],
    labels: ['b', 'a', 'b'],
    env: { B: '2', A: new Tagged('Blob', { text: '1' }) },
    serve_env: null,
    readiness_probe: run(session, probe, { exec: command, period_secs: 5 }),
    dir: 'sub/../x',
    serve_dir: null,
  });
  const [declared] = session.declarations.localResources;
  assert.deepEqual(declared?.update, {
    argv: ['sh', '-c', 'make\n  make test'],
    dir: '/project/x',
    env: ['A=1', 'B=2'],
  });
  assert.deepEqual(declared?.serve, { argv: ['./api', '--port', ''], dir: '/project', env: [] });
  assert.equal(declared?.name, 'api');
  assert.deepEqual(declared?.deps, ['/project/a', '/project/b', '/etc/hosts']);
  assert.equal(declared?.triggerMode, 'manual');
  assert.deepEqual(declared?.resourceDeps, ['db', 'db']);
  assert.deepEqual(declared?.ignores, ['*.tmp']);
  assert.deepEqual([declared?.autoInit, declared?.allowParallel], [false, true]);
  assert.deepEqual(
    declared?.links.map(({ url, name }) => [url.scheme, url.opaque, url.host, url.path, name]),
    [
      ['localhost', '9000', '', '', ''],
      ['http', '', '', 'www.a.test/x', 'n'],
    ],
  );
  assert.deepEqual(declared?.labels, ['b', 'a']);
  assert.deepEqual(declared?.readinessProbe, { action: { kind: 'exec', command: ['true'] }, periodSecs: 5 });
  assert.deepEqual(declared?.position, { file: '/project/Tiltfile.js', line: 1, column: 1 });
});

test('a probe without a server is left out with a warning', () => {
  const session = newSession();
  const readiness_probe = run(session, probe, { exec: run(session, execAction, ['true']) });
  run(session, localResource, 'x', 'true', { readiness_probe });
  assert.equal(session.declarations.localResources[0]?.readinessProbe, undefined);
  assert.deepEqual(session.declarations.warnings, [
    'Ignoring readiness probe for local resource "x" (no serve_cmd was defined)',
  ]);
});

test('test() is local_resource that may run in parallel', () => {
  const session = newSession();
  run(session, testBuiltin, 'unit', 'go test');
  run(session, testBuiltin, 'serial', 'go test', { allow_parallel: false });
  assert.deepEqual(
    session.declarations.localResources.map(({ allowParallel }) => allowParallel),
    [true, false],
  );
  assert.match(session.declarations.warnings[0] ?? '', /^test\(\) is deprecated/);
});

test('settings add up', () => {
  const session = newSession();
  run(session, updateSettings, { max_parallel_updates: 5, suppress_unused_image_warnings: 'a' });
  run(session, updateSettings, {
    k8s_upsert_timeout_secs: 60,
    suppress_unused_image_warnings: ['b'],
    max_parallel_updates: null,
  });
  assert.deepEqual(session.declarations.updateSettings, {
    maxParallelUpdates: 5,
    k8sUpsertTimeoutMs: 60_000,
    suppressUnusedImageWarnings: ['a', 'b'],
  });
  run(session, ciSettings, { timeout: '1h30m' });
  run(session, ciSettings, { readiness_timeout: '1.5s', k8s_grace_period: '0' });
  assert.deepEqual(session.declarations.ciSettings, {
    timeoutMs: 5_400_000,
    readinessTimeoutMs: 1500,
    k8sGracePeriodMs: 0,
  });
});

test('local does not run where the context is refused', () => {
  const session = newSession(() => {
    throw new Refusal('Refusing to run');
  });
  const world = fakeWorld();
  assert.throws(() => bind(local, session)(fakeCall('local', ['true'], { world })), { message: 'Refusing to run' });
  assert.deepEqual(world.commands, []);
});
