import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { mergeGraphs } from '../../../stdlib/model/merge-graphs.ts';
import { graph as graphOf, local } from '../../support/graph.ts';

function graph(name: string, more: Partial<Graph> = {}): Graph {
  return { ...graphOf([local(name)]), configFiles: ['/shared', `/${name}`], ...more };
}

test('the resources and files of all are in one graph, the settings are those of the main one', () => {
  const main = graph('main', { cluster: { allowedContexts: ['a'], defaultRegistry: undefined } });
  const settings = { ...main.settings, scrubSecrets: !main.settings.scrubSecrets };
  const part = graph('part', {
    settings,
    enabled: [],
    cluster: { allowedContexts: ['a', 'b'], defaultRegistry: { host: 'h', hostFromCluster: '', singleName: '' } },
  });
  const merged = mergeGraphs(main, [{ name: 'ext', graph: part }]);
  assert.ok(merged.ok);
  assert.deepEqual(
    merged.graph.resources.map(({ name }) => name),
    ['main', 'part'],
  );
  assert.deepEqual(merged.graph.enabled, ['main']);
  assert.deepEqual(merged.graph.configFiles, ['/shared', '/main', '/part']);
  assert.deepEqual(merged.graph.settings, main.settings);
  assert.deepEqual(merged.graph.cluster, { allowedContexts: ['a', 'b'], defaultRegistry: undefined });
});

test('an object of the API that two of them have is that of the first', () => {
  const object = (value: string) =>
    ({
      resource: 'configmaps',
      name: 'flags',
      labels: {},
      annotations: {},
      body: { data: { value } },
      position: { file: '/a', line: 1, column: 1 },
    }) as const;
  const merged = mergeGraphs(graph('main', { apiObjects: [object('1')] }), [
    { name: 'ext', graph: graph('part', { apiObjects: [object('2')] }) },
  ]);
  assert.deepEqual(merged.ok && merged.graph.apiObjects, [object('1')]);
});

test('a name that two of them give to a resource is told with both', () => {
  const clash = mergeGraphs(graph('main'), [{ name: 'ext', graph: graph('main') }]);
  assert.deepEqual(!clash.ok && [clash.name, clash.other, clash.resource.name], ['ext', '', 'main']);
  const parts = [
    { name: 'one', graph: graph('x') },
    { name: 'two', graph: graph('x') },
  ];
  const second = mergeGraphs(graph('main'), parts);
  assert.deepEqual(!second.ok && [second.name, second.other], ['two', 'one']);
});
