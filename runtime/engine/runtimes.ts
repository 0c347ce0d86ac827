import { liveUpdateTargets } from '../../stdlib/model/live-update-target.ts';
import type { PortForward } from '../../stdlib/model/port-forward.ts';
import type { ComposeResource, KubernetesResource, LocalResource, Resource } from '../../stdlib/model/resource.ts';
import type { Deployed } from '../state/deployed.ts';
import type { SessionEvent } from '../state/event.ts';
import type { LogStore, LogWriter } from '../state/log-store.ts';
import type { ResourceState, SucceededUpdate } from '../state/state.ts';
import type { WorkloadReport } from '../state/workload.ts';
import type { Running } from './ports.ts';
import type { SessionOptions, SessionPorts } from './session.ts';
import { Slot } from './slot.ts';
import { whatHelps } from './what-helps.ts';

/** The slots of one resource, by what they are for: `serve`, `watch`, `forward:0`. */
type Slots = Map<string, Slot>;

/** How long after a live update an end of a container may be that of the restart that belonged to it. */
const LATE_NEWS_MS = 2_000;

/** Keeps running what the state says should run beside updates: servers, watches of what was applied, port-forwards. */
export class Runtimes {
  readonly #ports: SessionPorts;
  readonly #log: LogStore;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  readonly #slots = new Map<string, Slots>();
  /** Live updates that run, which may restart containers, and the news of an end that waits for theirs. */
  readonly #live = new Map<string, { tell: () => void; isEnding: boolean }>();
  #serverRuns = 0;

  constructor(ports: SessionPorts, options: SessionOptions, dispatch: (event: SessionEvent) => void) {
    this.#ports = ports;
    this.#log = options.log;
    this.#options = options;
    this.#dispatch = dispatch;
  }

  /** Starts, replaces and ends what belongs to a resource, so that it is as its state says. */
  follow(row: ResourceState): void {
    const { resource, succeeded } = row;
    this.#followUpdate(row);
    if (succeeded === undefined) {
      // It became another kind of resource: what ran for the old one is of no use.
      if (this.#slots.has(resource.name)) void this.drop(resource.name);
      return;
    }
    if (resource.kind === 'local') this.#followLocal(resource, succeeded);
    else if (resource.kind === 'compose') this.#followCompose(resource, succeeded);
    else if (succeeded.deployed !== undefined) this.#followCluster(resource, succeeded, succeeded.deployed);
  }

  /** Ends everything of a resource; resolves when it is gone. */
  async drop(name: string): Promise<void> {
    const slots = this.#slots.get(name);
    if (slots !== undefined) await Promise.all([...slots.values()].map((slot) => slot.clear()));
  }

  async dropAll(): Promise<void> {
    await Promise.all([...this.#slots.keys()].map((name) => this.drop(name)));
  }

  #slot(name: string, purpose: string): Slot {
    let slots = this.#slots.get(name);
    if (slots === undefined) {
      slots = new Map();
      this.#slots.set(name, slots);
    }
    let slot = slots.get(purpose);
    if (slot === undefined) {
      slot = new Slot();
      slots.set(purpose, slot);
    }
    return slot;
  }

  #followLocal(resource: LocalResource, { update }: SucceededUpdate): void {
    if (resource.serve === undefined) {
      void this.#slots.get(resource.name)?.get('serve')?.clear();
      return;
    }
    this.#slot(resource.name, 'serve').want(String(update), () => this.#startServer(resource, update));
  }

  #startServer(resource: LocalResource, update: number): Running {
    const { name, serve, readinessProbe } = resource;
    if (serve === undefined) return NOTHING;
    this.#serverRuns++;
    const output = this.#log.open({ resource: name, source: 'runtime', span: `serve:${name}:${this.#serverRuns}` });
    const at = () => this.#ports.clock.now();
    const running = this.#ports.local.startServer(serve, readinessProbe, output, {
      started: (pid) => this.#dispatch({ at: at(), kind: 'server-started', resource: name, update, pid }),
      readiness: (ready, reason) =>
        this.#dispatch({ at: at(), kind: 'server-readiness', resource: name, update, ready, reason }),
      exited: (failure, exitCode) => {
        this.#tellFailure(resource, output, failure.message);
        this.#dispatch({ at: at(), kind: 'server-exited', resource: name, update, failure, exitCode });
      },
    });
    return { stop: () => running.stop().then(() => output.end()) };
  }

  #followCluster(resource: KubernetesResource, { update }: SucceededUpdate, deployed: Deployed): void {
    const { name } = resource;
    const watchKey = JSON.stringify([update, resource.extraPodSelectors, resource.podReadiness]);
    this.#slot(name, 'watch').want(watchKey, () => this.#startWatch(resource, update, deployed));
    this.#followLive(resource, update, deployed);
    const uids = deployed.objects.map((object) => object.uid);
    for (const [index, forward] of resource.portForwards.entries()) {
      // An update that leaves the objects in place leaves the port open.
      const key = JSON.stringify([forward, uids]);
      this.#slot(name, `forward:${index}`).want(key, () => this.#startForward(resource, deployed, index, forward));
    }
    for (const [purpose, slot] of this.#slots.get(name) ?? []) {
      const index = /^forward:(\d+)$/.exec(purpose)?.[1];
      if (purpose === 'serve' || (index !== undefined && Number(index) >= resource.portForwards.length)) {
        void slot.clear();
      }
    }
  }

  #followCompose(resource: ComposeResource, { update }: SucceededUpdate): void {
    this.#slot(resource.name, 'watch').want(String(update), () => this.#startServiceWatch(resource, update));
    this.#followLive(resource, update, undefined);
  }

  #followUpdate({ resource: { name }, update }: ResourceState): void {
    if (update.kind === 'running' && update.isLive) {
      const known = this.#live.get(name);
      if (known === undefined) this.#live.set(name, { tell: () => {}, isEnding: false });
      else known.isEnding = false;
      return;
    }
    const news = this.#live.get(name);
    if (news === undefined || news.isEnding) return;
    news.isEnding = true;
    // The engine may be asked only now what became of a container that the update restarted.
    this.#ports.clock.after(LATE_NEWS_MS, () => {
      if (!news.isEnding) return;
      this.#live.delete(name);
      news.tell();
    });
  }

  #followLive(resource: KubernetesResource | ComposeResource, update: number, deployed: Deployed | undefined): void {
    const { live, clock } = this.#ports;
    const { name } = resource;
    if (liveUpdateTargets(resource).length === 0) {
      void this.#slots.get(name)?.get('live')?.clear();
      return;
    }
    this.#slot(name, 'live').want(String(update), () =>
      live.follow(resource, deployed, {
        containers: (containers, trouble) => {
          const event = { kind: 'live-containers-changed', resource: name, update, containers, trouble } as const;
          this.#dispatch({ at: clock.now(), ...event });
        },
      }),
    );
  }

  #startServiceWatch(resource: ComposeResource, update: number): Running {
    const { name } = resource;
    const writer = this.#writers(name);
    const report = this.#workloadReports(resource, update, () => writer(`service:${name}`));
    return this.#ports.compose.watch(resource, {
      service: (seen) => {
        const news = this.#live.get(name);
        const isFailed = seen.state.status === 'failed';
        if (news !== undefined) news.tell = isFailed ? () => report(seen) : () => {};
        if (news === undefined || !isFailed) report(seen);
      },
      log: (id, container, text) => {
        const prefix = container === '' ? '' : `[${container}] `;
        writer(`container:${name}:${id}`).write(`${prefix}${ended(text)}`);
      },
    });
  }

  /** The log writers of a resource, one for each span. */
  #writers(resource: string): (span: string) => LogWriter {
    const writers = new Map<string, LogWriter>();
    return (span) => {
      const known = writers.get(span) ?? this.#log.open({ resource, source: 'runtime', span });
      writers.set(span, known);
      return known;
    };
  }

  /** Hands on what a watch reports. A crash loop fails again and again: once is enough to tell, until it was ready in between. */
  #workloadReports(resource: Resource, update: number, output: () => LogWriter): (report: WorkloadReport) => void {
    let told = '';
    return (report) => {
      const { state } = report;
      const at = this.#ports.clock.now();
      this.#dispatch({ at, kind: 'workload-changed', resource: resource.name, update, report });
      const problem = state.status === 'failed' ? state.failure.message : '';
      if (problem !== '' && problem !== told) this.#tellFailure(resource, output(), problem);
      if (problem !== '' || state.status === 'ready') told = problem;
    };
  }

  #startWatch(resource: KubernetesResource, update: number, deployed: Deployed): Running {
    const { name } = resource;
    const writer = this.#writers(name);
    return this.#ports.cluster.watch(resource, deployed, {
      workload: this.#workloadReports(resource, update, () => writer(`workload:${name}`)),
      pods: (pods) =>
        this.#dispatch({ at: this.#ports.clock.now(), kind: 'pods-changed', resource: name, update, pods }),
      log: (pod, container, text) => {
        const prefix = container === '' ? '' : `[${container}] `;
        writer(`pod:${name}:${pod}:${container}`).write(`${prefix}${ended(text)}`);
      },
      backlog: () => writer(`events:${name}`).backlog(),
      note: (text, level) => writer(`events:${name}`).write(ended(text), level),
    });
  }

  /** In `up`; the end of a `ci` run tells what failed. */
  #tellFailure(resource: Resource, output: LogWriter, message: string): void {
    if (this.#options.mode !== 'up') return;
    output.write(`${message}\n${whatHelps(resource, this.#options.folder ?? '')}\n`, 'error');
  }

  #startForward(resource: KubernetesResource, deployed: Deployed, index: number, forward: PortForward): Running {
    const { name } = resource;
    const output = this.#log.open({ resource: name, source: 'runtime', span: `forward:${name}:${index}` });
    return this.#ports.cluster.forward(resource, deployed, forward, {
      listening: (localPort) =>
        this.#dispatch({
          at: this.#ports.clock.now(),
          kind: 'forward-listening',
          resource: name,
          forward: index,
          localPort,
        }),
      failed: (message) => {
        output.write(ended(message), 'warn');
        this.#dispatch({
          at: this.#ports.clock.now(),
          kind: 'forward-failed',
          resource: name,
          forward: index,
          message,
        });
      },
    });
  }
}

const NOTHING: Running = { stop: () => Promise.resolve() };

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
