import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiObject } from '../../../runtime/server/catalogue.ts';
import { selectorOf } from '../../../runtime/server/selectors.ts';
import { Refused } from '../../../runtime/server/status.ts';

const OBJECTS: readonly ApiObject[] = [{ app: 'web', tier: 'front' }, { app: 'api' }, {}].map((labels, index) => ({
  apiVersion: 'tilt.dev/v1alpha1',
  kind: 'ConfigMap',
  metadata: { name: `o${index}`, labels: labels as Record<string, string> },
}));

function chosen(query: string): readonly string[] {
  const selects = selectorOf(new URLSearchParams(query));
  return OBJECTS.filter(selects).map(({ metadata }) => metadata.name);
}

const labels = (text: string) => chosen(`labelSelector=${encodeURIComponent(text)}`);

test('label selectors choose as those of Kubernetes do', () => {
  assert.deepEqual(labels('app=web'), ['o0']);
  assert.deepEqual(labels('app==web'), ['o0']);
  assert.deepEqual(labels('app!=web'), ['o1', 'o2']);
  assert.deepEqual(labels('app'), ['o0', 'o1']);
  assert.deepEqual(labels('!app'), ['o2']);
  assert.deepEqual(labels('app in (web, api)'), ['o0', 'o1']);
  assert.deepEqual(labels('app notin (web)'), ['o1', 'o2']);
  assert.deepEqual(labels('app in (web,api),tier=front'), ['o0']);
  assert.deepEqual(labels(''), ['o0', 'o1', 'o2']);
});

test('field selectors choose by name', () => {
  assert.deepEqual(chosen('fieldSelector=metadata.name%3Do1'), ['o1']);
  assert.deepEqual(chosen('fieldSelector=metadata.name!%3Do1'), ['o0', 'o2']);
  assert.throws(() => chosen('fieldSelector=spec.text%3Dx'), Refused);
});

test('what is no selector is refused', () => {
  assert.throws(() => labels('app ~ web'), Refused);
});
