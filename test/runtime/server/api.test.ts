import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { API, servedSession } from '../../support/served-session.ts';

const MERGE = { method: 'PATCH', type: 'application/merge-patch+json' };
const TABLE = {
  'X-Tilt-Token': '11111111-2222-3333-4444-555555555555',
  Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
};

function configMap(name: string, data: Record<string, string>, more: object = {}) {
  return { apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name, ...more }, data };
}

test('discovery lists every kind with what can be done with it', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  assert.equal((await ask('/apis')).json.groups[0].name, 'tilt.dev');
  const { resources } = (await ask(API)).json;
  const verbs = (name: string) => resources.find((one: { name: string }) => one.name === name)?.verbs;
  assert.deepEqual(verbs('uiresources'), ['get', 'list', 'watch', 'patch', 'update']);
  assert.ok(verbs('cmds').includes('create'));
  assert.ok(!verbs('sessions').includes('patch'));
  const v3 = (await ask('/openapi/v3/apis/tilt.dev/v1alpha1')).json;
  assert.ok(v3.components.schemas['dev.tilt.v1alpha1.Cmd'].properties.spec.properties.args);
  assert.ok(
    v3.paths[`${API}/cmds/{name}`].patch.parameters.some(({ name }: { name: string }) => name === 'fieldValidation'),
  );
  assert.equal((await ask('/version', { headers: {} })).json.major, '1');
  assert.equal((await ask('/healthz', { headers: {} })).text, 'ok');
});

test('lists, pages, tables and failures are those of Kubernetes', async (test) => {
  const { ask } = await servedSession(test, graph([local('a'), local('b'), local('c')]));
  const all = (await ask(`${API}/uiresources`)).json;
  assert.equal(all.kind, 'UIResourceList');
  assert.deepEqual(
    all.items.map((item: { metadata: { name: string } }) => item.metadata.name),
    ['(Tiltfile)', 'a', 'b', 'c'],
  );
  const first = (await ask(`${API}/uiresources?limit=3`)).json;
  assert.equal(first.metadata.remainingItemCount, 1);
  const rest = (await ask(`${API}/uiresources?limit=3&continue=${first.metadata.continue}`)).json;
  assert.equal(rest.items[0].metadata.name, 'c');
  const table = (await ask(`${API}/uiresources`, { headers: TABLE })).json;
  assert.equal(table.kind, 'Table');
  assert.deepEqual(
    table.columnDefinitions.map(({ name }: { name: string }) => name),
    ['Name', 'Created At'],
  );
  assert.equal(table.rows[1].object.metadata.name, 'a');
  const missing = await ask(`${API}/uiresources/nosuch`);
  assert.equal(missing.code, 404);
  assert.equal(missing.json.reason, 'NotFound');
  assert.equal(missing.json.message, 'uiresources.tilt.dev "nosuch" not found');
  assert.equal((await ask(`${API}/nosuch`)).code, 404);
  assert.equal((await ask(`${API}/uiresources/a`, { method: 'DELETE' })).json.reason, 'MethodNotAllowed');
  assert.equal(
    (await ask(`${API}/sessions/Tiltfile`, { ...MERGE, body: { spec: {} } })).json.reason,
    'MethodNotAllowed',
  );
});

test('config maps of clients: made, changed, found by label, deleted', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const made = await ask(`${API}/configmaps`, {
    method: 'POST',
    body: configMap('mine', { a: '1' }, { labels: { team: 'x' } }),
  });
  assert.equal(made.code, 201);
  assert.equal(made.json.metadata.ownerReferences, undefined);
  assert.equal(
    (await ask(`${API}/configmaps`, { method: 'POST', body: configMap('mine', {}) })).json.reason,
    'AlreadyExists',
  );
  const patched = await ask(`${API}/configmaps/mine`, { ...MERGE, body: { data: { b: '2' } } });
  assert.deepEqual(patched.json.data, { a: '1', b: '2' });
  assert.equal(patched.json.metadata.uid, made.json.metadata.uid);
  const old = await ask(`${API}/configmaps/mine`, { method: 'PUT', body: made.json });
  assert.equal(old.json.reason, 'Conflict');
  const found = (await ask(`${API}/configmaps?labelSelector=team%3Dx`)).json.items;
  assert.deepEqual(
    found.map((item: { metadata: { name: string } }) => item.metadata.name),
    ['mine'],
  );
  const wrongUid = { preconditions: { uid: 'another' } };
  assert.equal((await ask(`${API}/configmaps/mine`, { method: 'DELETE', body: wrongUid })).code, 409);
  assert.equal((await ask(`${API}/configmaps/mine`, { method: 'DELETE' })).json.status, 'Success');
  assert.equal((await ask(`${API}/configmaps/mine`)).code, 404);
});

test('a dry run changes nothing', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const made = await ask(`${API}/configmaps?dryRun=All`, { method: 'POST', body: configMap('mine', { a: '1' }) });
  assert.equal(made.code, 201);
  assert.equal((await ask(`${API}/configmaps/mine`)).code, 404);
});

test('apply makes and changes; a name can be made up', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const apply = { method: 'PATCH', type: 'application/apply-patch+yaml' };
  const yaml = 'apiVersion: tilt.dev/v1alpha1\nkind: ConfigMap\nmetadata:\n  name: mine\ndata:\n  a: "1"\n';
  assert.equal((await ask(`${API}/configmaps/mine?fieldManager=me`, { ...apply, body: yaml })).code, 201);
  assert.equal((await ask(`${API}/configmaps/mine`, { ...apply, body: yaml })).code, 200);
  const named = await ask(`${API}/configmaps`, {
    method: 'POST',
    body: configMap('', {}, { name: undefined, generateName: 'x-' }),
  });
  assert.match(named.json.metadata.name, /^x-.{5}$/);
});

test('what makes no sense is refused, with the fields that are wrong', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const post = (plural: string, body: object, query = '') => ask(`${API}/${plural}${query}`, { method: 'POST', body });
  const empty = (await post('uibuttons', { metadata: { name: 'b' }, spec: {} })).json;
  assert.equal(empty.code, 422);
  assert.deepEqual(
    empty.details.causes.map(({ field }: { field: string }) => field),
    ['spec.text', 'spec.location.componentID', 'spec.location.componentType'],
  );
  assert.match(
    (await post('cmds', { metadata: { name: 'c' }, spec: { args: 'ls' } })).json.message,
    /spec\.args must be a list, got "ls"/,
  );
  const unknown = { metadata: { name: 'c' }, spec: { args: ['ls'], dri: '/' } };
  assert.match((await post('cmds', unknown, '?fieldValidation=Strict')).json.message, /unknown field "spec\.dri"/);
  assert.equal((await post('filewatches', { metadata: { name: 'w' }, spec: { watchedPaths: ['src'] } })).code, 422);
  assert.equal((await post('configmaps', configMap('a/b', {}))).code, 422);
  assert.equal((await post('configmaps', { ...configMap('a', {}), kind: 'Cmd' })).code, 400);
});

test('a toggle button of a client shows the value of a config map, and a click sets it', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const post = (plural: string, body: object) => ask(`${API}/${plural}`, { method: 'POST', body });
  const location = { componentType: 'Resource', componentID: 'web' };
  const toggle = (name: string, configMap: object) => ({
    metadata: { name },
    spec: { location, on: { text: 'Fast is on' }, off: { text: 'Fast is off' }, stateSource: { configMap } },
  });
  await post('configmaps', configMap('flags', { fast: 'no', other: '1' }));
  const source = { name: 'flags', key: 'fast', onValue: 'yes', offValue: 'no' };
  assert.equal((await post('togglebuttons', toggle('fast', source))).code, 201);
  const face = async () => (await ask(`${API}/uibuttons/toggle-fast`)).json;
  assert.equal((await face()).spec.text, 'Fast is off');
  const click = (value: string, stamp: string) =>
    ask(`${API}/uibuttons/toggle-fast/status`, {
      ...MERGE,
      body: { status: { lastClickedAt: stamp, inputs: [{ name: 'action', hidden: { value } }] } },
    });
  assert.equal((await face()).spec.inputs[0].hidden.value, 'on');
  assert.equal((await click('on', '2026-01-01T10:00:00.000000Z')).code, 200);
  assert.deepEqual((await ask(`${API}/configmaps/flags`)).json.data, { fast: 'yes', other: '1' });
  assert.equal((await face()).spec.text, 'Fast is on');
  assert.equal((await click('sideways', '2026-01-01T10:00:01.000000Z')).code, 400);
  await ask(`${API}/configmaps/flags`, { ...MERGE, body: { data: { fast: 'maybe' } } });
  assert.match((await ask(`${API}/togglebuttons/fast`)).json.status.error, /unknown value "maybe"/);

  // It may be the one that switches a resource off.
  await post('togglebuttons', toggle('off', { name: 'web-disable', key: 'isDisabled' }));
  await ask(`${API}/uibuttons/toggle-off/status`, {
    ...MERGE,
    body: {
      status: { lastClickedAt: '2026-01-01T10:00:02.000000Z', inputs: [{ name: 'action', hidden: { value: 'on' } }] },
    },
  });
  assert.equal((await ask(`${API}/uiresources/web`)).json.status.disableStatus.state, 'Disabled');
  assert.equal(
    (await post('togglebuttons', toggle('bad', { name: 'f', key: 'k', onValue: 'a', offValue: 'a' }))).code,
    422,
  );
  assert.equal((await ask(`${API}/togglebuttons/fast`, { method: 'DELETE' })).code, 200);
  assert.equal((await ask(`${API}/uibuttons/toggle-fast`)).code, 404);
});

test('objects for the cluster that make no sense are refused as Tilt refuses them', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const fields = async (plural: string, spec: object) => {
    const { json } = await ask(`${API}/${plural}`, { method: 'POST', body: { metadata: { name: 'x' }, spec } });
    return json.details?.causes.map(({ field }: { field: string }) => field);
  };
  assert.deepEqual(await fields('kubernetesapplys', {}), ['spec.yaml']);
  assert.deepEqual(await fields('kubernetesapplys', { yaml: 'a', applyCmd: { args: ['x'] } }), ['spec.applyCmd']);
  assert.deepEqual(await fields('kubernetesapplys', { applyCmd: {} }), ['spec.applyCmd.args']);
  assert.deepEqual(await fields('kubernetesdiscoveries', {}), ['spec.watches']);
  assert.deepEqual(await fields('kubernetesdiscoveries', { watches: [{ uid: 'u' }] }), ['spec.watches[0]']);
  const selector = { matchExpressions: [{ key: 'a', operator: 'Is' }] };
  assert.deepEqual(await fields('kubernetesdiscoveries', { extraSelectors: [selector] }), [
    'spec.extraSelectors[0].matchExpressions[0].operator',
  ]);
  assert.deepEqual(await fields('portforwards', {}), ['spec.podName', 'spec.forwards']);
  const forwards = [
    { localPort: 80, containerPort: 80 },
    { localPort: 80, containerPort: 0 },
  ];
  assert.deepEqual(await fields('portforwards', { podName: 'p', forwards }), [
    'spec.forwards[1].localPort',
    'spec.forwards[1].containerPort',
  ]);
});

test('writes that come together are done one after the other', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  await ask(`${API}/configmaps`, { method: 'POST', body: configMap('mine', {}) });
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
  await Promise.all(keys.map((key) => ask(`${API}/configmaps/mine`, { ...MERGE, body: { data: { [key]: '1' } } })));
  const { data } = (await ask(`${API}/configmaps/mine`)).json;
  assert.deepEqual(Object.keys(data).sort(), [...keys].sort());
});

test('the config map of a resource switches it off and on again', async (test) => {
  const served = await servedSession(
    test,
    graph([local('srv', { update: undefined, serve: shell('serve') }), local('other')]),
  );
  const { ask, local: runner, log } = served;
  const first = await runner.servers.next();
  const off = await ask(`${API}/configmaps/srv-disable`, { ...MERGE, body: { data: { isDisabled: 'true' } } });
  assert.deepEqual(off.json.data, { isDisabled: 'true' });
  await served.until(({ resources }) => !resources.has('srv'));
  assert.equal(first.stopped, true);
  assert.match(log.tail('srv', 1)[0]?.text ?? '', /"srv" is disabled/);
  assert.equal(
    (await ask('/api/trigger', { method: 'POST', body: { manifest_names: ['srv'] } })).text,
    'resource "srv" is currently disabled',
  );
  await ask(`${API}/configmaps/srv-disable`, { ...MERGE, body: { data: { isDisabled: 'false' } } });
  const again = await runner.servers.next();
  assert.equal(again.stopped, false);
  const wrong = await ask(`${API}/configmaps/srv-disable`, { ...MERGE, body: { data: { isDisabled: 'maybe' } } });
  assert.equal(wrong.code, 400);
});

test('switching a workload off deletes its objects', async (test) => {
  const served = await servedSession(test, graph([kubernetes('web')]));
  await served.until(({ resources }) => resources.get('web')?.succeeded !== undefined);
  await served.ask(`${API}/configmaps/web-disable`, { ...MERGE, body: { data: { isDisabled: 'true' } } });
  await served.until(({ resources }) => !resources.has('web'));
  assert.deepEqual(served.cluster.deleted, ['Deployment/web']);
  const lines = served.log.lines().map(({ text }) => text);
  assert.ok(lines.includes('Beginning deleting disabled Kubernetes objects'), lines.join('\n'));
});

test('other arguments load the Tiltfile again', async (test) => {
  const served = await servedSession(test, graph([local('web')]));
  const { loads } = served.tiltfile;
  const answer = await served.ask(`${API}/tiltfiles/%28Tiltfile%29`, {
    ...MERGE,
    body: { spec: { args: ['--x', 'lazy'] } },
  });
  assert.deepEqual(answer.json.spec.args, ['--x', 'lazy']);
  await served.until(({ tiltfile }) => tiltfile.load.kind === 'loaded' && tiltfile.load.causes[0]?.kind === 'args');
  assert.equal(served.tiltfile.loads, loads + 1);
  const lines = served.log.lines().map(({ text }) => text);
  assert.ok(lines.includes('Tilt Args') && lines.includes('Tiltfile args changed to: [--x lazy]'), lines.join('\n'));
  assert.equal((await served.ask('/api/set_tiltfile_args', { method: 'POST', body: ['--y'] })).code, 200);
  await served.until(({ tiltfile }) => tiltfile.args[0] === '--y');
});

test('labels and annotations of a resource are kept', async (test) => {
  const { ask } = await servedSession(test, graph([local('web', { labels: ['a'] })]));
  const body = { metadata: { annotations: { note: 'x' } } };
  const { metadata } = (await ask(`${API}/uiresources/web`, { ...MERGE, body })).json;
  assert.deepEqual(metadata.annotations, { 'tilt.dev/resource': 'web', note: 'x' });
  assert.deepEqual(metadata.labels, { a: 'a' });
});
