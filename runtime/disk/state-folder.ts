import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this user's programs keep what outlives them or does not fit into memory: the first of these that can be made, for this user only. */
export function stateFolder(environment: Environment = process.env): string | undefined {
  for (const folder of candidates(environment)) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    } catch {
      // A home that is read-only or missing, as in many containers.
    }
  }
  return undefined;
}

function candidates(environment: Environment): readonly string[] {
  const { TILT_TS_STATE, XDG_STATE_HOME, LOCALAPPDATA, HOME } = environment;
  if (TILT_TS_STATE) return [path.resolve(TILT_TS_STATE)];
  const folders: string[] = [];
  if (process.platform === 'win32' && LOCALAPPDATA) folders.push(path.join(LOCALAPPDATA, 'tilt-ts'));
  else if (XDG_STATE_HOME && path.isAbsolute(XDG_STATE_HOME)) folders.push(path.join(XDG_STATE_HOME, 'tilt-ts'));
  else if (HOME) folders.push(path.join(HOME, '.local', 'state', 'tilt-ts'));
  // Not everybody's folder: each user has one of its own.
  return [...folders, path.join(os.tmpdir(), `tilt-ts-${process.getuid?.() ?? os.userInfo().username}`)];
}
