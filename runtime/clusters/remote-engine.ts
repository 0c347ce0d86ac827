/** The machine on which the Docker engine runs, when it is another one: what its containers publish is reached there. */
export function remoteHost(env: NodeJS.ProcessEnv): string | undefined {
  const match = /^(?:tcp|https?|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(env.DOCKER_HOST ?? '');
  const host = match?.[1]?.replace(/^\[|\]$/g, '');
  return host === undefined || host === 'localhost' || host === '::1' || host.startsWith('127.') ? undefined : host;
}

/** A kubeconfig whose cluster listens on all addresses of that machine, as this machine reaches it. */
export function reachedFromHere(kubeconfig: string, remote: string | undefined): string {
  if (remote === undefined) return kubeconfig;
  const name = remote.includes(':') ? `[${remote}]` : remote;
  return kubeconfig.replace(/(server: https:\/\/)(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::\])(?=:\d)/g, `$1${name}`);
}
