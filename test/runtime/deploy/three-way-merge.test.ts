import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergePatch, mergeThreeWays } from '../../../runtime/deploy/three-way-merge.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';

type Body = { readonly [key: string]: Json };
const deployment = (containers: Json, more: Body = {}): Body => ({
  apiVersion: 'apps/v1',
  spec: { ...more, template: { spec: { containers } } },
});

test('what is declared no more goes, what others added stays', () => {
  const live = { apiVersion: 'v1', metadata: { labels: { a: '1', theirs: 'x' } }, data: { one: '1', two: '2' } };
  const last = { apiVersion: 'v1', metadata: { labels: { a: '1' } }, data: { one: '1', two: '2' } };
  const declared = { apiVersion: 'v1', metadata: { labels: { a: '2' } }, data: { one: '1' } };
  const merged = mergeThreeWays(live, last, declared);
  assert.deepEqual(merged, { apiVersion: 'v1', metadata: { labels: { a: '2', theirs: 'x' } }, data: { one: '1' } });
  assert.deepEqual(mergePatch(live, merged), { metadata: { labels: { a: '2' } }, data: { two: null } });
  assert.equal(mergePatch(merged, mergeThreeWays(merged, declared, declared)), undefined);
});

test('without knowledge of the last time nothing goes', () => {
  const merged = mergeThreeWays({ data: { old: '1' } }, undefined, { data: { new: '2' } });
  assert.deepEqual(merged, { data: { old: '1', new: '2' } });
});

test('lists of Kubernetes’ own kinds are merged by their keys', () => {
  const live = deployment([
    { name: 'sidecar', image: 's' },
    {
      name: 'web',
      image: '1',
      terminationMessagePath: '/dev/termination-log',
      env: [
        { name: 'A', value: '1' },
        { name: 'OLD', value: 'x' },
      ],
    },
    { name: 'gone', image: 'g' },
  ]);
  const last = deployment([
    {
      name: 'web',
      image: '1',
      env: [
        { name: 'A', value: '1' },
        { name: 'OLD', value: 'x' },
      ],
    },
    { name: 'gone', image: 'g' },
  ]);
  const declared = deployment([{ name: 'web', image: '2', env: [{ name: 'A', value: '1' }] }]);
  assert.deepEqual(
    mergeThreeWays(live, last, declared),
    deployment([
      { name: 'web', image: '2', terminationMessagePath: '/dev/termination-log', env: [{ name: 'A', value: '1' }] },
      { name: 'sidecar', image: 's' },
    ]),
  );
});

test('node ports that the cluster chose stay with their ports', () => {
  const service = (ports: Json): Body => ({ apiVersion: 'v1', spec: { ports } });
  const live = service([
    { port: 80, protocol: 'TCP', nodePort: 30001 },
    { port: 81, protocol: 'TCP', nodePort: 30002 },
  ]);
  const declared = service([{ port: 80 }, { port: 82 }]);
  assert.deepEqual(
    mergeThreeWays(live, service([{ port: 80 }, { port: 81 }]), declared),
    service([{ port: 80, protocol: 'TCP', nodePort: 30001 }, { port: 82 }]),
  );
  const twice = service([
    { port: 53, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ]);
  assert.deepEqual(mergeThreeWays(live, undefined, twice), twice, 'a key that is not unique tells nothing apart');
});

test('lists of other kinds are taken whole', () => {
  const toy = (containers: Json): Body => ({ apiVersion: 'example.dev/v1', spec: { containers } });
  assert.deepEqual(mergeThreeWays(toy([{ name: 'a', x: 1 }]), undefined, toy([{ name: 'a' }])), toy([{ name: 'a' }]));
});
