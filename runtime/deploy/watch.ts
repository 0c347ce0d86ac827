import { selectorMatcher } from '../../stdlib/model/object-selector.ts';
import { readinessOf } from '../../stdlib/model/readiness.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, isRefusal } from '../clients/kubernetes/errors.ts';
import { areObjectsLabelled, managedSelector, podRoots } from '../clients/kubernetes/pod-roots.ts';
import { PodTracker, type TrackedPod } from '../clients/kubernetes/pod-tracker.ts';
import type { ClusterListener, Deployed, DeployedObject, FollowedResource, Running } from '../engine/ports.ts';
import type { PodReport } from '../state/pod-report.ts';
import type { WorkloadState } from '../state/workload.ts';
import type { ConnectionNotes } from './connection-notes.ts';
import { EventWatch } from './event-watch.ts';
import { NodeWatch } from './node-watch.ts';
import { PodLogs, shownLogs } from './pod-logs.ts';
import { PodNews } from './pod-news.ts';
import { PodNotes } from './pod-notes.ts';
import { PodReports } from './pod-report.ts';
import { RootWatch } from './root-watch.ts';
import type { WatchMemory } from './watch-memory.ts';
import { reportWorkload, type WorkloadView } from './workload-report.ts';

// How long a report of an end waits for the last lines of the log while none comes.
const DRAIN_MS = 5_000;
const SHORTEST_RECHECK_MS = 50;

/** Follows what was applied for a resource, and reports on it. Nothing is reported after `stop` was called. */
export class WorkloadWatch implements Running {
  readonly #client: KubernetesClient;
  readonly #resource: FollowedResource;
  readonly #deployed: Deployed;
  readonly #memory: WatchMemory;
  readonly #connection: ConnectionNotes;
  readonly #listener: ClusterListener;
  readonly #podMakers: readonly ((ref: DeployedObject) => boolean)[];
  readonly #roots: RootWatch;
  readonly #tracker: PodTracker;
  readonly #events: EventWatch;
  readonly #nodes: NodeWatch;
  readonly #logs: PodLogs;
  readonly #news = new PodNews();
  readonly #notes: PodNotes;
  readonly #pods: PodReports;
  #toldPods: readonly PodReport[] = [];
  readonly #podUids = new Set<string>();
  readonly #abort = new AbortController();
  #scheduled: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drainUntil: number | undefined;
  #reported = '';
  #told = '';
  #toldRefusal = false;

  constructor(
    client: KubernetesClient,
    resource: FollowedResource,
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
    const roots = podRoots(resource, deployed, fallbackNamespace);
    const changed = () => this.#schedule();
    const { signal } = this.#abort;
    this.#notes = new PodNotes(
      memory,
      (text, level) => listener.note(text, level),
      () => client.now(),
    );
    this.#pods = new PodReports((uid) => client.owners.createdAt(uid));
    this.#logs = new PodLogs(client, memory.positions, shownLogs(resource.logContainers), {
      show: (pod, container, text) => {
        if (!signal.aborted) listener.log(pod, container, text);
      },
      backlog: () => listener.backlog?.(),
      refused: (pod, words) => this.#tellRefusal(pod, words),
      changed,
    });
    this.#nodes = new NodeWatch(client, changed);
    const rootLabels = areObjectsLabelled(resource) ? managedSelector() : '';
    this.#roots = new RootWatch(client, deployed.objects, rootLabels, changed);
    this.#events = new EventWatch(client, roots.namespaces, roots.uids, (uid) => this.#podUids.has(uid), memory, {
      note: (text) => listener.note(text, 'info'),
      seen: (event) => {
        if (this.#news.takeEvent(event)) changed();
      },
    });
    this.#tracker = new PodTracker(client, roots, (pod) => {
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
    this.#nodes.stop();
    await this.#logs.stop();
  }

  #podChanged({ pod }: TrackedPod): void {
    const { uid } = pod.metadata;
    const isNew = !this.#podUids.has(uid);
    this.#podUids.add(uid);
    const gone = !this.#tracker.isThere(uid);
    if (!gone && !pod.metadata.deletionTimestamp) this.#notes.progress(pod);
    this.#notes.restarts(pod);
    this.#news.takePod(pod);
    this.#logs.update(pod, this.#memory.oldPods.has(uid) ? this.#memory.since : '', gone);
    if (isNew) this.#events.podFound(uid);
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
    this.#tellPods();
    this.#nodes.follow(
      this.#tracker.pods.map(({ pod }) => pod),
      this.#client.now(),
    );
    const { report: seen, recheckAt, endedPods } = reportWorkload(this.#view());
    const report = { ...seen, state: this.#known(seen.state) };
    clearTimeout(this.#timer);
    const undrained = endedPods.filter((pod) => !this.#logs.isDrained(pod));
    if (undrained.length === 0) this.#drainUntil = undefined;
    else {
      this.#drainUntil ??= Date.now() + DRAIN_MS;
      // As long as lines come, they are waited for: a log that has ended has an end.
      const lastLineAt = Math.max(...undrained.map((pod) => this.#logs.lastLineAt(pod)));
      const left = Math.max(this.#drainUntil, lastLineAt + DRAIN_MS) - Date.now();
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

  #tellPods(): void {
    const there = this.#tracker.pods.filter(({ pod }) => this.#tracker.isThere(pod.metadata.uid));
    const pods = this.#pods.of(there);
    if (pods === this.#toldPods) return;
    this.#toldPods = pods;
    this.#listener.pods(pods);
  }

  #view(): WorkloadView {
    const { position, extraPodSelectors, podSelectors = [] } = this.#resource;
    return {
      position,
      podReadiness: readinessOf(this.#resource),
      now: this.#client.now(),
      roots: this.#deployed.objects.map((ref) => ({
        ref,
        object: this.#roots.get(ref.uid)?.object,
        goneAt: this.#roots.get(ref.uid)?.goneAt,
        isHidden: this.#roots.isHidden(ref.uid),
        generation: this.#memory.generations.get(ref.uid) ?? 0,
        makesPods: this.#podMakers.some((makes) => makes(ref)),
      })),
      pods: this.#tracker.pods,
      selectsPods: extraPodSelectors.length + podSelectors.length > 0,
      countsSelectedOnly: this.#resource.discoveryStrategy === 'selectors-only',
      seesPods: !isRefusal(this.#tracker.problem),
      pullError: (podUid, container) => this.#news.pullError(podUid, container),
      probeError: (podUid, container) => this.#news.probeError(podUid, container),
      startError: (podUid) => this.#news.startError(podUid),
      getsNode: (podUid) => this.#news.getsNode(podUid),
      nodeProblem: (node) => this.#nodes.problemOf(node),
      isAlive: (podUid, container) => this.#logs.isAlive(podUid, container),
      restartSeenAt: (podUid, container) => this.#memory.restartsSeenAt.get(`${podUid}/${container}`) ?? 0,
      lastLines: (podUid, container) => this.#logs.lastLines(podUid, container),
    };
  }

  #tellRefusal(pod: string, words: string): void {
    if (this.#toldRefusal || this.#abort.signal.aborted) return;
    this.#toldRefusal = true;
    this.#listener.note(`Cannot read the log of pod "${pod}": ${words}`, 'warn');
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
