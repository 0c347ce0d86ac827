import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Tilt and this program keep what sessions share. */
export function devFolder(environment: Environment): string {
  return environment.TILT_DEV_DIR || path.join(environment.HOME || homedir(), '.tilt-dev');
}

/** The kubeconfig in which sessions are found. */
export function contextsFile(environment: Environment): string {
  return environment.TILT_CONFIG || path.join(devFolder(environment), 'config');
}

/** The token of this user's sessions, made at the first use. Rejects where the folder cannot be written. */
export async function sessionToken(environment: Environment): Promise<string> {
  const folder = devFolder(environment);
  const file = path.join(folder, 'token');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.trim() !== '') return known.trim();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const token = randomUUID();
  // It appears as a whole, so that sessions that start together agree on one.
  const own = `${file}.${token}`;
  await writeFile(own, token, { mode: 0o600 });
  try {
    await link(own, file);
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const made = (await readFile(file, 'utf8')).trim();
    if (made !== '') return made;
    await rename(own, file);
    return token;
  } finally {
    await rm(own, { force: true });
  }
}
