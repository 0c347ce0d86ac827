import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';
import { ContainerLog } from './container-log.ts';
import { type LogPosition, newPosition } from './log-position.ts';

/** Proxies that a mesh puts beside every server: nobody wants their logs here. */
const IGNORED = new Set(['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init']);

/** The logs of all containers of a resource's pods. */
export class PodLogs {
  readonly #client: KubernetesClient;
  readonly #positions: Map<string, LogPosition>;
  readonly #show: (podName: string, container: string, text: string) => void;
  readonly #changed: () => void;
  readonly #logs = new Map<string, ContainerLog>();

  /** `positions` is kept by the caller, so that a later watch goes on where this one ends. */
  constructor(
    client: KubernetesClient,
    positions: Map<string, LogPosition>,
    show: (podName: string, container: string, text: string) => void,
    changed: () => void,
  ) {
    this.#client = client;
    this.#positions = positions;
    this.#show = show;
    this.#changed = changed;
  }

  /** `baseline`: lines up to this time are old; empty when the pod is new. `gone`: it is no longer in the cluster. */
  update(pod: Pod, baseline: string, gone: boolean): void {
    const { name, namespace = '', uid } = pod.metadata;
    const several = (pod.spec?.containers?.length ?? 0) + (pod.spec?.initContainers?.length ?? 0) > 1;
    for (const status of statusesOf(pod)) {
      const key = logKey(uid, status.name);
      let log = this.#logs.get(key);
      if (log) log.update(status);
      else if (!gone && hasRun(status)) {
        const target = { namespace, pod: name, container: status.name };
        const shown = several ? status.name : '';
        log = new ContainerLog(
          this.#client,
          target,
          status,
          this.#positionOf(key, baseline),
          (text) => this.#show(name, shown, text),
          this.#changed,
        );
        this.#logs.set(key, log);
      }
      if (gone) log?.podGone();
    }
  }

  /** Whether everything that ended containers of the pod wrote has been shown. */
  isDrained(pod: Pod): boolean {
    return statusesOf(pod).every(
      (status) => this.#logs.get(logKey(pod.metadata.uid, status.name))?.isDrained !== false,
    );
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

  #positionOf(key: string, baseline: string): LogPosition {
    let position = this.#positions.get(key);
    if (!position) {
      position = newPosition(baseline);
      this.#positions.set(key, position);
    }
    return position;
  }
}

function statusesOf(pod: Pod): readonly ContainerStatus[] {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return all.filter(({ name }) => !IGNORED.has(name));
}

function hasRun({ state, lastState }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined || lastState?.terminated !== undefined;
}

function logKey(podUid: string, container: string): string {
  return `${podUid}/${container}`;
}
