import type { KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import type { Loader } from '../load/loader.ts';
import { paintFor } from '../report/colour.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import type { Failure } from '../state/failure.ts';
import { createCluster } from './cluster.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

export interface DownOptions extends TiltfileOptions {
  readonly deleteNamespaces?: boolean | undefined;
}

/** Deletes the Kubernetes objects that the Tiltfile describes, the last ones first. Answers the exit code. */
export async function down(options: DownOptions, loader: Loader): Promise<number> {
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  try {
    const loaded = await loadTiltfile(loader, 'down', options, (text) => void process.stdout.write(text), stop.signal);
    if (!loaded.ok) return loaded.stopped ? ExitCode.stopped : fail(loaded.failure, ExitCode.tiltfileFailed);
    const { graph } = loaded.tiltfile;
    const objects = graph.resources
      .filter((resource) => graph.enabled.includes(resource.name))
      .flatMap((resource): readonly KubernetesObject[] => (resource.kind === 'kubernetes' ? resource.objects : []))
      .filter((object) => object.kind !== 'Namespace' || options.deleteNamespaces === true);
    if (objects.length === 0) {
      process.stdout.write('Nothing to delete: the Tiltfile describes no Kubernetes objects.\n');
      return ExitCode.ok;
    }

    const cluster = createCluster(options);
    const connected = await cluster.connect(graph.cluster);
    if (!connected.ok) return fail(connected.failure, ExitCode.unreachable);
    const deleted = await cluster.delete(objects, { write: (text) => void process.stdout.write(text) }, stop.signal);
    if (deleted.ok) return ExitCode.ok;
    return stop.signal.aborted ? ExitCode.stopped : fail(deleted.failure, ExitCode.resourceFailed);
  } finally {
    forget();
  }
}

function fail(failure: Failure, code: number): number {
  paintFor(process.stderr);
  process.stderr.write(`${tiltfileFailureText(failure, process.cwd())}\n`);
  return code;
}
