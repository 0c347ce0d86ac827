import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The part of `~/.docker/config.json` that decides how engines and registries are reached. */
export interface DockerConfig {
  /** The folder that it was read from; contexts and certificates lie in it too. */
  readonly folder: string;
  /** Empty when none is chosen. */
  readonly currentContext: string;
  /** The helper that holds all credentials, such as `desktop`; empty when none. */
  readonly credsStore: string;
  /** Registry to helper. */
  readonly credHelpers: Readonly<Record<string, string>>;
  /** Registry to what `docker login` stored. */
  readonly auths: Readonly<Record<string, StoredAuth>>;
  /** Why the file could not be used, in a sentence; empty when all is well, also when there is no file. */
  readonly problem: string;
}

export interface StoredAuth {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration of the docker command line. A file that is missing or broken gives an empty configuration. */
export async function readDockerConfig(environment: Environment): Promise<DockerConfig> {
  const folder = environment.DOCKER_CONFIG || path.join(homeFolder(environment), '.docker');
  const file = path.join(folder, 'config.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return emptyConfig(folder, isMissing ? '' : `Cannot read "${file}": ${String(error)}`);
  }
  try {
    return parseDockerConfig(text, folder);
  } catch (error) {
    return emptyConfig(folder, `Cannot read "${file}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function parseDockerConfig(text: string, folder: string): DockerConfig {
  const json: unknown = JSON.parse(text);
  return {
    folder,
    currentContext: stringAt(json, 'currentContext'),
    credsStore: stringAt(json, 'credsStore'),
    credHelpers: Object.fromEntries(
      entriesAt(json, 'credHelpers').flatMap(([registry, helper]) =>
        typeof helper === 'string' ? [[registry, helper]] : [],
      ),
    ),
    auths: Object.fromEntries(
      entriesAt(json, 'auths').map(([registry, auth]) => [
        registry,
        {
          auth: stringAt(auth, 'auth'),
          username: stringAt(auth, 'username'),
          password: stringAt(auth, 'password'),
          identitytoken: stringAt(auth, 'identitytoken'),
        },
      ]),
    ),
    problem: '',
  };
}

export function emptyConfig(folder: string, problem = ''): DockerConfig {
  return { folder, currentContext: '', credsStore: '', credHelpers: {}, auths: {}, problem };
}

export function homeFolder(environment: Environment): string {
  return environment.HOME || os.homedir();
}

export function stringAt(json: unknown, key: string): string {
  const value = valueAt(json, key);
  return typeof value === 'string' ? value : '';
}

export function valueAt(json: unknown, key: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined;
}

function entriesAt(json: unknown, key: string): [string, unknown][] {
  const value = valueAt(json, key);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
