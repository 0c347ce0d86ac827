import { setMaxListeners } from 'node:events';
import type { Server, Socket } from 'node:net';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { Pod } from '../clients/kubernetes/objects.ts';
import { podRoots } from '../clients/kubernetes/pod-roots.ts';
import { type PodRoots, PodTracker } from '../clients/kubernetes/pod-tracker.ts';
import type { Cluster, ForwardListener, Running } from '../engine/ports.ts';
import { containerPortOf, localPortOf, podPorts } from './forward-ports.ts';
import { closeServer, listenLocally, portOf } from './local-listener.ts';
import { connectSocket, openChannel } from './pod-connection.ts';
import { portOwner } from './port-owner.ts';
import { isReady, runningSince, targetPod } from './target-pod.ts';

const RETRY_MS = 500;
// How long a connection waits for a pod, as between two versions.
const POD_WAIT_MS = 5_000;
// Who holds a port is looked up anew after so long: that takes a walk through all processes.
const OWNER_MS = 10_000;
// What fails again and again is told of once in so long.
const SILENCE_MS = 60_000;

/** The part of a cluster that connects local ports to pods. */
export function createForwarder(client: KubernetesClient): Pick<Cluster, 'forward' | 'forwardToPod'> {
  return {
    forward(resource, deployed, forward, listener) {
      const roots = podRoots(resource, deployed, 'default');
      return new Forward(
        client,
        { name: resource.name, roots, port: localPortOf(forward, resource) },
        forward,
        listener,
      );
    },
    forwardToPod({ name, namespace }, forward, listener) {
      const roots = { uids: new Set<string>(), namespaces: [namespace], selectors: [], labels: '', podName: name };
      const port = forward.localPort === 0 ? 'any' : forward.localPort;
      return new Forward(client, { name, roots, port }, forward, listener);
    },
  };
}

interface ForwardTarget {
  /** For people. */
  readonly name: string;
  readonly roots: PodRoots;
  /** The port to listen on; 0 for that of the pod, `any` for a free one. */
  readonly port: number | 'any';
}

class Forward implements Running {
  readonly #client: KubernetesClient;
  readonly #name: string;
  readonly #forward: PortForward;
  readonly #listener: ForwardListener;
  readonly #tracker: PodTracker;
  readonly #abort = new AbortController();
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();
  readonly #listening: Promise<readonly Server[]>;
  /** What was told, and when. */
  readonly #told = new Map<string, number>();
  #ownerAskedAt = Number.NEGATIVE_INFINITY;

  constructor(
    client: KubernetesClient,
    { name, roots, port }: ForwardTarget,
    forward: PortForward,
    listener: ForwardListener,
  ) {
    // Every connection hangs on it.
    setMaxListeners(0, this.#abort.signal);
    this.#client = client;
    this.#name = name;
    this.#forward = forward;
    this.#listener = listener;
    this.#tracker = new PodTracker(client, roots, () => {
      for (const wake of [...this.#waiting]) wake();
    });
    this.#listening = this.#listen(port);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    for (const wake of [...this.#waiting]) wake();
    this.#tracker.stop();
    const servers = await this.#listening;
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(servers.map(closeServer));
  }

  /** Tries until the port is free; none when it was stopped before. */
  async #listen(declaredPort: number | 'any'): Promise<readonly Server[]> {
    const { signal } = this.#abort;
    let port = declaredPort === 'any' ? 0 : declaredPort;
    while (!signal.aborted && declaredPort === 0 && port === 0) port = (await this.#somePodPort()) ?? 0;
    while (!signal.aborted) {
      try {
        const servers = await listenLocally(
          this.#forward.host,
          port,
          (socket) => void this.#accept(socket, socket.localPort ?? port),
        );
        if (!signal.aborted) this.#listener.listening(portOf(servers) ?? port);
        return servers;
      } catch (error) {
        await this.#tellListenError(error, port);
        await this.#waitForChange(RETRY_MS);
      }
    }
    return [];
  }

  async #tellListenError(error: unknown, port: number): Promise<void> {
    const host = this.#forward.host || 'localhost';
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') return this.#fail(`Cannot listen on ${host}:${port}: ${message}`);
    if (performance.now() < this.#ownerAskedAt + OWNER_MS) return;
    this.#ownerAskedAt = performance.now();
    const owner = await portOwner(port);
    const who = owner === '' ? 'another process' : owner;
    this.#fail(
      `Cannot forward port ${port}: ${who} uses it on ${host}. End it, or choose another port in port_forwards.`,
    );
  }

  /** Says each thing once in a while, however often it is tried. */
  #fail(message: string): void {
    const now = performance.now();
    for (const [known, at] of this.#told) if (now - at > SILENCE_MS) this.#told.delete(known);
    if (this.#abort.signal.aborted || this.#told.has(message)) return;
    this.#told.set(message, now);
    this.#listener.failed(message);
  }

  async #accept(socket: Socket, localPort: number): Promise<void> {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Whoever hangs up early is nobody's error.
    socket.on('error', () => {});
    // Nothing is read before there is somewhere to send it.
    socket.pause();
    const end = Date.now() + POD_WAIT_MS;
    let problem = `"${this.#name}": it has no pod that runs`;
    while (!this.#abort.signal.aborted && !socket.destroyed) {
      const pod = await this.#findPod(socket, end);
      if (!pod) break;
      const { name, namespace = '' } = pod.metadata;
      const port = containerPortOf(this.#forward, localPort, pod);
      const told = (words: string) => `port ${port} of pod "${name}": ${words}`;
      try {
        const channel = await openChannel(this.#client, { name, namespace }, port);
        const words = await connectSocket(channel, socket, this.#abort.signal);
        problem = words === '' ? '' : told(words);
        break;
      } catch (error) {
        problem = told(error instanceof Error ? error.message : String(error));
        // The pod may be gone without being known to be: its successor will do.
        if (Date.now() >= end) break;
        await this.#waitForChange(RETRY_MS);
      }
    }
    socket.destroy();
    if (problem !== '') this.#fail(`Cannot forward port ${localPort} to ${problem}`);
  }

  /** A ready pod, soon; else one that runs, at once when it has done so for a while: some are never ready, and served all the same. */
  async #findPod(socket: Socket, end: number): Promise<Pod | undefined> {
    const find = () => targetPod(this.#tracker.pods.map(({ pod }) => pod));
    for (;;) {
      const pod = find();
      const left = end - Date.now();
      if (this.#abort.signal.aborted || socket.destroyed) return undefined;
      const runsFor = pod ? this.#client.now() - runningSince(pod) : 0;
      if ((pod && isReady(pod)) || left <= 0 || runsFor >= POD_WAIT_MS) return pod;
      await this.#waitForChange(pod ? Math.min(left, POD_WAIT_MS - runsFor) : left);
    }
  }

  async #somePodPort(): Promise<number | undefined> {
    const found = this.#tracker.pods.flatMap(({ pod }) => podPorts(pod));
    if (found.length === 0) await this.#waitForChange(RETRY_MS);
    return found[0];
  }

  /** Until pods change, it is stopped, or the time is over. */
  #waitForChange(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#waiting.add(wake);
    });
  }
}
