import { beginningOf } from '../../clients/process/process-table.ts';
import { findTiltfile } from '../../load/tiltfile-path.ts';
import { backgroundSessions } from './sessions.ts';

const LOOK_MS = 250;

/** What a session in the background tells others about itself. */
export interface Membership {
  /** Everything is healthy: whoever started it may go. */
  ready(): void;
  end(): void;
}

/** Enters a session into the list of those in the background. `orphaned` is called when whoever waits for it to be ready is gone. */
export function joinBackground(
  id: string,
  { file, url }: { readonly file: string | undefined; readonly url: string },
  orphaned: () => void,
): Membership {
  const sessions = backgroundSessions();
  if (sessions === undefined) return { ready() {}, end() {} };
  const found = findTiltfile(file, process.cwd());
  const session = {
    id,
    pid: process.pid,
    identity: beginningOf(process.pid) ?? '',
    tiltfile: found.ok ? found.file : '',
    port: URL.canParse(url) ? Number(new URL(url).port) : 0,
    startedAt: Date.now(),
    log: sessions.files(id).log,
    isReady: false,
  };
  sessions.write(session);
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    orphaned();
  }, LOOK_MS);
  look.unref();
  return {
    ready() {
      clearInterval(look);
      sessions.write({ ...session, isReady: true });
    },
    end() {
      clearInterval(look);
      // Whoever waits for it still reads its output.
      if (process.ppid !== parent) sessions.remove(id);
    },
  };
}
