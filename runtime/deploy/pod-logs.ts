import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import type { LogContainers } from '../engine/ports.ts';
import { ContainerLog, type LogListener } from './container-log.ts';
import { type LogPosition, newPosition } from './log-position.ts';

/** Proxies that a mesh puts beside every server: nobody wants their logs here. */
const IGNORED = new Set(['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init']);

/** Which containers' logs are shown. */
export function shownLogs({ only, ignore }: LogContainers = { only: [], ignore: [...IGNORED] }) {
  return (container: string) => (only.length === 0 || only.includes(container)) && !ignore.includes(container);
}

export interface PodLogsListener {
  show(podName: string, container: string, text: string): void;
  /** A promise while it cannot take more. */
  backlog(): Promise<void> | undefined;
  /** The cluster does not hand out the log of a pod, for the reason given. */
  refused(podName: string, words: string): void;
  /** What is asked of the logs may be answered otherwise than before. */
  changed(): void;
}

/** The logs of all containers of a resource's pods. */
export class PodLogs {
  readonly #client: KubernetesClient;
  readonly #positions: Map<string, LogPosition>;
  readonly #isShown: (container: string) => boolean;
  readonly #listener: PodLogsListener;
  readonly #logs = new Map<string, ContainerLog>();

  /** `positions` is kept by the caller, so that a later watch goes on where this one ends. */
  constructor(
    client: KubernetesClient,
    positions: Map<string, LogPosition>,
    isShown: (container: string) => boolean,
    listener: PodLogsListener,
  ) {
    this.#client = client;
    this.#isShown = isShown;
    this.#positions = positions;
    this.#listener = listener;
  }

  /** `baseline`: lines up to this time are old; empty when the pod is new. `gone`: it is no longer in the cluster. */
  update(pod: Pod, baseline: string, gone: boolean): void {
    const { name, namespace = '', uid } = pod.metadata;
    const statuses = this.#statusesOf(pod);
    const specs = (pod.spec?.containers?.length ?? 0) + (pod.spec?.initContainers?.length ?? 0);
    const several = Math.max(specs, statuses.length) > 1;
    for (const status of statuses) {
      const key = logKey(uid, status.name);
      let log = this.#logs.get(key);
      if (log) log.update(status);
      else if (!gone && hasRun(status)) {
        const restarts = pod.spec?.restartPolicy !== 'Never';
        const target = { namespace, pod: name, container: status.name, restarts };
        const listener = this.#listenerOf(name, several ? status.name : '');
        log = new ContainerLog(this.#client, target, status, this.#positionOf(key, baseline), listener);
        this.#logs.set(key, log);
      }
      if (gone) log?.podGone();
    }
  }

  /** Whether everything that ended containers of the pod wrote has been shown. */
  isDrained(pod: Pod): boolean {
    return this.#statusesOf(pod).every(
      (status) => this.#logs.get(logKey(pod.metadata.uid, status.name))?.isDrained !== false,
    );
  }

  /** When the latest line of the pod came, in milliseconds since the epoch; 0 when none has. */
  lastLineAt(pod: Pod): number {
    const times = this.#statusesOf(pod).map(
      ({ name }) => this.#logs.get(logKey(pod.metadata.uid, name))?.lastLineAt ?? 0,
    );
    return Math.max(0, ...times);
  }

  /** Whether a container is known to run; `undefined` when that cannot be known from its log. */
  isAlive(podUid: string, container: string): boolean | undefined {
    return this.#logs.get(logKey(podUid, container))?.isAlive;
  }

  lastLines(podUid: string, container: string): readonly string[] {
    return this.#logs.get(logKey(podUid, container))?.lastLines ?? [];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#logs.values()].map((log) => log.stop()));
  }

  #statusesOf(pod: Pod): readonly ContainerStatus[] {
    const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = pod.status ?? {};
    const all = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
    return all.filter(({ name }) => this.#isShown(name));
  }

  #listenerOf(podName: string, container: string): LogListener {
    return {
      show: (text) => this.#listener.show(podName, container, text),
      backlog: () => this.#listener.backlog(),
      refused: (words) => this.#listener.refused(podName, words),
      changed: () => this.#listener.changed(),
    };
  }

  #positionOf(key: string, baseline: string): LogPosition {
    let position = this.#positions.get(key);
    if (!position) {
      position = newPosition(baseline);
      this.#positions.set(key, position);
    }
    return position;
  }
}

function hasRun({ state, lastState }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined;
}

function logKey(podUid: string, container: string): string {
  return `${podUid}/${container}`;
}
