import { runToEnd } from '../clients/process/run-to-end.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';

/** Programs that make clusters out of containers. */
export const PROVIDERS = ['kind', 'k3d', 'minikube'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A cluster that somebody asks for. */
export interface ClusterName {
  readonly provider: Provider;
  readonly name: string;
}

/** How commands run, and who sees what they print. */
export interface ToolContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dir: string;
  readonly signal: AbortSignal;
  output(text: string): void;
}

/** A cluster that is there. */
export interface MadeCluster extends ClusterName {
  readonly context: string;
  /** The file that leads to it. */
  readonly kubeconfig: string;
  /** It was there before: whoever made it deletes it. */
  readonly isReused: boolean;
}

/** What one provider does. */
export interface ClusterProvider {
  /** Names of the clusters that are there. */
  list(tool: ToolContext): Promise<Result<readonly string[]>>;
  contextOf(name: string): string;
  /** Makes the cluster with a registry; `kubeconfig` is a file of its own. */
  create(name: string, kubeconfig: string, tool: ToolContext): Promise<Result<void>>;
  /** Writes the way to a cluster that is there into the file. */
  describe(name: string, kubeconfig: string, tool: ToolContext): Promise<Result<void>>;
  /** Deletes it with its registry, also when only parts of it are there. */
  remove(name: string, kubeconfig: string, tool: ToolContext): Promise<Result<void>>;
}

/** Runs a tool that takes its time, showing what it prints. */
export async function runShown(
  purpose: string,
  argv: readonly string[],
  tool: ToolContext,
  stdin?: string,
): Promise<Result<void>> {
  const ran = await run(purpose, argv, tool, stdin, tool.output);
  return ran.ok ? { ok: true, value: undefined } : ran;
}

/** Runs a tool to its end and answers what it printed on its standard output. Nothing is shown: it may hold keys. */
export function runTool(
  purpose: string,
  argv: readonly string[],
  tool: ToolContext,
  stdin?: string,
): Promise<Result<string>> {
  return run(purpose, argv, tool, stdin, () => {});
}

async function run(
  purpose: string,
  argv: readonly string[],
  tool: ToolContext,
  stdin: string | undefined,
  show: (text: string) => void,
): Promise<Result<string>> {
  const ran = await runToEnd({ argv, env: tool.env, dir: tool.dir, stdin }, show, tool.signal);
  if (!ran.ok) {
    if (ran.error.code === 'ABORT_ERR')
      return { ok: false, failure: failure('cancelled', `Cannot ${purpose}: it was stopped before its end`) };
    const advice = ran.error.code === 'ENOENT' ? `${argv[0]} is not installed, or not in PATH` : ran.error.message;
    return { ok: false, failure: unreachable(`Cannot ${purpose}: ${advice}`, []) };
  }
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (ran.value.exitCode === 0) return { ok: true, value: text(ran.value.stdout) };
  const how = ran.value.signal === null ? `exit code ${ran.value.exitCode}` : ran.value.signal;
  const lines = text(ran.value.stderr).trim().split('\n').slice(-20);
  return { ok: false, failure: unreachable(`Cannot ${purpose}: "${argv.join(' ')}" ended with ${how}`, lines) };
}

function unreachable(message: string, details: readonly string[]): Failure {
  return failure('cluster-unreachable', message, details);
}
