import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaComplaints, withoutComplaint } from '../../../runtime/deploy/schema-complaint.ts';

const unknown = (path: string) => ({ path, kind: 'unknown-field', key: '' }) as const;

test('complaints are read as servers of all ages write them', () => {
  assert.deepEqual(
    schemaComplaints('failed to create typed patch object: .spec.replica: field not declared in schema'),
    [unknown('.spec.replica')],
  );
  assert.deepEqual(
    schemaComplaints(
      'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): errors:\n' +
        '  .spec.replica: field not declared in schema\n' +
        '  .spec.template.spec.containers[name="main"].env: duplicate entries for key [name="A"]',
    ),
    [
      unknown('.spec.replica'),
      { path: '.spec.template.spec.containers[name="main"].env', kind: 'duplicate', key: '[name="A"]' },
    ],
  );
});

test('what is refused for another reason, too, is no complaint about names', () => {
  assert.deepEqual(schemaComplaints('Deployment.apps "web" is invalid: .spec.x: field not declared in schema'), []);
  const mixed =
    'failed to create typed patch object: errors:\n  .spec.a: field not declared in schema\n  .spec.replicas: expected numeric (int or float), got string';
  assert.deepEqual(schemaComplaints(mixed), []);
});

test('an unknown field goes, wherever it stands', () => {
  const body = {
    spec: {
      a: 1,
      containers: [{ name: 'x' }, { name: 'ma"in', ports: [{ containerPort: 80, protocol: 'TCP', n: 1 }] }],
    },
  };
  assert.deepEqual(withoutComplaint(body, unknown('.spec.a')), { spec: { containers: body.spec.containers } });
  assert.deepEqual(
    withoutComplaint(body, unknown('.spec.containers[name="ma\\"in"].ports[containerPort=80,protocol="TCP"].n')),
    { spec: { a: 1, containers: [{ name: 'x' }, { name: 'ma"in', ports: [{ containerPort: 80, protocol: 'TCP' }] }] } },
  );
  assert.equal(withoutComplaint(body, unknown('.spec.b')), undefined, 'what is not there cannot go');
  assert.equal(withoutComplaint(body, unknown('.spec.containers[name="y"].n')), undefined);
});

test('of what is there twice the last one stays', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
    { name: 'A', value: '3' },
  ];
  const complaint = { path: '.c[0].env', kind: 'duplicate', key: '[name="A"]' } as const;
  assert.deepEqual(withoutComplaint({ c: [{ env }] }, complaint), { c: [{ env: env.slice(1) }] });
  assert.equal(withoutComplaint({ c: [{ env: env.slice(1) }] }, complaint), undefined);
});
