import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState, ContainerStatus, Pod, Workload } from '../../../runtime/clients/kubernetes/objects.ts';
import { NO_CONTEXT } from '../../../runtime/deploy/pod-trouble.ts';
import type { Root } from '../../../runtime/deploy/verdict.ts';
import { reportWorkload, type WorkloadView } from '../../../runtime/deploy/workload-report.ts';
import type { WorkloadState } from '../../../runtime/state/workload.ts';

export const NOW = Date.parse('2026-01-01T10:00:00Z');
export const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

export const running = (seconds = 60): ContainerState => ({ running: { startedAt: ago(seconds) } });
export const waiting = (reason: string, message = ''): ContainerState => ({ waiting: { reason, message } });
export const ended = (
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
  from = 30,
  to = 20,
): ContainerState => ({
  terminated: { exitCode, reason, startedAt: ago(from), finishedAt: ago(to), containerID: `run-${exitCode}` },
});

interface PodOptions {
  readonly name?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly restarts?: number;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly policy?: string;
  readonly hash?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds since it was given to a node, or could not be. */
  readonly scheduled?: number;
  /** The cluster takes its readiness although all containers have theirs. */
  readonly lost?: boolean;
  readonly leaving?: boolean;
  readonly probe?: boolean;
  readonly unschedulable?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly init?: ContainerStatus;
  readonly side?: ContainerStatus;
  readonly created?: number;
}

export function pod(options: PodOptions = {}): Pod {
  const {
    state = running(),
    ready = state.running !== undefined,
    phase = state.running ? 'Running' : 'Pending',
  } = options;
  const main: ContainerStatus = {
    name: 'web',
    ready,
    restartCount: options.restarts ?? 0,
    state,
    ...(options.lastState && { lastState: options.lastState }),
  };
  const scheduled = options.scheduled === undefined ? {} : { lastTransitionTime: ago(options.scheduled) };
  const sides = options.side ? [options.side] : [];
  const allReady = [main, ...sides].every((status) => status.ready);
  return {
    metadata: {
      name: options.name ?? 'web-1',
      namespace: 'default',
      uid: options.name ?? 'web-1',
      resourceVersion: '1',
      creationTimestamp: ago(options.created ?? 100),
      labels: options.labels ?? { 'tilt.dev/pod-template-hash': options.hash ?? 'new' },
      ...(options.leaving && { deletionTimestamp: ago(1) }),
    },
    spec: {
      restartPolicy: options.policy ?? 'Always',
      nodeName: 'node-1',
      containers: [
        { name: 'web', image: 'example/web', ...(options.probe && { readinessProbe: {} }) },
        ...sides.map(({ name }) => ({ name, image: name })),
      ],
      initContainers: options.init ? [{ name: options.init.name }] : [],
    },
    status: {
      phase,
      ...(options.reason !== undefined && { reason: options.reason }),
      ...(options.message !== undefined && { message: options.message }),
      conditions: [
        options.unschedulable === undefined
          ? { type: 'PodScheduled', status: 'True', ...scheduled }
          : {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: options.unschedulable,
              ...scheduled,
            },
        {
          type: 'Initialized',
          status: options.init && options.init.state?.terminated?.exitCode !== 0 ? 'False' : 'True',
        },
        { type: 'Ready', status: allReady && phase === 'Running' && !options.lost ? 'True' : 'False' },
      ],
      containerStatuses: options.unschedulable === undefined ? [main, ...sides] : [],
      ...(options.init && { initContainerStatuses: [options.init] }),
    },
  };
}

type Status = NonNullable<Workload['status']>;

export function root(kind: string, spec: Workload['spec'], status: Status, more: Partial<Root> = {}): Root {
  const metadata = { name: 'web', uid: 'root', resourceVersion: '1', generation: 2 };
  const template = { metadata: { labels: { 'tilt.dev/pod-template-hash': 'new' } } };
  return {
    ref: { apiVersion: 'apps/v1', kind, name: 'web', namespace: 'default', uid: 'root' },
    object: { metadata, spec: { ...spec, template }, status: { observedGeneration: 2, ...status } },
    goneAt: undefined,
    generation: 2,
    makesPods: false,
    isHidden: false,
    ...more,
  };
}

export const whole = (count: number): Status => ({
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
});
export const deployment = (replicas: number, status: Status, more: Partial<Root> = {}) =>
  root('Deployment', { replicas }, status, more);
export const job = (status: Status, spec: Workload['spec'] = {}) => root('Job', spec, status);
export const done = { conditions: [{ type: 'Complete', status: 'True' }] };

export interface Case {
  readonly roots: readonly Root[];
  readonly pods?: readonly Pod[];
  readonly selected?: readonly Pod[];
  readonly view?: Partial<WorkloadView>;
  /** `status`, or `status: part of the words`; `!` at the end of a status: it cannot heal. */
  readonly is: string;
  /** Seconds from now. */
  readonly recheck?: number;
}

export function view({ roots, pods = [], selected = [], view: more = {} }: Case): WorkloadView {
  return {
    position: undefined,
    podReadiness: 'wait',
    roots,
    pods: [
      ...pods.map((item) => ({ pod: item, rootUid: 'root' })),
      ...selected.map((item) => ({ pod: item, rootUid: '' })),
    ],
    selectsPods: selected.length > 0,
    countsSelectedOnly: false,
    ...NO_CONTEXT,
    now: NOW,
    lastLines: (uid, container) => [`last words of ${uid}/${container}`],
    ...more,
  };
}

function inWords(state: WorkloadState): string {
  switch (state.status) {
    case 'pending':
      return `pending: ${state.reason}`;
    case 'failed':
      return `failed${state.mayHeal ? '' : '!'}: ${state.failure.message}`;
    default:
      return state.status;
  }
}

export const CRASHED = { state: waiting('CrashLoopBackOff'), lastState: ended(7), restarts: 2 };
export const SUCCEEDED: Partial<WorkloadView> = { podReadiness: 'succeeded' };

/** A Deployment's object as others apply it. */
export function foreign(replicas: number, status: Status): Workload {
  const { object } = deployment(replicas, status);
  return { ...(object as Workload), spec: { replicas, template: {} } };
}

/** Declares a test for each case. */
export function testReports(title: string, cases: Readonly<Record<string, Case>>): void {
  describe(title, () => {
    for (const [name, example] of Object.entries(cases)) {
      test(name, () => {
        const { report, recheckAt } = reportWorkload(view(example));
        const words = inWords(report.state);
        assert.ok(words.startsWith(example.is), `${words}\n  is not\n${example.is}`);
        if (!example.is.includes(':')) assert.equal(words, example.is);
        assert.equal(recheckAt, example.recheck === undefined ? undefined : NOW + example.recheck * 1000);
      });
    }
  });
}
