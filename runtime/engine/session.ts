import type { Trigger } from '../../stdlib/model/resource.ts';
import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { SessionEvent } from '../state/event.ts';
import type { LogStore } from '../state/log-store.ts';
import type { State } from '../state/state.ts';
import type { StateListener } from '../state/store.ts';
import type { ExitOutcome } from './exit-decision.ts';
import type { WhenHealthy } from './finale.ts';

import type {
  Clock,
  Cluster,
  Compose,
  FileWatcher,
  ImageBuilder,
  LiveUpdater,
  LocalRunner,
  ResultCache,
  TiltfileLoader,
} from './ports.ts';

/** What a session works with. */
export interface SessionPorts {
  readonly clock: Clock;
  readonly local: LocalRunner;
  /** Without it every command runs. */
  readonly cache?: ResultCache;
  readonly images: ImageBuilder;
  readonly cluster: Cluster;
  readonly compose: Compose;
  readonly live: LiveUpdater;
  /** Loads the Tiltfile at the start and whenever its files change; without it the caller dispatches the load's events. */
  readonly tiltfile?: TiltfileLoader;
  /** Told what to watch; whoever makes it lets it call `filesChanged`. Without it nothing is watched. */
  readonly watcher?: FileWatcher;
}

export interface SessionOptions {
  /** `ci` ends as `decideExit` says; `up` goes on until it is stopped. */
  readonly mode: 'ci' | 'up';
  readonly log: LogStore;
  /** What the command line says about a `ci` session; it wins over what the Tiltfile sets. */
  readonly ci?: Partial<CiSettings>;
  /** Changed files are shown relative to this folder, the Tiltfile's; as absolute paths without it. */
  readonly folder?: string;
  /** Called once a `ci` session is healthy; the session ends with what it answers. It should be done soon after its signal aborts. */
  readonly whenHealthy?: WhenHealthy;
  /** The words after `--`, for the Tiltfile. */
  readonly args?: readonly string[];
  /** How long the end of the session may take before what is left is given up. Default 10 s. */
  readonly stopDeadlineMs?: number;
}

/** A running session. */
export interface Session {
  readonly state: State;
  /** Called after each change of the state, with the events that made it. Answers how to unsubscribe. */
  subscribe(listener: StateListener): () => void;
  filesChanged(id: string, paths: readonly string[]): void;
  trigger(resource: string, from: 'cli' | 'web'): void;
  /** Switches resources on or off; unknown names are passed over. */
  setEnabled(names: readonly string[], enabled: boolean): void;
  /** In place of what the Tiltfile says; unknown names are passed over. */
  setTrigger(names: readonly string[], trigger: Trigger): void;
  /** Loads the Tiltfile with other arguments. */
  setArgs(args: readonly string[]): void;
  /** Stops the update of a resource that runs now, or the load of the Tiltfile; it counts as failed. */
  cancel(id: string): void;
  /** For events that no port makes. */
  dispatch(event: SessionEvent): void;
  /** How it ended; everything that was started is gone then. In `up` only after `stop`. */
  readonly ended: Promise<ExitOutcome>;
  /** Ends the session: stops everything and resolves when all is gone, or when the deadline has passed. */
  stop(signal: string): Promise<void>;
}
