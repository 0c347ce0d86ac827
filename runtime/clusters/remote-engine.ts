import { readDockerConfig } from '../clients/docker/docker-config.ts';
import { findEngine } from '../clients/docker/engine-address.ts';

/** The machine on which the Docker engine runs, when it is another one: what its containers publish is reached there. */
export async function remoteHost(env: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const found = await findEngine(env, await readDockerConfig(env));
  // The tool itself says what is wrong with the address.
  if (!found.ok || found.value.endpoint.kind === 'socket') return undefined;
  const { host } = found.value.endpoint;
  return host === 'localhost' || host === '::1' || host.startsWith('127.') ? undefined : host;
}

/** A kubeconfig whose cluster listens on all addresses of that machine, as this machine reaches it. */
export function reachedFromHere(kubeconfig: string, remote: string | undefined): string {
  if (remote === undefined) return kubeconfig;
  const name = remote.includes(':') ? `[${remote}]` : remote;
  return kubeconfig.replace(/(server: https:\/\/)(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::\])(?=:\d)/g, `$1${name}`);
}
