import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeOverFields } from '../../../runtime/deploy/managed-fields.ts';

const annotated = {
  'f:metadata': { 'f:annotations': { '.': {}, 'f:kubectl.kubernetes.io/last-applied-configuration': {} } },
};
const ours = { manager: 'tilt-ts', operation: 'Apply', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } } };
const status = {
  manager: 'kube-controller-manager',
  operation: 'Update',
  apiVersion: 'v1',
  fieldsV1: { 'f:status': {} },
};

test('the fields of who applied before become ours, and those of others stay theirs', () => {
  const kubectl = {
    manager: 'kubectl-client-side-apply',
    operation: 'Update',
    fieldsV1: { ...annotated, 'f:data': { 'f:b': {} } },
  };
  const tilt = { manager: 'tilt', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {}, 'f:c': {} } } };
  assert.deepEqual(takeOverFields([kubectl, status, ours, tilt], 'tilt-ts'), [
    status,
    { ...ours, fieldsV1: { ...annotated, 'f:data': { 'f:a': {}, 'f:b': {}, 'f:c': {} } } },
  ]);
});

test('who did not apply keeps what it set', () => {
  const edit = { manager: 'kubectl-edit', operation: 'Update', fieldsV1: { 'f:data': { 'f:b': {} } } };
  const other = { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:data': { 'f:b': {} } } };
  const scale = { manager: 'tilt', operation: 'Apply', subresource: 'scale', fieldsV1: {} };
  assert.equal(takeOverFields([ours, edit, other, status, scale], 'tilt-ts'), undefined);
  assert.equal(takeOverFields([], 'tilt-ts'), undefined);
});
