import { schedule } from '../../runtime/engine/schedule.ts';
import type { DeployedObject } from '../../runtime/state/deployed.ts';
import type { SessionEvent } from '../../runtime/state/event.ts';
import { type Failure, failure } from '../../runtime/state/failure.ts';
import { initialState, reduce } from '../../runtime/state/reduce.ts';
import type { ResourceState, State } from '../../runtime/state/state.ts';
import type { WorkloadState } from '../../runtime/state/workload.ts';
import type { Graph } from '../../stdlib/model/graph.ts';

type Untimed<T> = T extends SessionEvent ? Omit<T, 'at'> : never;

/** A session by hand: what happens is said in few words, and time moves only when it is told to. */
export class Replay {
  state: State;
  now: number;

  constructor(at = 0) {
    this.now = at;
    this.state = initialState(at);
  }

  event(event: Untimed<SessionEvent>): this {
    this.state = reduce(this.state, { at: this.now, ...event } as SessionEvent);
    return this;
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  load(graph: Graph): this {
    return this.event({ kind: 'tiltfile-load-started' }).event({ kind: 'tiltfile-loaded', graph });
  }

  connect(): this {
    const destination = { kind: 'engine' } as const;
    const info = { context: 'c', namespace: 'default', product: 'kind', version: 'v1', platform: '', destination };
    return this.event({ kind: 'cluster-connected', info });
  }

  /** Starts what the scheduler says; answers the names. */
  start(): readonly string[] {
    const { start } = schedule(this.state);
    for (const one of start) {
      this.event({ kind: 'update-started', ...one, update: this.state.updatesStarted + 1 });
    }
    return start.map((one) => one.resource);
  }

  succeed(resource: string, objects?: readonly DeployedObject[]): this {
    const row = this.row(resource);
    if (row.update.kind !== 'running') throw new Error(`${resource} does not update`);
    const { update } = row.update;
    for (const ref of row.update.images) {
      this.event({
        kind: 'image-built',
        resource,
        update,
        image: { ref, localRef: `${ref}:l`, clusterRef: `${ref}:c` },
      });
    }
    const deployed = row.resource.kind === 'kubernetes' ? { resource, objects: objects ?? [] } : undefined;
    return this.event({ kind: 'update-succeeded', resource, update, deployed });
  }

  fail(resource: string, why: Failure = failure('command', `Command "${resource}" failed: exit status 1`)): this {
    const { update } = this.row(resource);
    if (update.kind !== 'running') throw new Error(`${resource} does not update`);
    return this.event({ kind: 'update-failed', resource, update: update.update, failure: why });
  }

  /** What the server or the pods of the newest successful update do. */
  ready(resource: string, ready = true, reason = ''): this {
    return this.event({ kind: 'server-readiness', resource, update: this.succeeded(resource), ready, reason });
  }

  workload(resource: string, state: WorkloadState, restarts = 0): this {
    const report = { state, podName: `${resource}-1`, podStatus: 'Running', restarts };
    return this.event({ kind: 'workload-changed', resource, update: this.succeeded(resource), report });
  }

  crash(resource: string, code: number): this {
    const why = failure('server', `Server "${resource}" exited with exit code ${code}`);
    const update = this.succeeded(resource);
    return this.event({ kind: 'server-exited', resource, update, failure: why, exitCode: code });
  }

  change(id: string, ...paths: readonly string[]): this {
    return this.event({ kind: 'files-changed', id, paths });
  }

  row(resource: string): ResourceState {
    const row = this.state.resources.get(resource);
    if (row === undefined) throw new Error(`there is no ${resource}`);
    return row;
  }

  /** Of everything that is held: `name: reason on`. */
  holds(): readonly string[] {
    const { holds } = schedule(this.state);
    return [...holds].map(([name, { reason, on }]) => [`${name}: ${reason}`, ...on].join(' '));
  }

  private succeeded(resource: string): number {
    const update = this.row(resource).succeeded?.update;
    if (update === undefined) throw new Error(`${resource} was never updated`);
    return update;
  }
}
