import { BackgroundSessions } from '../../disk/background-sessions.ts';
import { stateFolder } from '../../disk/state-folder.ts';

/** The background sessions of this user; `undefined` where there is no folder to remember them. */
export function backgroundSessions(): BackgroundSessions | undefined {
  const folder = stateFolder();
  return folder === undefined ? undefined : new BackgroundSessions(folder);
}
