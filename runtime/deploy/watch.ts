import { selectorMatcher } from '../../stdlib/model/object-selector.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError } from '../clients/kubernetes/errors.ts';
import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import { PodTracker, type TrackedPod } from '../clients/kubernetes/pod-tracker.ts';
import type { ClusterListener, Deployed, DeployedObject, Running } from '../engine/ports.ts';
import type { WorkloadState } from '../state/workload.ts';
import type { ConnectionNotes } from './connection-notes.ts';
import { EventWatch } from './event-watch.ts';
import { PodLogs } from './pod-logs.ts';
import { podProgress } from './pod-progress.ts';
import { RootWatch } from './root-watch.ts';
import type { WatchMemory } from './watch-memory.ts';
import { reportWorkload, type WorkloadView } from './workload-report.ts';

// How long a report of an end waits for the last lines of the log.
const DRAIN_MS = 5_000;
const SHORTEST_RECHECK_MS = 50;

/** Follows what was applied for a resource, and reports on it. Nothing is reported after `stop` was called. */
export class WorkloadWatch implements Running {
  readonly #client: KubernetesClient;
  readonly #resource: KubernetesResource;
  readonly #deployed: Deployed;
  readonly #memory: WatchMemory;
  readonly #connection: ConnectionNotes;
  readonly #listener: ClusterListener;
  readonly #podMakers: readonly ((ref: DeployedObject) => boolean)[];
  readonly #roots: RootWatch;
  readonly #tracker: PodTracker;
  readonly #events: EventWatch;
  readonly #logs: PodLogs;
  readonly #podUids = new Set<string>();
  readonly #pullErrors = new Map<string, string>();
  readonly #abort = new AbortController();
  #scheduled: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drainUntil: number | undefined;
  #reported = '';
  #told = '';

  constructor(
    client: KubernetesClient,
    resource: KubernetesResource,
    deployed: Deployed,
    fallbackNamespace: string,
    memory: WatchMemory,
    connection: ConnectionNotes,
    listener: ClusterListener,
  ) {
    this.#client = client;
    this.#resource = resource;
    this.#podMakers = (resource.podMakers ?? []).map(selectorMatcher);
    this.#deployed = deployed;
    this.#memory = memory;
    this.#connection = connection;
    this.#listener = listener;
    const named = new Set(deployed.objects.map(({ namespace }) => namespace).filter((name) => name !== ''));
    const namespaces = named.size > 0 ? [...named] : [fallbackNamespace];
    const uids = new Set(deployed.objects.map(({ uid }) => uid));
    const changed = () => this.#schedule();
    const { signal } = this.#abort;
    this.#logs = new PodLogs(
      client,
      memory.positions,
      (pod, container, text) => {
        if (!signal.aborted) listener.log(pod, container, text);
      },
      changed,
    );
    this.#roots = new RootWatch(client, deployed.objects, changed);
    this.#events = new EventWatch(client, namespaces, uids, (uid) => this.#podUids.has(uid), memory, {
      note: (text) => listener.note(text, 'info'),
      pullError: (podUid, container, words) => {
        const key = `${podUid}/${container}`;
        if (this.#pullErrors.has(key)) return;
        this.#pullErrors.set(key, words);
        changed();
      },
    });
    const selectors = resource.extraPodSelectors;
    this.#tracker = new PodTracker(client, { uids, namespaces, selectors }, (pod) => {
      if (pod) this.#podChanged(pod);
      changed();
    });
    changed();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    clearImmediate(this.#scheduled);
    this.#connection.stopped(this);
    this.#roots.stop();
    this.#tracker.stop();
    this.#events.stop();
    await this.#logs.stop();
  }

  #podChanged({ pod }: TrackedPod): void {
    const { uid } = pod.metadata;
    const isNew = !this.#podUids.has(uid);
    this.#podUids.add(uid);
    const gone = !this.#tracker.isThere(uid);
    this.#tellProgress(pod, gone);
    this.#tellRestarts(pod);
    for (const status of pod.status?.containerStatuses ?? []) this.#keepPullError(pod, status);
    for (const status of pod.status?.initContainerStatuses ?? []) this.#keepPullError(pod, status);
    this.#logs.update(pod, this.#memory.oldPods.has(uid) ? this.#memory.since : '', gone);
    if (isNew) this.#events.podFound(uid);
  }

  #tellProgress(pod: Pod, gone: boolean): void {
    const { uid, name, deletionTimestamp } = pod.metadata;
    if (gone || deletionTimestamp) return;
    const before = this.#memory.progress.get(uid);
    const lines = podProgress(pod);
    this.#memory.progress.set(uid, lines);
    if (!before && this.#memory.oldPods.has(uid)) {
      this.#listener.note(`Attaching to existing pod (${name}). Only new logs will be streamed.`, 'info');
      return;
    }
    if (!before) this.#listener.note(`Tracking new pod rollout (${name}):`, 'info');
    for (const [index, line] of lines.entries()) if (line !== before?.[index]) this.#listener.note(line, 'info');
  }

  #tellRestarts(pod: Pod): void {
    const { uid, name } = pod.metadata;
    for (const { name: container, restartCount = 0 } of pod.status?.containerStatuses ?? []) {
      const key = `${uid}/${container}`;
      const before = this.#memory.restarts.get(key) ?? (this.#memory.oldPods.has(uid) ? restartCount : 0);
      this.#memory.restarts.set(key, restartCount);
      if (restartCount > before) {
        this.#listener.note(`Detected container restart. Pod: ${name}. Container: ${container}.`, 'warn');
      }
    }
  }

  #keepPullError(pod: Pod, { name, state }: ContainerStatus): void {
    const { reason, message = '' } = state?.waiting ?? {};
    if (reason === 'ErrImagePull' && message !== '') this.#pullErrors.set(`${pod.metadata.uid}/${name}`, message);
  }

  #schedule(): void {
    if (this.#abort.signal.aborted || this.#scheduled) return;
    this.#scheduled = setImmediate(() => {
      this.#scheduled = undefined;
      this.#report();
    });
  }

  #report(): void {
    this.#tellProblem();
    const { report: seen, recheckAt, endedPods } = reportWorkload(this.#view());
    const report = { ...seen, state: this.#known(seen.state) };
    clearTimeout(this.#timer);
    if (endedPods.every((pod) => this.#logs.isDrained(pod))) this.#drainUntil = undefined;
    else {
      this.#drainUntil ??= Date.now() + DRAIN_MS;
      const left = this.#drainUntil - Date.now();
      if (left > 0) {
        this.#timer = setTimeout(() => this.#schedule(), left);
        return;
      }
    }
    if (recheckAt !== undefined) {
      const wait = Math.max(recheckAt - this.#client.now(), SHORTEST_RECHECK_MS);
      this.#timer = setTimeout(() => this.#schedule(), wait);
    }
    const text = JSON.stringify(report);
    if (text === this.#reported) return;
    this.#reported = text;
    this.#listener.workload(report);
  }

  #view(): WorkloadView {
    const { podReadiness, position, extraPodSelectors } = this.#resource;
    return {
      position,
      podReadiness,
      now: this.#client.now(),
      roots: this.#deployed.objects.map((ref) => ({
        ref,
        object: this.#roots.get(ref.uid)?.object,
        gone: this.#roots.get(ref.uid)?.gone ?? false,
        generation: this.#memory.generations.get(ref.uid) ?? 0,
        makesPods: this.#podMakers.some((makes) => makes(ref)),
      })),
      pods: this.#tracker.pods,
      selectsPods: extraPodSelectors.length > 0,
      pullError: (podUid, container) => this.#pullErrors.get(`${podUid}/${container}`) ?? '',
      isAlive: (podUid, container) => this.#logs.isAlive(podUid, container),
      lastLines: (podUid, container) => this.#logs.lastLines(podUid, container),
    };
  }

  /** Whatever is awaited cannot be seen while the cluster is away. */
  #known(state: WorkloadState): WorkloadState {
    const problem = this.#problem;
    if (!problem || problem instanceof ApiError || state.status !== 'pending') return state;
    return { status: 'pending', reason: `the cluster does not answer: ${problem.message}` };
  }

  get #problem(): Error | undefined {
    return this.#tracker.problem ?? this.#roots.problem;
  }

  #tellProblem(): void {
    const problem = this.#problem;
    const text = problem?.message ?? '';
    if (text === this.#told) return;
    this.#told = text;
    const tell: ClusterListener['note'] = (...note) => this.#listener.note(...note);
    if (!problem || problem instanceof ApiError) this.#connection.back(this);
    else this.#connection.lost(this, text, tell);
    if (problem instanceof ApiError) tell(`Cannot watch "${this.#resource.name}" in the cluster: ${text}`, 'warn');
  }
}
