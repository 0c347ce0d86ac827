import os from 'node:os';
import { readDockerConfig } from '../clients/docker/docker-config.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import { KubernetesClient } from '../clients/kubernetes/client.ts';
import { runInTerminal } from '../clients/process/terminal-program.ts';
import { connect } from '../deploy/connect.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';

export interface DockerFlags {
  readonly context?: string | undefined;
}

const TIMEOUT_MS = 5_000;

/** Runs docker with the engine that images for the cluster are built with. Answers docker's exit code. */
export async function docker(words: readonly string[], flags: DockerFlags): Promise<number> {
  const own = await engineOfCluster(flags);
  const found = await findEngine({ ...process.env, ...own }, await readDockerConfig(process.env));
  if (!found.ok) {
    process.stderr.write(`Error: ${found.message}\n`);
    return ExitCode.unreachable;
  }
  const given = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  const shown = [...(given.length === 0 ? [`DOCKER_HOST=${found.value.url}`] : given), 'docker', ...words].join(' ');
  process.stderr.write(`Running Docker command as:\n${shown}\n---\n`);
  // Ctrl-C is for docker, which has the terminal.
  const forget = onInterrupt(() => {});
  const end = await runInTerminal(['docker', ...words], { ...process.env, ...own });
  forget();
  switch (end.kind) {
    case 'exited':
      return end.code;
    case 'signaled':
      return 128 + (os.constants.signals[end.signal as NodeJS.Signals] ?? 0);
    case 'not-started':
      process.stderr.write(`Error: Cannot run docker: ${end.message}\n`);
      return ExitCode.resourceFailed;
  }
}

/** The variables that lead to the engine of a cluster that runs what its own engine has, as minikube; none for others. */
async function engineOfCluster({ context }: DockerFlags): Promise<Readonly<Record<string, string>>> {
  const client = new KubernetesClient(context === undefined ? {} : { context });
  try {
    const target = await client.target();
    // Nothing is changed there, so a cluster that a Tiltfile would have to allow may be asked.
    const settings = { allowedContexts: [target.context], defaultRegistry: undefined };
    const info = await connect(client, settings, { timeoutMs: TIMEOUT_MS });
    if (!info.ok || info.value.destination.kind !== 'engine') return {};
    return info.value.destination.environment ?? {};
  } catch {
    // Without a cluster it is the engine that docker itself finds.
    return {};
  } finally {
    await client.close();
  }
}
