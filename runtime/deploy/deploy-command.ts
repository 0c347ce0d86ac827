import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from '../../stdlib/model/command.ts';
import { commandText } from '../../stdlib/model/command-text.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { kubeconfigText } from '../clients/kubernetes/write-kubeconfig.ts';
import { environmentOf } from '../clients/process/environment.ts';
import { type ProcessEnd, startProcess } from '../clients/process/process.ts';
import { StreamText } from '../clients/process/stream-text.ts';
import type { Output } from '../engine/ports.ts';

export interface DeployCommandEnd {
  readonly end: ProcessEnd;
  /** The text of the objects. */
  readonly stdout: string;
}

/** A command, and what its stdout is for: objects to be read, or words for the log as those on stderr always are. */
export interface DeployCommand {
  readonly command: Command;
  readonly prints: 'objects' | 'words';
}

/**
 * Runs a command for the cluster that the client talks to: KUBECONFIG leads there, whatever context is current. When the signal aborts, the
 * whole tree of processes ends.
 */
export async function runDeployCommand(
  client: KubernetesClient,
  { command, prints }: DeployCommand,
  variables: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<DeployCommandEnd> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tilt-ts-kubeconfig-'));
  try {
    const kubeconfig = path.join(folder, 'config');
    await writeFile(kubeconfig, kubeconfigText(await client.target()), { mode: 0o600 });
    output.write(`Running cmd: ${commandText(command)}\n`, 'info');
    const env = environmentOf(client.env, [...command.env, ...variables, `KUBECONFIG=${kubeconfig}`]);
    const remarks = new StreamText(output);
    const printed: Uint8Array[] = [];
    const child = startProcess({ argv: command.argv, dir: command.dir, env }, (chunk, stream) => {
      if (stream === 'stderr' || prints === 'words') return remarks.sink(chunk, stream);
      printed.push(chunk);
      return undefined;
    });
    const abort = () => void child.stop();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const end = await child.ended;
    signal.removeEventListener('abort', abort);
    if (signal.aborted) await child.stop();
    remarks.end();
    return { end, stdout: Buffer.concat(printed).toString('utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function howItEnded(end: ProcessEnd): string {
  switch (end.kind) {
    case 'exited':
      return `exited with status ${end.code}`;
    case 'signaled':
      return `was ended by signal ${end.signal}`;
    case 'not-started':
      return `could not be started: ${end.problem.reason}`;
  }
}
