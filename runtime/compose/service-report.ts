import { constants } from 'node:os';
import type { SourcePosition } from '../../stdlib/model/position.ts';
import type { ComposeResource } from '../../stdlib/model/resource.ts';
import { type Failure, failure } from '../state/failure.ts';
import type { WorkloadReport, WorkloadState } from '../state/workload.ts';
import type { ContainerState } from './container-state.ts';

/** What all containers of a service together come to. `hasSettled` tells of a running one whether it has run for long enough. */
export function serviceReport(
  containers: readonly ContainerState[],
  hasSettled: (container: ContainerState) => boolean,
  { position, replicas }: Pick<ComposeResource, 'position' | 'replicas'>,
): WorkloadReport {
  const states = containers.map((container) => containerReport(container, hasSettled(container), position));
  const at = Math.max(
    0,
    states.findIndex(({ status }) => status === worst(states)),
  );
  const shown = containers[at];
  const decisive = states[at];
  const isShort = containers.length < replicas && decisive?.status !== 'failed';
  return {
    state: isShort
      ? { status: 'pending', reason: missingWords(containers.length, replicas) }
      : (decisive ?? { status: 'succeeded' }),
    podName: shown?.name ?? '',
    podStatus: shown ? statusWords(shown) : '',
    restarts: shown?.restarts ?? 0,
  };
}

function missingWords(count: number, replicas: number): string {
  return count === 0 ? 'it has no container' : `${count} of ${replicas} containers`;
}

const BY_WEIGHT = ['failed', 'pending', 'ready', 'succeeded'] as const;

function worst(states: readonly WorkloadState[]): WorkloadState['status'] | undefined {
  return BY_WEIGHT.find((status) => states.some((state) => state.status === status));
}

function statusWords({ status, health }: ContainerState): string {
  return health && status === 'running' ? `${status} (${health.status})` : status;
}

function containerReport(container: ContainerState, hasSettled: boolean, position: SourcePosition): WorkloadState {
  const { status, exitCode, error } = container;
  const failed = (found: Failure, mayHeal: boolean): WorkloadState => ({ status: 'failed', failure: found, mayHeal });
  const problem = (what: string) => failure('workload', `Container "${container.name}" ${what}`, [], position);
  switch (status) {
    case 'running':
      return runningReport(container, hasSettled, (what) => failed(problem(what), true));
    case 'restarting':
      if (exitCode === 0) return { status: 'pending', reason: 'restarting' };
      return failed(problem(`exited with ${exitWords(container)} and is being restarted`), true);
    case 'exited':
    case 'dead':
      if (exitCode === 0 && error === '') return { status: 'succeeded' };
      return failed(problem(error === '' ? `exited with ${exitWords(container)}` : `cannot start: ${error}`), false);
    case 'created':
      if (error !== '') return failed(problem(`cannot start: ${error}`), false);
      return { status: 'pending', reason: 'created' };
    default:
      return { status: 'pending', reason: status || 'starting' };
  }
}

function runningReport(
  { health }: ContainerState,
  hasSettled: boolean,
  failed: (what: string) => WorkloadState,
): WorkloadState {
  switch (health?.status) {
    case undefined:
      return hasSettled ? { status: 'ready' } : { status: 'pending', reason: 'started' };
    case 'healthy':
      return { status: 'ready' };
    case 'unhealthy': {
      const times = health.failures === 1 ? 'once' : `${health.failures} times in a row`;
      const output = health.output.trim().split('\n').at(-1) ?? '';
      return failed(`is unhealthy: its health check failed ${times}${output === '' ? '' : `: ${output}`}`);
    }
    default:
      return { status: 'pending', reason: 'waits for its health check' };
  }
}

const SIGNALS: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** `exit code 7`, `exit code 137 (SIGKILL)`, `exit code 137 (out of memory)`. */
function exitWords({ exitCode, outOfMemory }: ContainerState): string {
  if (outOfMemory) return `exit code ${exitCode} (out of memory)`;
  const signal = exitCode > 128 ? SIGNALS.get(exitCode - 128) : undefined;
  return signal === undefined ? `exit code ${exitCode}` : `exit code ${exitCode} (${signal})`;
}
