import type {
  Cluster,
  ClusterInfo,
  ClusterListener,
  Compose,
  Deployed,
  DeployedObject,
  DeployRequest,
  ForwardListener,
  ImageBuilder,
  ImageBuildRequest,
  LiveListener,
  LiveOutcome,
  LiveUpdateRequest,
  LiveUpdater,
  LocalRunner,
  Output,
  Running,
  ServerListener,
  ServiceListener,
  ServiceRequest,
  TiltfileLoader,
  TiltfileOutcome,
} from '../../runtime/engine/ports.ts';
import { failure, type Result } from '../../runtime/state/failure.ts';
import type { Command } from '../../stdlib/model/command.ts';
import { commandText } from '../../stdlib/model/command-text.ts';
import type { Graph } from '../../stdlib/model/graph.ts';

/** Calls of a port that a test takes one after the other. */
export class Calls<T> {
  readonly all: T[] = [];
  #taken = 0;
  #waiting: (() => void)[] = [];

  add(call: T): void {
    this.all.push(call);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The first call that was not taken yet, as soon as there is one. */
  async next(): Promise<T> {
    for (;;) {
      const call = this.all[this.#taken];
      if (call !== undefined) {
        this.#taken++;
        return call;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

export interface CommandCall {
  readonly text: string;
  readonly output: Output;
  succeed(): void;
  fail(message: string): void;
  reject(error: Error): void;
}
export interface ServerCall {
  readonly text: string;
  readonly output: Output;
  readonly listener: ServerListener;
  stopped: boolean;
}

const CANCELLED = { ok: false, failure: failure('cancelled', 'stopped') } as const;

export class FakeLocal implements LocalRunner {
  readonly commands = new Calls<CommandCall>();
  readonly servers = new Calls<ServerCall>();
  ended = false;
  /** Set it to hold back the end of servers that are stopped. */
  stopping: Promise<void> = Promise.resolve();

  runCommand(
    command: Command,
    output: Output,
    signal: AbortSignal,
    started: (pid: number) => void = () => {},
  ): Promise<Result<void>> {
    return new Promise((resolve, reject) => {
      started(4711);
      signal.addEventListener('abort', () => resolve(CANCELLED), { once: true });
      this.commands.add({
        text: commandText(command),
        output,
        succeed: () => resolve({ ok: true, value: undefined }),
        fail: (message) => resolve({ ok: false, failure: failure('command', message) }),
        reject,
      });
    });
  }

  startServer(command: Command, _probe: unknown, output: Output, listener: ServerListener): Running {
    const call: ServerCall = { text: commandText(command), output, listener, stopped: false };
    this.servers.add(call);
    return {
      stop: async () => {
        await this.stopping;
        call.stopped = true;
      },
    };
  }

  async end(): Promise<void> {
    this.ended = true;
  }
}

export interface BuildCall {
  readonly ref: string;
  finish(): void;
  /** Whether it was called off. */
  readonly stopped: boolean;
}

/** Builds at once, with a new tag for each build, unless the test says otherwise. */
export class FakeImages implements ImageBuilder {
  readonly built: ImageBuildRequest[] = [];
  /** Builds that began while `held` was set; each ends when the test says so. */
  readonly builds = new Calls<BuildCall>();
  held = false;

  async build(
    request: ImageBuildRequest,
    _output: Output,
    steps: { begin(kind: 'build', title: string): () => void },
    signal: AbortSignal,
  ) {
    steps.begin('build', `Building ${request.image.ref}`)();
    if (this.held) {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        this.builds.add({
          ref: request.image.ref,
          finish: resolve,
          get stopped() {
            return signal.aborted;
          },
        });
      });
      if (signal.aborted) return CANCELLED;
    }
    this.built.push(request);
    const tag = `${request.image.ref}:${this.built.length}`;
    return { ok: true, value: { ref: request.image.ref, localRef: tag, clusterRef: tag } } as const;
  }
}

export interface WatchCall {
  readonly resource: string;
  readonly listener: ClusterListener;
  stopped: boolean;
}
export interface ForwardCall {
  readonly port: number;
  /** Of a forward to one pod. */
  readonly pod?: string;
  readonly listener: ForwardListener;
  stopped: boolean;
}

export class FakeCluster implements Cluster {
  connects = 0;
  connection: Result<ClusterInfo> = {
    ok: true,
    value: {
      context: 'kind-kind',
      namespace: 'default',
      product: 'kind',
      version: 'v1.31.0',
      platform: 'linux/amd64',
      destination: { kind: 'engine' },
    },
  };
  readonly applied: DeployRequest[] = [];
  /** What is applied from a text of YAML. */
  answers: readonly DeployedObject[] = [];
  /** Why nothing can be applied; empty when it can. */
  refusal = '';
  readonly deleted: string[] = [];
  readonly undeployed: string[] = [];
  readonly watches = new Calls<WatchCall>();
  readonly forwards = new Calls<ForwardCall>();

  async connect(): Promise<Result<ClusterInfo>> {
    this.connects++;
    return this.connection;
  }

  async apply(request: DeployRequest): Promise<Result<Deployed>> {
    this.applied.push(request);
    if (this.refusal !== '') return { ok: false, failure: failure('apply', this.refusal) };
    if (request.yaml !== undefined)
      return { ok: true, value: { resource: request.resource.name, objects: this.answers } };
    const objects = request.resource.objects.map((object): DeployedObject => {
      const { apiVersion, kind, name } = object;
      return { apiVersion, kind, name, namespace: 'default', uid: `uid-${kind}-${name}` };
    });
    return { ok: true, value: { resource: request.resource.name, objects } };
  }

  async delete(objects: readonly { readonly kind: string; readonly name: string }[]): Promise<Result<void>> {
    this.deleted.push(...objects.map(({ kind, name }) => `${kind}/${name}`));
    return { ok: true, value: undefined };
  }

  async undeploy(resource: { readonly name: string }): Promise<Result<void>> {
    this.undeployed.push(resource.name);
    return { ok: true, value: undefined };
  }

  watch(resource: { readonly name: string }, _deployed: Deployed, listener: ClusterListener): Running {
    const call: WatchCall = { resource: resource.name, listener, stopped: false };
    this.watches.add(call);
    return running(call);
  }

  forwardToPod(
    pod: { readonly name: string },
    forward: { readonly localPort: number },
    listener: ForwardListener,
  ): Running {
    const call: ForwardCall = { port: forward.localPort, pod: pod.name, listener, stopped: false };
    this.forwards.add(call);
    return running(call);
  }

  forward(
    _resource: unknown,
    _deployed: Deployed,
    forward: { readonly localPort: number },
    listener: ForwardListener,
  ): Running {
    const call: ForwardCall = { port: forward.localPort, listener, stopped: false };
    this.forwards.add(call);
    return running(call);
  }
}

export interface ServiceWatchCall {
  readonly resource: string;
  readonly listener: ServiceListener;
  stopped: boolean;
}

/** Starts every service at once. */
export class FakeCompose implements Compose {
  readonly started: ServiceRequest[] = [];
  readonly removed: string[] = [];
  readonly watches = new Calls<ServiceWatchCall>();
  outcome: Result<void> = { ok: true, value: undefined };

  async up(request: ServiceRequest): Promise<Result<void>> {
    this.started.push(request);
    return this.outcome;
  }

  watch(resource: { readonly name: string }, listener: ServiceListener): Running {
    const call: ServiceWatchCall = { resource: resource.name, listener, stopped: false };
    this.watches.add(call);
    return running(call);
  }

  async remove({ service }: { readonly service: string }): Promise<Result<void>> {
    this.removed.push(service);
    return { ok: true, value: undefined };
  }
}

export interface FollowCall {
  readonly resource: string;
  readonly listener: LiveListener;
  stopped: boolean;
}

/** Brings files into containers as the test says. */
export class FakeLive implements LiveUpdater {
  readonly follows = new Calls<FollowCall>();
  readonly updates: LiveUpdateRequest[] = [];
  outcome: LiveOutcome = { ok: true, value: undefined };

  follow(resource: { readonly name: string }, _deployed: Deployed | undefined, listener: LiveListener): Running {
    const call: FollowCall = { resource: resource.name, listener, stopped: false };
    this.follows.add(call);
    return running(call);
  }

  async update(request: LiveUpdateRequest): Promise<LiveOutcome> {
    this.updates.push(request);
    return this.outcome;
  }
}

/** Loads whatever the test puts in. */
export class FakeTiltfile implements TiltfileLoader {
  outcome: TiltfileOutcome;
  loads = 0;

  constructor(graph: Graph) {
    this.outcome = { ok: true, graph };
  }

  async load(): Promise<TiltfileOutcome> {
    this.loads++;
    return this.outcome;
  }
}

function running(call: { stopped: boolean }): Running {
  return {
    stop: async () => {
      call.stopped = true;
    },
  };
}
