import type { Graph } from '../../stdlib/model/graph.ts';
import type { ClusterSettings } from '../../stdlib/model/kubernetes.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import type { SessionEvent } from '../state/event.ts';
import { type Failure, failure } from '../state/failure.ts';
import { Mark } from '../state/resource-status.ts';
import { sameData } from '../state/same-data.ts';
import type { State } from '../state/state.ts';
import { usesCluster } from './cluster-object-plan.ts';
import { needsCluster } from './needs-cluster.ts';
import type { SessionOptions, SessionPorts } from './session.ts';

const RETRY_MS = 3_000;

/**
 * Connects to the cluster as soon as something for it is due, also when that has to wait for other things yet. `up` tries
 * again until the cluster is there, and anew when the Tiltfile says something else about it.
 */
export class ClusterConnection {
  readonly #ports: SessionPorts;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  readonly #chore: (task: () => Promise<void>) => void;
  #asked: ClusterSettings | undefined;
  #isBusy = false;
  /** What was complained of last; empty while all is well. */
  #trouble = '';
  #cancelRetry: (() => void) | undefined;
  #graphSeen: Graph | undefined;
  /** Whether the cluster was asked for as that graph says. */
  #isAsked = false;
  /** Whether a resource of that graph is for a cluster. */
  #usesCluster = false;

  constructor(
    ports: SessionPorts,
    options: SessionOptions,
    dispatch: (event: SessionEvent) => void,
    chore: (task: () => Promise<void>) => void,
  ) {
    this.#ports = ports;
    this.#options = options;
    this.#dispatch = dispatch;
    this.#chore = chore;
  }

  follow(state: State): void {
    const { graph, resources } = state;
    if (graph === undefined || this.#isBusy) return;
    const forObjects = usesCluster(state);
    if (resources.count(Mark.due) === 0 && !forObjects) return;
    if (graph !== this.#graphSeen) {
      this.#graphSeen = graph;
      this.#usesCluster = someForCluster(resources, graph);
      this.#isAsked = this.#asked !== undefined && sameData(this.#asked, graph.cluster);
    }
    const forResources = this.#usesCluster && someForCluster(resources.marked(Mark.due), graph);
    if (this.#isAsked || !(forResources || forObjects)) return;
    this.#isAsked = true;
    this.#connect(graph.cluster);
  }

  stop(): void {
    this.#cancelRetry?.();
  }

  #connect(settings: ClusterSettings): void {
    this.stop();
    this.#asked = settings;
    this.#isBusy = true;
    const { clock, cluster } = this.#ports;
    if (this.#trouble === '') this.#dispatch({ at: clock.now(), kind: 'cluster-connecting' });
    this.#chore(async () => {
      const result = await cluster.connect(settings).catch((error: unknown) => {
        const message = `Cannot connect to the cluster: internal error: ${String(error)}`;
        return { ok: false, failure: failure('cluster-unreachable', message) } as const;
      });
      this.#isBusy = false;
      if (!result.ok) return this.#failed(settings, result.failure);
      if (this.#trouble !== '') this.#say('The cluster answers now.', 'info');
      this.#trouble = '';
      this.#dispatch({ at: clock.now(), kind: 'cluster-connected', info: result.value });
    });
  }

  #failed(settings: ClusterSettings, problem: Failure): void {
    const { clock } = this.#ports;
    const mayPass = this.#options.mode === 'up' && problem.kind === 'cluster-unreachable';
    const text = [problem.message, ...problem.details].join('\n');
    if (text !== this.#trouble) {
      this.#say(text, 'error');
      if (mayPass) this.#say('It is tried again until it answers.', 'info');
      this.#dispatch({ at: clock.now(), kind: 'cluster-failed', failure: problem });
    }
    this.#trouble = text;
    if (mayPass) this.#cancelRetry = clock.after(RETRY_MS, () => this.#connect(settings));
  }

  #say(text: string, level: 'info' | 'error'): void {
    const log = this.#options.log.open({ resource: '', source: 'global', span: 'cluster' });
    log.write(`${text}\n`, level);
    log.end();
  }
}

function someForCluster(rows: Iterable<{ readonly resource: Resource }>, graph: Graph): boolean {
  for (const { resource } of rows) if (needsCluster(resource, graph)) return true;
  return false;
}
