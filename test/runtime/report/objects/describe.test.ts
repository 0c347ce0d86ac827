import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeObject } from '../../../../runtime/report/objects/describe.ts';

test('an object is described field by field, its values below each other', () => {
  const text = describeObject({
    apiVersion: 'tilt.dev/v1alpha1',
    kind: 'UIResource',
    metadata: {
      name: 'web',
      creationTimestamp: '2026-01-01T10:00:00Z',
      labels: { servers: 'servers', b: 'c' },
      annotations: { 'tilt.dev/resource': 'web' },
      managedFields: 'left out',
    },
    spec: {},
    status: {
      buildHistory: [{ spanID: 'build:1', finishTime: '2026-01-01T10:00:01Z' }],
      hosts: ['a', 'b'],
      message: 'one\ntwo\n',
      podIP: null,
      order: 2,
    },
  });
  assert.equal(
    text,
    `Name:         web
Namespace:
Labels:       b=c
              servers=servers
Annotations:  tilt.dev/resource: web
API Version:  tilt.dev/v1alpha1
Kind:         UIResource
Metadata:
  Creation Timestamp:  2026-01-01T10:00:00Z
Spec:
Status:
  Build History:
    Finish Time:  2026-01-01T10:00:01Z
    Span ID:      build:1
  Hosts:
    a
    b
  Message:
    one
    two
  Order:   2
  Pod IP:  <nil>
Events:    <none>
`,
  );
});
