import type { Trigger } from '../../stdlib/model/resource.ts';
import type { DeployedObject } from '../state/deployed.ts';
import { type SessionEvent, TILTFILE_ID } from '../state/event.ts';
import { sameData } from '../state/same-data.ts';
import type { State } from '../state/state.ts';
import { type StateListener, Store } from '../state/store.ts';
import { ClusterConnection } from './cluster-connection.ts';
import { ClusterObjects } from './cluster-objects.ts';
import { Commands } from './commands.ts';
import { decideExit } from './exit.ts';
import { ExitCode, type ExitOutcome } from './exit-decision.ts';
import { outcomeAfter, type RunningFinale, runFinale, type WhenHealthy } from './finale.ts';
import { isDeclared, leftCustomDeploys, leftovers, leftServices } from './leftovers.ts';
import type { WatchTarget } from './ports.ts';
import { Runtimes } from './runtimes.ts';
import { nextStarts } from './schedule.ts';
import type { Session, SessionOptions, SessionPorts } from './session.ts';
import { superseded } from './superseded.ts';
import { tellDisabled } from './tell-disabled.ts';
import { TiltfileRuns } from './tiltfile-runs.ts';
import { UpdateRuns } from './update-runs.ts';
import { watchTargets } from './watch-targets.ts';

/** How long the end of a session may take before what is left is given up. */
const STOP_DEADLINE_MS = 10_000;

/** Starts a session: from the next turn on the ports are called as the state says, until it ends or is stopped. */
export function createSession(ports: SessionPorts, options: SessionOptions): Session {
  return new Loop(ports, options);
}

/** Events in, state, effects out: each turn reduces what came, then starts and stops what the new state asks for. */
class Loop implements Session {
  readonly ended: Promise<ExitOutcome>;
  readonly #ports: SessionPorts;
  readonly #options: SessionOptions;
  readonly #store: Store;
  readonly #runtimes: Runtimes;
  readonly #updates: UpdateRuns;
  readonly #tiltfile: TiltfileRuns;
  readonly #cluster: ClusterConnection;
  readonly #commands: Commands;
  readonly #clusterObjects: ClusterObjects;
  /** Work of the engine's own: connecting, deleting what is left over. */
  readonly #chores = new Set<Promise<void>>();
  readonly #choresOver = new AbortController();
  #queue: SessionEvent[] = [];
  #woken = false;
  /** The state that the effects follow. */
  #followed: State;
  #watched: readonly WatchTarget[] = [];
  #lookAgain: { readonly at: number; readonly cancel: () => void } | undefined;
  #finale: RunningFinale | undefined;
  #closing: Promise<void> | undefined;
  #resolveEnded: (outcome: ExitOutcome) => void = () => {};

  constructor(ports: SessionPorts, options: SessionOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#store = new Store(ports.clock.now(), options.ci, options.args);
    this.#followed = this.#store.state;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    const dispatch = (event: SessionEvent) => this.dispatch(event);
    this.#runtimes = new Runtimes(ports, options, dispatch);
    this.#updates = new UpdateRuns(ports, options, dispatch);
    this.#tiltfile = new TiltfileRuns(ports, options, dispatch);
    this.#cluster = new ClusterConnection(ports, options, dispatch, (task) => this.#chore(task));
    this.#commands = new Commands(ports, options, dispatch);
    this.#clusterObjects = new ClusterObjects(ports, options, dispatch);
    this.#wake();
  }

  get state(): State {
    return this.#store.state;
  }

  subscribe(listener: StateListener): () => void {
    return this.#store.subscribe(listener);
  }

  filesChanged(id: string, paths: readonly string[]): void {
    this.dispatch({ at: this.#ports.clock.now(), kind: 'files-changed', id, paths });
  }

  trigger(resource: string, from: 'cli' | 'web'): void {
    this.dispatch({ at: this.#ports.clock.now(), kind: 'trigger-requested', resource, from });
  }

  setEnabled(names: readonly string[], enabled: boolean): void {
    this.dispatch({ at: this.#ports.clock.now(), kind: 'resources-enabled', names, enabled });
  }

  setTrigger(names: readonly string[], trigger: Trigger): void {
    this.dispatch({ at: this.#ports.clock.now(), kind: 'trigger-mode-set', names, trigger });
  }

  setArgs(args: readonly string[]): void {
    this.dispatch({ at: this.#ports.clock.now(), kind: 'args-changed', args });
  }

  cancel(id: string): void {
    if (id === TILTFILE_ID) this.#tiltfile.cancelByHand();
    else this.#updates.cancelByHand(id);
  }

  dispatch(event: SessionEvent): void {
    this.#queue.push(event);
    this.#wake();
  }

  stop(signal: string): Promise<void> {
    if (this.#closing === undefined) {
      this.#queue.push({ at: this.#ports.clock.now(), kind: 'stop-requested', signal });
      this.#reduceQueue();
      const decision = decideExit(this.state, this.#ports.clock.now());
      if (decision.kind === 'exit') this.#close(decision);
    }
    return this.#closing ?? Promise.resolve();
  }

  /** After what is happening right now, so that events that come together (changes of several resources) are seen together. */
  #wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#turn();
    });
  }

  #reduceQueue(): void {
    if (this.#queue.length === 0) return;
    const events = this.#queue;
    this.#queue = [];
    this.#store.apply(events);
    // An update that was past stopping when its resource left the graph.
    for (const event of events) {
      if (event.kind !== 'update-succeeded' || this.state.resources.has(event.resource)) continue;
      this.#remove((event.deployed?.objects ?? []).filter((object) => !isDeclared(object, this.state)));
    }
  }

  #turn(): void {
    this.#reduceQueue();
    if (this.#closing !== undefined) return;
    this.#tiltfile.follow(this.state);
    this.#cluster.follow(this.state);
    for (const name of superseded(this.state)) this.#updates.supersede(name);
    this.#startUpdates();
    this.#follow();
    if (this.#options.mode === 'ci') this.#checkExit();
  }

  #startUpdates(): void {
    const starts = nextStarts(this.state);
    if (starts.length === 0) return;
    const at = this.#ports.clock.now();
    let update = this.state.updatesStarted;
    const events = starts.map((start) => ({ at, kind: 'update-started', ...start, update: ++update }) as const);
    this.#reduceQueue();
    this.#store.apply(events);
    for (const event of events) this.#updates.start(this.state, event);
  }

  /** Lets servers, watches, forwards and watched files be as the state says; looks only at what changed. */
  #follow(): void {
    const before = this.#followed;
    const state = this.state;
    this.#followed = state;
    if (before.resources !== state.resources) {
      const changed = [...state.resources.changedSince(before.resources)];
      for (const row of changed) {
        const known = before.resources.get(row.resource.name);
        if (known !== undefined && known.resource.kind !== row.resource.kind) this.#updates.cancel(row.resource.name);
        this.#runtimes.follow(row);
      }
      if (!state.resources.related(before.resources)) {
        this.#dropRemoved(before, state);
        const services = leftServices(before, state);
        if (services.length > 0) this.#chore(() => this.#updates.removeServices(services, this.#choresOver.signal));
      }
      const why = tellDisabled(before, state, this.#options.log) ? 'deleting disabled' : 'garbage collecting';
      this.#remove(leftovers(before, state, changed), why);
      for (const resource of leftCustomDeploys(before, state)) {
        this.#chore(() => this.#updates.undeploy(resource, this.#choresOver.signal));
      }
    }
    if (before.api !== state.api || before.graph !== state.graph) this.#commands.follow(state);
    this.#clusterObjects.follow(state);
    const declared =
      before.graph !== state.graph ||
      before.api.objects !== state.api.objects ||
      before.tiltfile.configFiles !== state.tiltfile.configFiles;
    if (declared) this.#watchFiles(state);
  }

  #remove(objects: readonly DeployedObject[], why = 'garbage collecting'): void {
    if (objects.length > 0) this.#chore(() => this.#updates.remove(objects, this.#choresOver.signal, why));
  }

  #dropRemoved(before: State, state: State): void {
    for (const name of before.resources.names()) {
      if (state.resources.has(name)) continue;
      this.#updates.cancel(name);
      this.#chore(() => this.#runtimes.drop(name));
    }
  }

  #watchFiles(state: State): void {
    const { watcher } = this.#ports;
    if (watcher === undefined) return;
    const targets = watchTargets(state);
    if (sameData(targets, this.#watched)) return;
    this.#watched = targets;
    // What was mended while the Tiltfile was read, or when the failure had just been told, was not read.
    const { load } = state.tiltfile;
    const since = load.kind === 'failed' ? load.startedAt : undefined;
    this.#chore(() =>
      watcher.watch(targets, since).catch((error: unknown) => this.#complain('watch', `Cannot watch files: ${error}`)),
    );
  }

  #complain(span: string, text: string): void {
    this.#options.log.open({ resource: '', source: 'global', span }).write(`${text}\n`, 'error');
  }

  #checkExit(): void {
    // Its end is the session's.
    if (this.#finale !== undefined) return;
    const decision = decideExit(this.state, this.#ports.clock.now());
    if (decision.kind === 'exit') {
      const { whenHealthy } = this.#options;
      if (whenHealthy === undefined || decision.code !== ExitCode.ok) this.#close(decision);
      else this.#startFinale(whenHealthy, decision);
      return;
    }
    if (decision.lookAgainAt === this.#lookAgain?.at) return;
    this.#lookAgain?.cancel();
    this.#lookAgain = undefined;
    const at = decision.lookAgainAt;
    if (at === undefined) return;
    const cancel = this.#ports.clock.after(Math.max(0, at - this.#ports.clock.now()), () => {
      this.#lookAgain = undefined;
      this.#wake();
    });
    this.#lookAgain = { at, cancel };
  }

  #startFinale(whenHealthy: WhenHealthy, outcome: ExitOutcome): void {
    this.#lookAgain?.cancel();
    this.#finale = runFinale(whenHealthy, this.state, outcome, (own) => {
      this.#reduceQueue();
      if (this.#closing === undefined) this.#close(outcomeAfter(own, decideExit(this.state, this.#ports.clock.now())));
    });
  }

  #chore(task: () => Promise<void>): void {
    const chore = task().finally(() => this.#chores.delete(chore));
    this.#chores.add(chore);
  }

  /** Ends everything that was started, then tells how the session ended. */
  #close(outcome: ExitOutcome): void {
    this.#lookAgain?.cancel();
    this.#choresOver.abort();
    this.#finale?.abort();
    this.#cluster.stop();
    const gone = Promise.all([
      // It may be what closes the session.
      this.state.stop === undefined ? undefined : this.#finale?.over,
      this.#updates.cancelAll(),
      this.#tiltfile.cancel(),
      this.#runtimes.dropAll(),
      this.#commands.dropAll(),
      this.#clusterObjects.dropAll(),
      this.#ports.watcher?.stop(),
      ...this.#chores,
    ]).then(() => this.#ports.local.end());
    this.#closing = new Promise<void>((resolve) => {
      const cancelDeadline = this.#ports.clock.after(this.#options.stopDeadlineMs ?? STOP_DEADLINE_MS, resolve);
      const over = () => {
        cancelDeadline();
        resolve();
      };
      gone.then(over, over);
    }).then(() => {
      this.#reduceQueue();
      this.#resolveEnded(outcome);
    });
  }
}
