import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plannedCommands } from '../../../runtime/engine/command-plan.ts';
import { watchTargets } from '../../../runtime/engine/watch-targets.ts';
import type { ApiResource } from '../../../stdlib/model/api-object.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';
import { graph, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

type Fields = { readonly [key: string]: Json };

function put(
  session: Replay,
  resource: ApiResource,
  name: string,
  body: Fields,
  annotations: Record<string, string> = {},
): Replay {
  return session.event({ kind: 'object-put', object: { resource, name, labels: {}, annotations, body } });
}

function cmd(session: Replay, name: string, spec: Fields): Replay {
  return put(session, 'cmds', name, { spec: { args: ['run'], ...spec } });
}

const runs = (session: Replay) => plannedCommands(session.state).map(({ run }) => run);
const click = (session: Replay, button: string, inputs: readonly Json[] = []) =>
  session.wait(5).event({ kind: 'button-clicked', button, stamp: String(session.now), inputs });

test('a command runs at once; another declaration is another run', () => {
  const session = cmd(new Replay(), 'c', { dir: '/a', env: ['A=1'] });
  const [plan] = plannedCommands(session.state);
  assert.deepEqual(plan?.command, { argv: ['run'], dir: '/a', env: ['A=1'] });
  const before = runs(session);
  assert.deepEqual(runs(put(session, 'configmaps', 'other', { data: {} })), before);
  assert.notDeepEqual(runs(cmd(session, 'c', { dir: '/b' })), before);
  session.event({ kind: 'object-removed', resource: 'cmds', name: 'c' });
  assert.deepEqual(runs(session), []);
});

test('a command that a button starts waits for the click, and gets what was chosen', () => {
  const session = new Replay();
  const inputs = [
    { name: 'TEXT', text: { defaultValue: 'word' } },
    { name: 'YES', bool: { defaultValue: true, trueString: 'on' } },
    { name: 'NO', bool: {} },
    { name: 'HIDDEN', hidden: { value: 'h' } },
    { name: 'CHOICE', choice: { choices: ['a', 'b'] } },
  ];
  put(session, 'uibuttons', 'go', { spec: { text: 'Go', inputs } });
  cmd(session, 'c', { startOn: { uiButtons: ['go'] }, env: ['X=1'] });
  assert.deepEqual(runs(session), []);
  click(session, 'go');
  assert.deepEqual(plannedCommands(session.state)[0]?.command.env, [
    'X=1',
    'TEXT=word',
    'YES=on',
    'NO=false',
    'HIDDEN=h',
    'CHOICE=a',
  ]);
  const before = runs(session);
  click(session, 'go', [
    { name: 'TEXT', text: { value: 'given' } },
    { name: 'YES', bool: { value: false } },
    { name: 'HIDDEN', hidden: { value: 'forged' } },
    { name: 'CHOICE', choice: { value: 'b' } },
  ]);
  assert.notDeepEqual(runs(session), before);
  assert.deepEqual(plannedCommands(session.state)[0]?.command.env.slice(1), [
    'TEXT=given',
    'YES=false',
    'NO=false',
    'HIDDEN=h',
    'CHOICE=b',
  ]);
  click(session, 'go', [{ name: 'CHOICE', choice: { value: 'none of them' } }]);
  assert.equal(plannedCommands(session.state)[0]?.command.env.at(-1), 'CHOICE=a');
});

test('a click from before the command was there does not start it', () => {
  const session = put(new Replay(), 'uibuttons', 'go', { spec: { text: 'Go' } });
  click(session, 'go').wait(5);
  assert.deepEqual(runs(cmd(session, 'c', { startOn: { uiButtons: ['go'] } })), []);
});

test('a changed file starts a command again', () => {
  const session = put(new Replay(), 'filewatches', 'src', {
    spec: { watchedPaths: ['/src'], ignores: [{ basePath: '/src/out' }] },
  });
  cmd(session, 'c', { restartOn: { fileWatches: ['src'] } });
  assert.deepEqual(watchTargets(session.state), [
    { id: 'filewatch:src', paths: ['/src'], ignores: [{ basePath: '/src/out', patterns: [], source: '' }] },
  ]);
  const before = runs(session);
  session.wait(5).event({ kind: 'files-changed', id: 'filewatch:src', paths: ['/src/a'] });
  assert.notDeepEqual(runs(session), before);
  assert.deepEqual(session.state.api.watches.get('src')?.events[0]?.paths, ['/src/a']);
});

test('a config map switches a command off, that of a resource too', () => {
  const session = new Replay().load(graph([local('web')]));
  put(session, 'configmaps', 'flags', { data: { off: 'true' } });
  cmd(session, 'c', { disableSource: { configMap: { name: 'flags', key: 'off' } } });
  cmd(session, 'd', { disableSource: { configMap: { name: 'web-disable', key: 'isDisabled' } } });
  const names = () => plannedCommands(session.state).map(({ name }) => name);
  assert.deepEqual(names(), ['d']);
  put(session, 'configmaps', 'flags', { data: { off: 'false' } });
  assert.deepEqual(names(), ['c', 'd']);
  session.event({ kind: 'resources-enabled', names: ['web'], enabled: false });
  assert.deepEqual(names(), ['c']);
});

test('a probe is read as Kubernetes writes it', () => {
  const httpGet = { port: 80, path: '/ready', scheme: 'HTTPS', host: 'h' };
  const session = cmd(new Replay(), 'c', { readinessProbe: { periodSeconds: 2, httpGet } });
  assert.deepEqual(plannedCommands(session.state)[0]?.probe, {
    action: { kind: 'http', port: 80, path: '/ready', scheme: 'HTTPS', host: 'h' },
    periodSecs: 2,
  });
});

test('objects of the Tiltfile come and go with it; those of clients stay', () => {
  const position = { file: '/project/Tiltfile', line: 1, column: 1 };
  const object = (name: string) => ({
    resource: 'cmds' as const,
    name,
    labels: {},
    annotations: {},
    body: { spec: { args: ['x'] } },
    position,
  });
  const session = new Replay().load({ ...graph([]), apiObjects: [object('one'), object('two')] });
  cmd(session, 'own', {});
  const kept = session.state.api.objects.get('cmds/two');
  session.load({ ...graph([]), apiObjects: [object('two'), object('three')] });
  assert.deepEqual([...session.state.api.objects.keys()].sort(), ['cmds/own', 'cmds/three', 'cmds/two']);
  assert.equal(session.state.api.objects.get('cmds/two'), kept);
});
