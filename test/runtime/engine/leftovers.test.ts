import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leftovers } from '../../../runtime/engine/leftovers.ts';
import type { DeployedObject } from '../../../runtime/state/deployed.ts';
import type { KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import { graph, kubernetes } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const declared = (kind: string, name: string, namespace = '', apiVersion = 'v1'): KubernetesObject => ({
  apiVersion,
  kind,
  name,
  namespace,
  body: {},
});
const deployed = (kind: string, name: string, namespace = 'default', apiVersion = 'v1'): DeployedObject => ({
  apiVersion,
  kind,
  name,
  namespace,
  uid: `${kind}-${namespace}-${name}`,
});

/** What is left after resources of one graph are deployed, and those of another in their place. */
function left(
  before: Readonly<Record<string, readonly [readonly KubernetesObject[], readonly DeployedObject[]]>>,
  after: Readonly<Record<string, readonly [readonly KubernetesObject[], readonly DeployedObject[]]>>,
): readonly string[] {
  const resources = (of: typeof before) => Object.entries(of).map(([name, [objects]]) => kubernetes(name, { objects }));
  const replay = new Replay().load(graph(resources(before))).connect();
  const deploy = (of: typeof before) => {
    for (const name of replay.start()) replay.succeed(name, of[name]?.[1] ?? []);
  };
  deploy(before);
  const first = replay.state;
  replay.load(graph(resources(after)));
  const gone = leftovers(first, replay.state, [...replay.state.resources.changedSince(first.resources)]);
  const second = replay.state;
  deploy(after);
  const rest = leftovers(second, replay.state, [...replay.state.resources.changedSince(second.resources)]);
  return [...gone, ...rest].map(({ uid }) => uid);
}

test('objects of a resource that left go; those that moved to another resource stay', () => {
  const map = [declared('ConfigMap', 'a'), declared('ConfigMap', 'b')];
  const live = [deployed('ConfigMap', 'a'), deployed('ConfigMap', 'b')];
  assert.deepEqual(left({ one: [map, live] }, {}), ['ConfigMap-default-a', 'ConfigMap-default-b']);
  const moved = { two: [map.slice(0, 1), live.slice(0, 1)] } as const;
  assert.deepEqual(left({ one: [map, live] }, moved), ['ConfigMap-default-b']);
});

test('what was renamed, or put into another namespace, leaves its old self', () => {
  const before = { one: [[declared('ConfigMap', 'a', 'x')], [deployed('ConfigMap', 'a', 'x')]] } as const;
  const renamed = { one: [[declared('ConfigMap', 'b', 'x')], [deployed('ConfigMap', 'b', 'x')]] } as const;
  const elsewhere = { one: [[declared('ConfigMap', 'a', 'y')], [deployed('ConfigMap', 'a', 'y')]] } as const;
  assert.deepEqual(left(before, renamed), ['ConfigMap-x-a']);
  assert.deepEqual(left(before, elsewhere), ['ConfigMap-x-a']);
  const newVersion = [declared('ConfigMap', 'a', 'x', 'v2')];
  assert.deepEqual(left(before, { one: [newVersion, [deployed('ConfigMap', 'a', 'x', 'v2')]] }), []);
});

test('a namespace stays while something is declared in it', () => {
  const namespace = [[declared('Namespace', 'x')], [deployed('Namespace', 'x', '')]] as const;
  const inside = [[declared('ConfigMap', 'a', 'x')], [deployed('ConfigMap', 'a', 'x')]] as const;
  assert.deepEqual(left({ ns: namespace, one: inside }, { one: inside }), []);
  assert.deepEqual([...left({ ns: namespace, one: inside }, {})].sort(), ['ConfigMap-x-a', 'Namespace--x']);
});
