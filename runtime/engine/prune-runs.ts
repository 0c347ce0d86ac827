import type { Image } from '../../stdlib/model/image.ts';
import type { LogStore } from '../state/log-store.ts';
import { Mark } from '../state/resource-status.ts';
import type { State } from '../state/state.ts';
import type { Clock, ImagePruner, PruneRequest } from './ports.ts';
import type { Session } from './session.ts';

/** The last round: when it began, and how many updates had been started by then. */
export interface PruneRound {
  readonly at: number;
  readonly updates: number;
}

/**
 * Whether old images are to be removed now, as Tilt times it: when nothing is built, first after something was, then after a number of
 * builds or, without one, from time to time. Otherwise when to look again, if time alone can make it due.
 */
export function pruneDue(state: State, last: PruneRound | undefined, now: number): true | { readonly at?: number } {
  const settings = state.graph?.settings.dockerPrune;
  if (settings?.enabled !== true || state.tiltfile.load.kind === 'loading' || state.stop !== undefined) return {};
  if (state.updatesStarted === 0 || state.resources.count(Mark.running) > 0) return {};
  if (!declaredImages(state).some(({ build }) => build.kind === 'docker')) return {};
  if (last === undefined) return true;
  if (settings.numBuilds > 0) return state.updatesStarted - last.updates >= settings.numBuilds ? true : {};
  return now - last.at >= settings.intervalMs ? true : { at: last.at + settings.intervalMs };
}

/** What a round removes, by what the state says. */
export function pruneRequest(state: State): PruneRequest {
  const { maxAgeMs = 0, keepRecent = 0 } = state.graph?.settings.dockerPrune ?? {};
  const built = [...state.images.values()].flatMap((image) => image.built ?? []);
  const inUse = built.flatMap(({ localRef, pushRef }) => [localRef, ...(pushRef === undefined ? [] : [pushRef])]);
  // Where they are pushed they have another name in the engine, too.
  return { maxAgeMs, keepRecent, refs: [...declaredImages(state).map(({ ref }) => ref), ...inUse], inUse };
}

function declaredImages(state: State): readonly Image[] {
  const resources = state.graph?.resources ?? [];
  return resources.flatMap((resource) => (resource.kind === 'local' ? [] : resource.images));
}

/** Removes old images while a session runs; resolves with the session. */
export async function followPrunes(
  session: Session,
  pruner: ImagePruner,
  { clock, log }: { readonly clock: Clock; readonly log: LogStore },
): Promise<void> {
  const over = new AbortController();
  let last: PruneRound | undefined;
  let running: Promise<void> | undefined;
  let later: { readonly at: number; readonly cancel: () => void } | undefined;

  const look = (): void => {
    if (running !== undefined || over.signal.aborted) return;
    const due = pruneDue(session.state, last, clock.now());
    if (due === true) running = round().finally(ended);
    else if (due.at !== undefined && due.at !== later?.at) wakeAt(due.at);
  };
  const wakeAt = (at: number): void => {
    later?.cancel();
    later = { at, cancel: clock.after(Math.max(0, at - clock.now()), look) };
  };
  const ended = (): void => {
    running = undefined;
    look();
  };
  const round = async (): Promise<void> => {
    last = { at: clock.now(), updates: session.state.updatesStarted };
    const output = log.open({ resource: '', source: 'global', span: 'docker-prune' });
    const result = await pruner.prune(pruneRequest(session.state), output, over.signal);
    if (!result.ok && !over.signal.aborted) {
      output.write(`[Docker Prune] error running docker prune: ${result.failure.message}\n`, 'warn');
    }
    output.end();
  };

  const forget = session.subscribe(look);
  look();
  await session.ended;
  forget();
  over.abort();
  later?.cancel();
  await running;
}
