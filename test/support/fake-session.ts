import type { TestContext } from 'node:test';
import { createSession } from '../../runtime/engine/loop.ts';
import type { FileWatcher, WatchTarget } from '../../runtime/engine/ports.ts';
import type { Session } from '../../runtime/engine/session.ts';
import { createLogStore, type LogStore } from '../../runtime/state/log-store.ts';
import type { State } from '../../runtime/state/state.ts';
import type { Graph } from '../../stdlib/model/graph.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeCluster, FakeCompose, FakeImages, FakeLive, FakeLocal, FakeTiltfile } from './fake-ports.ts';

export interface FakeSession {
  readonly session: Session;
  readonly clock: FakeClock;
  readonly local: FakeLocal;
  readonly images: FakeImages;
  readonly cluster: FakeCluster;
  readonly compose: FakeCompose;
  readonly live: FakeLive;
  readonly tiltfile: FakeTiltfile;
  readonly log: LogStore;
  readonly watched: (readonly WatchTarget[])[];
  /** Resolves once the state is as described. */
  until(what: (state: State) => boolean): Promise<void>;
}

/** A session on ports that the test moves; stopped when the test ends. */
export function fakeSession(test: TestContext, graph: Graph, mode: 'ci' | 'up' = 'up'): FakeSession {
  const clock = new FakeClock();
  const log = createLogStore({ now: () => clock.now() });
  const [local, images, cluster, compose, live, tiltfile] = [
    new FakeLocal(),
    new FakeImages(),
    new FakeCluster(),
    new FakeCompose(),
    new FakeLive(),
    new FakeTiltfile(graph),
  ];
  const watched: (readonly WatchTarget[])[] = [];
  const watcher: FileWatcher = {
    watch: async (targets) => void watched.push(targets),
    stop: async () => {},
  };
  const session = createSession(
    { clock, local, images, cluster, compose, live, tiltfile, watcher },
    { mode, log, folder: '/project' },
  );
  test.after(() => session.stop('test'));
  const until = (what: (state: State) => boolean) =>
    new Promise<void>((resolve) => {
      if (what(session.state)) {
        resolve();
        return;
      }
      const forget = session.subscribe((state) => {
        if (!what(state)) return;
        forget();
        resolve();
      });
    });
  return { session, clock, local, images, cluster, compose, live, tiltfile, log, watched, until };
}
