import { isDue } from '../../state/resource-status.ts';
import type { ResourceState } from '../../state/state.ts';
import { microTime } from '../time.ts';
import type { RuntimeStatus, UIResourceCondition, UpdateStatus } from '../wire.ts';

// The statuses of a resource that the page and `wait` look at. A row that is not there is that of a disabled resource.

export function updateStatus(row: ResourceState | undefined): UpdateStatus {
  if (row === undefined) return 'none';
  if (row.resource.kind === 'local' && row.resource.update === undefined) return 'not_applicable';
  if (row.update.kind === 'running') return 'in_progress';
  if (isDue(row.resource, row.pending)) return 'pending';
  switch (row.update.kind) {
    case 'none':
      return 'none';
    case 'succeeded':
      return 'ok';
    case 'failed':
    case 'cancelled':
      return 'error';
  }
}

export function runtimeStatus(row: ResourceState | undefined): RuntimeStatus {
  if (row === undefined) return 'none';
  if (row.resource.kind === 'local' && row.resource.serve === undefined) return 'not_applicable';
  switch (row.runtime.kind) {
    case 'none':
      return row.update.kind === 'none' && !isDue(row.resource, row.pending) ? 'none' : 'pending';
    case 'pending':
      return 'pending';
    case 'ready':
    case 'succeeded':
      return 'ok';
    case 'failed':
      return 'error';
  }
}

/** `disabledAt`: when it became as it is, for resources without a row. */
export function conditions(row: ResourceState | undefined, disabledAt: number): readonly UIResourceCondition[] {
  const update = updateStatus(row);
  const runtime = runtimeStatus(row);
  const isUpToDate = update === 'ok' || update === 'not_applicable';
  const isReady = runtime === 'ok' || (runtime === 'not_applicable' && isUpToDate);
  const updateAt = row === undefined ? disabledAt : updateChangedAt(row, disabledAt);
  const runtimeAt = row === undefined || row.runtime.kind === 'none' ? updateAt : row.runtime.since;
  return [
    condition('UpToDate', isUpToDate, updateAt, reasonOf(row, update, undefined)),
    {
      ...condition('Ready', isReady, Math.max(runtimeAt, isReady ? 0 : updateAt), reasonOf(row, update, runtime)),
      ...messageOf(row),
    },
  ];
}

function condition(type: UIResourceCondition['type'], holds: boolean, at: number, reason: string): UIResourceCondition {
  const lastTransitionTime = microTime(at);
  return holds ? { type, status: 'True', lastTransitionTime } : { type, status: 'False', lastTransitionTime, reason };
}

function reasonOf(row: ResourceState | undefined, update: UpdateStatus, runtime: RuntimeStatus | undefined): string {
  if (row === undefined) return 'Disabled';
  if (runtime === 'error') return 'RuntimeError';
  if (update === 'error') return 'UpdateError';
  if ((update === 'ok' || update === 'not_applicable') && runtime === 'pending') return 'RuntimePending';
  return update === 'pending' ? 'UpdatePending' : 'Unknown';
}

/** Why what runs is not ready, in words. */
function messageOf(row: ResourceState | undefined): { readonly message?: string } {
  if (row?.runtime.kind === 'failed') return { message: row.runtime.failure.message };
  return row?.runtime.kind === 'pending' && row.runtime.reason !== '' ? { message: row.runtime.reason } : {};
}

function updateChangedAt(row: ResourceState, declaredAt: number): number {
  if (row.update.kind === 'running') return row.update.startedAt;
  if (isDue(row.resource, row.pending)) return row.pending?.since ?? declaredAt;
  return row.update.kind === 'none' ? declaredAt : row.update.endedAt;
}
