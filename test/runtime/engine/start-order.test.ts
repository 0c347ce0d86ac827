import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOrder } from '../../../runtime/engine/start-order.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';

const ON_REQUEST = { onChange: false, atStart: false };
const parallel = { allowParallel: true };

test('what depends on something starts after it, and what excludes each other one after the other', () => {
  const order = startOrder(
    graph([
      kubernetes('web', { images: [image('i')], resourceDeps: ['migrate'] }),
      kubernetes('job', { podReadiness: 'succeeded' }),
      local('migrate'),
      local('seed', { resourceDeps: ['job'] }),
      local('server', { update: undefined, serve: shell('serve') }),
      local('check', { resourceDeps: ['server', 'web'] }),
      kubernetes('uncategorized', { podReadiness: 'ignore' }),
    ]),
  );
  assert.deepEqual(order, [['migrate', 'server', 'uncategorized'], ['job', 'web'], ['seed'], ['check']]);
});

test('no more start together than may', () => {
  const resources = ['a', 'b', 'c', 'd', 'e'].map((name) => local(name, parallel));
  assert.deepEqual(startOrder(graph(resources, { update: { maxParallelUpdates: 2 } })), [
    ['a', 'b'],
    ['c', 'd'],
    ['e'],
  ]);
});

test('two that build the same image start one after the other', () => {
  const images = [image('i')];
  assert.deepEqual(startOrder(graph([kubernetes('a', { images }), kubernetes('b', { images })])), [['a'], ['b']]);
});

test('what waits for a trigger does not start, nor what depends on it, nor what is not enabled', () => {
  const all = graph([
    local('a', { trigger: ON_REQUEST }),
    local('b', { resourceDeps: ['a'] }),
    local('c', { trigger: { onChange: false, atStart: true } }),
    local('d'),
  ]);
  assert.deepEqual(startOrder({ ...all, enabled: ['a', 'b', 'c'] }), [['c']]);
  assert.deepEqual(startOrder(graph([])), []);
});

test('ten thousand resources are ordered in no time', { timeout: 60_000 }, () => {
  const resources = Array.from({ length: 10_000 }, (_, index) =>
    local(`r${index}`, { ...parallel, resourceDeps: index < 100 ? [] : [`r${index - 100}`] }),
  );
  const order = startOrder(graph(resources));
  assert.equal(order.flat().length, 10_000);
});
