import os from 'node:os';
import path from 'node:path';

/** Where this user's programs keep what they can fetch again: XDG_CACHE_HOME, else what the system has for it. */
export function userCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  return path.join(base(environment, platform, home), 'tilt-ts');
}

function base(
  { XDG_CACHE_HOME, LOCALAPPDATA }: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  // The standard says to ignore relative ones.
  if (XDG_CACHE_HOME !== undefined && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  if (platform === 'win32') return LOCALAPPDATA || path.join(home, 'AppData', 'Local');
  return path.join(home, '.cache');
}
