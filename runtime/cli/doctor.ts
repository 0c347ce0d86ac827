import { readFileSync } from 'node:fs';
import os from 'node:os';
import { readDockerConfig } from '../clients/docker/docker-config.ts';
import { openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import { KubernetesClient } from '../clients/kubernetes/client.ts';
import { runToEnd } from '../clients/process/run-to-end.ts';
import { connect } from '../deploy/connect.ts';
import type { ImageDestination } from '../state/cluster-info.ts';
import { ExitCode } from './exit-code.ts';
import { versionLine } from './version.ts';

export interface DoctorFlags {
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
}

interface Finding {
  readonly name: string;
  /** `undefined` when there is nothing to tell. */
  readonly value: string | undefined;
  /** What is wrong, and what to do. */
  readonly problem?: string;
}

interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

const TIMEOUT_MS = 5_000;

/** Tells what this machine has of what a Tiltfile may need, for reports of bugs. A part that is missing is no failure. */
export async function doctor(flags: DoctorFlags): Promise<number> {
  process.stdout.write(`${versionLine(false)}\nSystem: ${os.platform()}-${os.arch()}, ${runtimeName()}\n`);
  const sections = await Promise.all([docker(), compose(), cluster(flags), Promise.resolve(limits())]);
  for (const { title, findings } of sections) {
    process.stdout.write(`---\n${title}\n`);
    for (const { name, value, problem } of findings) {
      if (problem !== undefined) process.stdout.write(`- ${name}: Error: ${problem}\n`);
      else if (value !== undefined) process.stdout.write(`- ${name}: ${value}\n`);
    }
  }
  return ExitCode.ok;
}

function runtimeName(): string {
  return process.versions.deno === undefined ? `Node ${process.versions.node}` : `Deno ${process.versions.deno}`;
}

async function docker(): Promise<Section> {
  const title = 'Docker';
  const found = await findEngine(process.env, await readDockerConfig(process.env));
  if (!found.ok) return { title, findings: [{ name: 'Host', value: undefined, problem: found.message }] };
  const engine = await openEngine(found.value);
  const host = { name: 'Host', value: `${found.value.url} (${found.value.origin})` };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const version = await engine.call({ method: 'GET', path: '/version', signal, whileDoing: 'asking its version' });
  if (!version.ok) {
    const problem =
      version.problem.kind === 'cancelled' ? `no answer within ${TIMEOUT_MS / 1000} s` : version.problem.message;
    return { title, findings: [host, { name: 'Server Version', value: undefined, problem }] };
  }
  const { Version, ApiVersion } = version.value as { readonly Version?: string; readonly ApiVersion?: string };
  return {
    title,
    findings: [host, { name: 'Server Version', value: Version }, { name: 'API Version', value: ApiVersion }],
  };
}

async function compose(): Promise<Section> {
  const argv = ['docker', 'compose', 'version', '--short'];
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ran = await runToEnd({ argv, env: process.env, dir: process.cwd() }, () => {}, signal);
  const isThere = ran.ok && ran.value.exitCode === 0;
  const value = isThere ? new TextDecoder().decode(ran.value.stdout).trim() : 'not installed (docker_compose needs it)';
  return { title: 'Docker Compose', findings: [{ name: 'Version', value }] };
}

async function cluster({ context, namespace }: DoctorFlags): Promise<Section> {
  const title = 'Kubernetes';
  const client = new KubernetesClient({
    ...(context === undefined ? {} : { context }),
    ...(namespace === undefined ? {} : { namespace }),
  });
  try {
    const target = await client.target();
    const known = [
      { name: 'Context', value: target.context },
      { name: 'Cluster Name', value: target.clusterName },
      { name: 'Namespace', value: target.namespace || 'default' },
    ];
    // Nothing is changed there, so a cluster that a Tiltfile would have to allow may be asked.
    const settings = { allowedContexts: [target.context], defaultRegistry: undefined };
    const info = await connect(client, settings, { timeoutMs: TIMEOUT_MS });
    if (!info.ok)
      return { title, findings: [...known, { name: 'Version', value: undefined, problem: info.failure.message }] };
    const { product, version, platform, destination } = info.value;
    return {
      title,
      findings: [
        { name: 'Env', value: product },
        ...known,
        { name: 'Version', value: version },
        { name: 'Platform', value: platform },
        { name: 'Images go', value: whereTo(destination) },
      ],
    };
  } catch (error) {
    return { title, findings: [{ name: 'Context', value: undefined, problem: (error as Error).message }] };
  } finally {
    await client.close();
  }
}

function whereTo(destination: ImageDestination): string {
  switch (destination.kind) {
    case 'engine':
      return "nowhere: the cluster runs what Docker's engine has";
    case 'registry':
      return `to the registry ${destination.pushHost} (in the cluster ${destination.clusterHost})`;
    case 'own-name':
      return 'to the registries of their names (default_registry() would say another)';
    case 'kind-load':
      return `into the nodes of kind's cluster "${destination.clusterName}" (a local registry would be faster)`;
  }
}

/** What Linux lets a user watch. */
function limits(): Section {
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(`/proc/sys/fs/inotify/${name}`, 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  return {
    title: 'Watching files',
    findings: [
      { name: 'Folders that may be watched', value: read('max_user_watches') ?? 'no limit known' },
      { name: 'Watchers', value: read('max_user_instances') },
    ],
  };
}
