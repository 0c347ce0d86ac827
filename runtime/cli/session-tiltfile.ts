import type { Graph } from '../../stdlib/model/graph.ts';
import type { TiltfileLoader, TiltfileOutcome } from '../engine/ports.ts';
import type { Loader } from '../load/loader.ts';
import { failure } from '../state/failure.ts';
import { earlierGraph } from './earlier-graph.ts';
import { type Changes, choose, type SelectionFlags } from './selection.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

export interface ForwardFlags {
  /** Open none of the ports that the Tiltfile forwards. */
  readonly disablePortForwards?: boolean;
}

/** The Tiltfile of this command line, as the engine loads it. */
export function tiltfileOf(
  mode: 'ci' | 'up',
  options: TiltfileOptions & SelectionFlags & ForwardFlags,
  changes: Changes | undefined,
  loader: Loader,
): TiltfileLoader {
  return {
    async load(output, signal, tiltfileArgs, added) {
      const given = { ...options, tiltfileArgs, added };
      const result = await loadTiltfile(loader, mode, given, (text, level) => output.write(text, level), signal);
      if (!result.ok) return { ok: false, failures: [result.failure], configFiles: result.configFiles };
      for (const warning of result.tiltfile.warnings) output.write(`${warning}\n`, 'warn');
      const whole = { ...result.tiltfile.graph, configFiles: result.configFiles };
      const chosen = await choose(whole, options, changes, (since) => earlierGraph(loader, mode, given, since, signal));
      if ('problem' in chosen) return refused(chosen.problem, result.configFiles);
      for (const line of chosen.lines) output.write(`${line}\n`);
      return { ok: true, graph: options.disablePortForwards === true ? withoutForwards(chosen.graph) : chosen.graph };
    },
  };
}

function refused(problem: string, configFiles: readonly string[]): TiltfileOutcome {
  return { ok: false, failures: [failure('tiltfile', problem)], configFiles };
}

function withoutForwards(graph: Graph): Graph {
  const resources = graph.resources.map((resource) =>
    resource.kind === 'kubernetes' ? { ...resource, portForwards: [] } : resource,
  );
  return { ...graph, resources };
}
