import type { Graph } from '../../stdlib/model/graph.ts';
import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { ComposeResource, KubernetesResource, Resource } from '../../stdlib/model/resource.ts';
import type { Loader } from '../load/loader.ts';
import { paintFor } from '../report/colour.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import type { Failure, FailureKind, Result } from '../state/failure.ts';
import { type ClusterOptions, createCluster } from './cluster.ts';
import { inDependencyOrder } from './down-order.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

export interface DownOptions extends TiltfileOptions {
  readonly deleteNamespaces?: boolean | undefined;
  readonly deleteVolumes?: boolean | undefined;
}

const NOTHING = 'Nothing to delete: the Tiltfile describes no Kubernetes objects and no Compose services.\n';

/** Deletes the Kubernetes objects that the Tiltfile describes, the last ones first, and takes its Compose projects down. Answers the exit code. */
export async function down(options: DownOptions, loader: Loader): Promise<number> {
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  try {
    const loaded = await loadTiltfile(loader, 'down', options, (text) => void process.stdout.write(text), stop.signal);
    if (!loaded.ok) return loaded.stopped ? ExitCode.stopped : fail(loaded.failure, ExitCode.tiltfileFailed);
    const code = await takeAway(loaded.tiltfile.graph, options, stop.signal);
    return stop.signal.aborted ? ExitCode.stopped : code;
  } finally {
    forget();
  }
}

/** Deletes what the enabled resources of a graph describe, the last ones first. Answers the exit code. */
export async function takeAway(
  graph: Graph,
  options: ClusterOptions & Pick<DownOptions, 'deleteNamespaces' | 'deleteVolumes'>,
  signal: AbortSignal,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<number> {
  const chosen = inDependencyOrder(graph.resources).filter(({ name }) => graph.enabled.includes(name));
  const declared = chosen.flatMap((resource): readonly KubernetesObject[] =>
    resource.kind === 'kubernetes' ? resource.objects : [],
  );
  const objects = declared.filter((object) => options.deleteNamespaces === true || !isNamespace(object));
  const byCommand = chosen.filter(isCustomDeploy).reverse();
  if (objects.length < declared.length) print(keptNamespaces(declared));
  const services = servicesOf(chosen);
  if (objects.length === 0 && byCommand.length === 0 && services.length === 0) {
    if (declared.length === 0) print(NOTHING);
    return ExitCode.ok;
  }

  const output = { write: print };
  const results: Result<void>[] = [];
  if (objects.length > 0 || byCommand.length > 0) {
    const cluster = createCluster(options);
    const connected = await cluster.connect(graph.cluster);
    // All are tried, so that one that fails leaves nothing else behind.
    if (!connected.ok) results.push(connected);
    else {
      results.push(await cluster.delete(objects, output, signal));
      for (const resource of byCommand) results.push(await cluster.undeploy(resource, output, signal));
    }
  }
  if (services.length > 0) {
    const { takeDown } = await import('../compose/down.ts');
    const deleteVolumes = options.deleteVolumes === true;
    results.push(await takeDown(servicesOf(graph.resources), services, { deleteVolumes }, output, signal));
  }
  return results.reduce<number>(
    (code, result) => (result.ok ? code : fail(result.failure, exitCodeOf(result.failure))),
    ExitCode.ok,
  );
}

function servicesOf(resources: readonly Resource[]): readonly ComposeResource[] {
  return resources.filter((resource) => resource.kind === 'compose');
}

function exitCodeOf({ kind }: Failure): number {
  const unreachable: readonly FailureKind[] = ['docker-unreachable', 'cluster-unreachable', 'cluster-refused'];
  return unreachable.includes(kind) ? ExitCode.unreachable : ExitCode.resourceFailed;
}

function isCustomDeploy(resource: Resource): resource is KubernetesResource {
  return resource.kind === 'kubernetes' && resource.customDeploy !== undefined;
}

function isNamespace({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function keptNamespaces(objects: readonly KubernetesObject[]): string {
  const names = objects.filter(isNamespace).map(({ name }) => name);
  return `Not deleting namespaces: ${names.join(', ')}\nRun with --delete-namespaces to delete namespaces as well.\n`;
}

function fail(failure: Failure, code: number): number {
  paintFor(process.stderr);
  process.stderr.write(`${tiltfileFailureText(failure, process.cwd())}\n`);
  return code;
}
