import { tmpdir } from 'node:os';
import { runToEnd } from '../clients/process/run-to-end.ts';

/** The Docker engine that runs a minikube cluster's containers. */
export type MinikubeEngine =
  /** Variables that lead to it, such as DOCKER_HOST and DOCKER_CERT_PATH. */
  | { readonly kind: 'found'; readonly environment: Readonly<Record<string, string>> }
  /** This minikube lets nobody build there. */
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly message: string };

const UNSUPPORTED =
  /ENV_DRIVER_CONFLICT|ENV_MULTINODE_CONFLICT|ENV_DOCKER_UNAVAILABLE|The docker-env command is only compatible/;

/** Asks `minikube docker-env`. `profile` is the cluster's name. */
export async function findMinikubeEngine(
  profile: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<MinikubeEngine> {
  const argv = ['minikube', '-p', profile, 'docker-env', '--shell', 'sh'];
  const ended = await runToEnd({ argv, dir: tmpdir(), env }, () => {}, signal);
  if (!ended.ok) return { kind: 'failed', message: `Cannot run "minikube": ${ended.error.message}` };
  const { exitCode, stdout, stderr } = ended.value;
  const words = Buffer.from(stderr).toString('utf8').trim();
  if (exitCode === 0) return { kind: 'found', environment: exportedVariables(Buffer.from(stdout).toString('utf8')) };
  if (UNSUPPORTED.test(words)) return { kind: 'unsupported' };
  const message = `Could not read docker env from minikube. Did you forget to run "minikube start"?\n${words}`.trim();
  return { kind: 'failed', message };
}

/** Reads lines such as `export DOCKER_HOST="tcp://192.168.49.2:2376"`. */
function exportedVariables(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^export (\w+)="([^"]+)"/gm);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}
