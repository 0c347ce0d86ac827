import { apiKey } from '../state/api-state.ts';
import type { DeployedObject } from '../state/deployed.ts';
import type { SessionEvent } from '../state/event.ts';
import { failure } from '../state/failure.ts';
import type { LogWriter } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import {
  type PlannedApply,
  type PlannedDiscovery,
  type PlannedForward,
  plannedApplies,
  plannedDiscoveries,
  plannedForwards,
} from './cluster-object-plan.ts';
import { undeployOf } from './cluster-object-spec.ts';
import { isDeclared } from './leftovers.ts';
import type { ForwardListener, Running } from './ports.ts';
import type { SessionOptions, SessionPorts } from './session.ts';
import { Slot } from './slot.ts';

/** Keeps what objects of the API ask for in the cluster as the state says: what they apply, the pods that they find, ports. */
export class ClusterObjects {
  readonly #ports: Pick<SessionPorts, 'clock' | 'cluster'>;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  readonly #slots = new Map<string, Slot>();
  /** What is being taken away of an apply: it is applied again only afterwards. */
  readonly #removals = new Map<string, Promise<void>>();
  readonly #over = new AbortController();
  #followed: State | undefined;

  constructor(ports: SessionPorts, options: SessionOptions, dispatch: (event: SessionEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#dispatch = dispatch;
  }

  follow(state: State): void {
    const before = this.#followed;
    if (before?.api === state.api && before.graph === state.graph) {
      if (before.images === state.images && before.cluster === state.cluster) return;
    }
    this.#followed = state;
    if (before !== undefined) this.#takeAway(before, state);
    const wanted = new Map<string, { readonly key: string; readonly start: () => Running }>();
    for (const plan of plannedApplies(state)) this.#wantApply(plan, state, wanted);
    const discoveries = plannedDiscoveries(state);
    for (const plan of discoveries) {
      wanted.set(`watch:${plan.name}`, { key: plan.key, start: () => this.#discover(plan) });
    }
    for (const plan of plannedForwards(state, discoveries)) {
      const to = 'pod' in plan.to ? plan.to.pod : plan.to.discovery.key;
      const key = JSON.stringify([plan.forward, to]);
      wanted.set(`forward:${plan.owner}:${plan.index}`, { key, start: () => this.#forward(plan) });
    }
    for (const [purpose, slot] of this.#slots) if (!wanted.has(purpose)) void slot.clear();
    for (const [purpose, { key, start }] of wanted) {
      const slot = this.#slots.get(purpose) ?? new Slot();
      this.#slots.set(purpose, slot);
      slot.want(key, start);
    }
  }

  async dropAll(): Promise<void> {
    this.#over.abort();
    await Promise.all([...this.#slots.values()].map((slot) => slot.clear()));
    await Promise.all(this.#removals.values());
  }

  #wantApply(
    plan: PlannedApply,
    state: State,
    wanted: Map<string, { readonly key: string; readonly start: () => Running }>,
  ): void {
    const known = state.api.applies.get(plan.name);
    if (plan.kind === 'off') {
      if (known !== undefined && known.endedAt !== undefined) {
        this.#dispatch({ at: this.#ports.clock.now(), kind: 'apply-dropped', apply: plan.name });
      }
      return;
    }
    if (plan.kind === 'apply' && state.cluster.kind === 'connected') {
      wanted.set(`apply:${plan.name}`, { key: plan.run, start: () => this.#apply(plan) });
    }
  }

  /** Runs to its end also when something else is wanted meanwhile: half of it in the cluster is of no use to anybody. */
  #apply({ name, run, request }: Extract<PlannedApply, { kind: 'apply' }>): Running {
    const { clock, cluster } = this.#ports;
    const log = this.#open('kubernetesapplys', name, `kubernetesapply:${name}`);
    const done = (async () => {
      await this.#removals.get(name);
      this.#dispatch({ at: clock.now(), kind: 'apply-started', apply: name, run });
      const ready = { ...request, resource: this.#withFolder(request.resource) };
      const result = await cluster.apply(ready, log, this.#over.signal).catch((error: unknown) => {
        return { ok: false, failure: failure('apply', `Internal error: ${String(error)}`) } as const;
      });
      if (!result.ok && result.failure.kind !== 'cancelled') {
        log.write(
          `${[`kubernetesapply ${name}: ${result.failure.message}`, ...result.failure.details].join('\n')}\n`,
          'error',
        );
      }
      log.end();
      this.#dispatch({ at: clock.now(), kind: 'apply-ended', apply: name, run, result });
      const isGone = this.#followed?.api.objects.has(apiKey('kubernetesapplys', name)) === false;
      if (result.ok && isGone) this.#remove(name, result.value.objects);
    })();
    return { stop: () => done };
  }

  /** Commands without a folder of their own run in that of the session. */
  #withFolder<Resource extends PlannedDiscovery['resource']>(resource: Resource): Resource {
    const { customDeploy } = resource;
    if (customDeploy === undefined) return resource;
    const folder = this.#options.folder ?? process.cwd();
    const inFolder = (command: typeof customDeploy.apply) => ({ ...command, dir: command.dir || folder });
    const commands = { apply: inFolder(customDeploy.apply), delete: inFolder(customDeploy.delete) };
    return { ...resource, customDeploy: { ...customDeploy, ...commands } };
  }

  /** What no apply has in the cluster any more: of those that are gone or off, and what others do not apply again. */
  #takeAway(before: State, state: State): void {
    for (const [name, { deployed }] of before.api.applies) {
      const now = state.api.applies.get(name);
      if (deployed === undefined || now?.deployed === deployed) continue;
      const declared = before.api.objects.get(apiKey('kubernetesapplys', name));
      const undeploy = declared && undeployOf(declared);
      if (undeploy !== undefined) {
        if (now === undefined) this.#undeploy(name, undeploy);
        continue;
      }
      this.#remove(
        name,
        deployed.objects.filter((object) => !isApplied(object, state) && !isDeclared(object, state)),
      );
    }
  }

  #remove(name: string, objects: readonly DeployedObject[]): void {
    const left = objects.filter(({ isKept }) => isKept !== true);
    if (left.length === 0) return;
    this.#removing(name, (log) => this.#ports.cluster.delete(left, log, this.#over.signal));
  }

  #undeploy(name: string, resource: PlannedDiscovery['resource']): void {
    this.#removing(name, (log) => this.#ports.cluster.undeploy(this.#withFolder(resource), log, this.#over.signal));
  }

  #removing(name: string, remove: (log: LogWriter) => ReturnType<SessionPorts['cluster']['delete']>): void {
    const log = this.#open('kubernetesapplys', name, `kubernetesapply:${name}`);
    log.write('Beginning garbage collecting removed Kubernetes objects\n');
    const removal = (this.#removals.get(name) ?? Promise.resolve())
      .then(() => remove(log))
      .then((result) => {
        if (result.ok || result.failure.kind === 'cancelled') return;
        log.write(`kubernetesapply ${name}: ${result.failure.message}\n`, 'error');
      })
      .catch((error: unknown) => log.write(`kubernetesapply ${name}: internal error: ${String(error)}\n`, 'error'))
      .finally(() => {
        log.end();
        if (this.#removals.get(name) === removal) this.#removals.delete(name);
      });
    this.#removals.set(name, removal);
  }

  #discover({ name, resource, deployed }: PlannedDiscovery): Running {
    const { clock, cluster } = this.#ports;
    const told = (pods: Parameters<Parameters<typeof cluster.watch>[2]['pods']>[0] | undefined) =>
      this.#dispatch({ at: clock.now(), kind: 'pods-discovered', discovery: name, pods });
    const writers = new Map<string, LogWriter>();
    const writer = (span: string) => {
      const known = writers.get(span) ?? this.#open('kubernetesdiscoveries', name, span);
      writers.set(span, known);
      return known;
    };
    told([]);
    const running = cluster.watch(resource, deployed, {
      workload: () => {},
      pods: told,
      log: (pod, container, text) => {
        const prefix = container === '' ? '' : `[${container}] `;
        writer(`pod:${name}:${pod}:${container}`).write(`${prefix}${ended(text)}`);
      },
      backlog: () => writer(`events:${name}`).backlog(),
      note: (text, level) => writer(`events:${name}`).write(ended(text), level),
    });
    return {
      stop: async () => {
        await running.stop();
        for (const one of writers.values()) one.end();
        told(undefined);
      },
    };
  }

  #forward({ owner, index, forward, to }: PlannedForward): Running {
    const { clock, cluster } = this.#ports;
    const [kind = '', name = ''] = owner.split(/\/(.*)/s);
    const log = this.#open(kind, name, `forward:${name}:${index}`);
    const tell = (now: Extract<SessionEvent, { kind: 'object-forward-changed' }>['now']) =>
      this.#dispatch({ at: clock.now(), kind: 'object-forward-changed', owner, forward: index, now });
    const listener: ForwardListener = {
      listening: (localPort) => tell({ kind: 'listening', localPort, since: clock.now() }),
      failed: (message) => {
        log.write(ended(message), 'warn');
        tell({ kind: 'failed', message });
      },
    };
    const running =
      'pod' in to
        ? cluster.forwardToPod(to.pod, forward, listener)
        : cluster.forward(to.discovery.resource, to.discovery.deployed, forward, listener);
    return {
      stop: async () => {
        await running.stop();
        log.end();
        tell(undefined);
      },
    };
  }

  /** The log of the resource that the object says it belongs to. A discovery of an apply is of that apply's. */
  #open(kind: string, name: string, span: string): LogWriter {
    const objects = this.#followed?.api.objects;
    const object = objects?.get(apiKey(kind, name)) ?? objects?.get(apiKey('kubernetesapplys', name));
    const resource = object?.annotations['tilt.dev/resource'] ?? '';
    return this.#options.log.open({ resource, source: 'runtime', span });
  }
}

function isApplied(object: DeployedObject, { api }: State): boolean {
  const is = (other: DeployedObject) =>
    other.uid === object.uid ||
    (other.kind === object.kind && other.name === object.name && other.namespace === object.namespace);
  return [...api.applies.values()].some(({ deployed }) => deployed?.objects.some(is));
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
