import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graph, local } from '../../support/graph.ts';
import { API, type AskOptions, servedSession, watchStream } from '../../support/served-session.ts';

const MERGE = { method: 'PATCH', type: 'application/merge-patch+json' };

function make(name: string, labels: Record<string, string> = {}): AskOptions {
  return { method: 'POST', body: { metadata: { name, labels }, data: {} } };
}

test('a watch tells what is there, and then every change', async (test) => {
  const { ask, port } = await servedSession(test, graph([local('web')]));
  const stream = watchStream(test, port, `${API}/configmaps?watch=true`);
  assert.equal((await stream.next())?.object.metadata.name, 'tilt-trigger-queue');
  assert.equal((await stream.next())?.object.metadata.name, 'web-disable');
  await ask(`${API}/configmaps`, make('mine'));
  const added = await stream.next();
  assert.deepEqual([added?.type, added?.object.metadata.name], ['ADDED', 'mine']);
  await ask(`${API}/configmaps/mine`, { ...MERGE, body: { data: { a: '1' } } });
  const modified = await stream.next();
  assert.deepEqual([modified?.type, modified?.object.data], ['MODIFIED', { a: '1' }]);
  await ask(`${API}/configmaps/mine`, { method: 'DELETE' });
  const deleted = await stream.next();
  assert.equal(deleted?.type, 'DELETED');
  assert.ok(Number(deleted?.object.metadata.resourceVersion) > Number(modified?.object.metadata.resourceVersion));
});

test('a change of the session comes by itself', async (test) => {
  const { port, local: runner } = await servedSession(test, graph([local('web')]));
  const run = await runner.commands.next();
  const stream = watchStream(test, port, `${API}/uiresources?watch=true&fieldSelector=metadata.name%3Dweb`);
  assert.equal((await stream.next())?.object.status.updateStatus, 'in_progress');
  run.succeed();
  assert.equal((await stream.next())?.object.status.updateStatus, 'ok');
});

test('a watch goes on from where a list ended', async (test) => {
  const { ask, port } = await servedSession(test, graph([local('web')]));
  const { metadata } = (await ask(`${API}/configmaps`)).json;
  await ask(`${API}/configmaps`, make('one'));
  await ask(`${API}/configmaps`, make('two'));
  const stream = watchStream(test, port, `${API}/configmaps?watch=1&resourceVersion=${metadata.resourceVersion}`);
  assert.equal((await stream.next())?.object.metadata.name, 'one');
  assert.equal((await stream.next())?.object.metadata.name, 'two');
});

test('a version that is not known any more is gone', async (test) => {
  const { ask, port } = await servedSession(test, graph([local('web')]));
  await ask(`${API}/configmaps`);
  for (let index = 0; index < 3; index++) await ask(`${API}/configmaps`, make(`m${index}`));
  for (const version of ['1', '99999999']) {
    // The first version is older than the list that began to count.
    const stream = watchStream(test, port, `${API}/cmds?watch=true&resourceVersion=${version}`);
    const event = await stream.next();
    assert.deepEqual([event?.type, event?.object.code, event?.object.reason], ['ERROR', 410, 'Expired']);
    assert.equal(await stream.next(), undefined);
  }
});

test('an object that begins to match is new, and gone when it does no more', async (test) => {
  const { ask, port } = await servedSession(test, graph([local('web')]));
  await ask(`${API}/configmaps`, make('mine'));
  const { metadata } = (await ask(`${API}/configmaps`)).json;
  const query = `watch=true&resourceVersion=${metadata.resourceVersion}&labelSelector=team%3Dx`;
  const stream = watchStream(test, port, `${API}/configmaps?${query}`);
  await ask(`${API}/configmaps/mine`, { ...MERGE, body: { metadata: { labels: { team: 'x' } } } });
  assert.equal((await stream.next())?.type, 'ADDED');
  await ask(`${API}/configmaps/mine`, { ...MERGE, body: { data: { a: '1' } } });
  assert.equal((await stream.next())?.type, 'MODIFIED');
  await ask(`${API}/configmaps/mine`, { ...MERGE, body: { metadata: { labels: { team: 'y' } } } });
  assert.equal((await stream.next())?.type, 'DELETED');
});

test('a watch that asks for it is told when everything that is there was told', async (test) => {
  const { port } = await servedSession(test, graph([local('web')]));
  const query = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  const stream = watchStream(test, port, `${API}/uisessions?${query}`);
  assert.equal((await stream.next())?.type, 'ADDED');
  const bookmark = await stream.next();
  assert.equal(bookmark?.type, 'BOOKMARK');
  assert.equal(bookmark?.object.metadata.annotations['k8s.io/initial-events-end'], 'true');
});

test('a watch as a table has a row an event; a watch ends when its time is over', async (test) => {
  const { port } = await servedSession(test, graph([local('web')]));
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const stream = watchStream(test, port, `${API}/uiresources?watch=true&timeoutSeconds=1`, { Accept: accept });
  const first = await stream.next();
  assert.equal(first?.object.kind, 'Table');
  assert.equal(first?.object.rows.length, 1);
  assert.ok(first?.object.columnDefinitions.length > 0);
  await stream.next();
  assert.equal(await stream.next(), undefined);
});

test('fifty clients see the changes of a thousand resources', async (test) => {
  const names = Array.from({ length: 1000 }, (_, index) => `r${index}`);
  const served = await servedSession(
    test,
    graph(names.map((name) => local(name, { trigger: { onChange: false, atStart: false } }))),
  );
  const { metadata } = (await served.ask(`${API}/uiresources`)).json;
  const query = `watch=true&resourceVersion=${metadata.resourceVersion}`;
  const streams = Array.from({ length: 50 }, () => watchStream(test, served.port, `${API}/uiresources?${query}`));
  // Each has begun when it answers to a change.
  served.session.filesChanged('r0', ['/project/x']);
  const seen = await Promise.all(streams.map((stream) => stream.next(30_000)));
  assert.ok(seen.every((event) => event?.object.metadata.name === 'r0'));
  for (const name of names.slice(1)) served.session.filesChanged(name, ['/project/x']);
  for (const stream of streams) {
    const changed = new Set<string>();
    while (changed.size < 999) {
      const event = await stream.next(30_000);
      assert.ok(event !== undefined, `only ${changed.size} changes came`);
      assert.equal(event.object.status.hasPendingChanges, true);
      changed.add(event.object.metadata.name);
    }
  }
});
