import type { Graph } from '../../../stdlib/model/graph.ts';
import type { Image } from '../../../stdlib/model/image.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import { startOrder } from '../../engine/start-order.ts';
import { type Place, placed, placedIgnores, placedPosition, placedText } from './place.ts';
import { PLAN_FORMAT, PLAN_VERSION, type Plan, type PlannedEvaluation } from './plan.ts';
import { plannedImage } from './plan-image.ts';
import { plannedResource } from './plan-resource.ts';

export interface PlanInput {
  readonly graph: Graph;
  /** Absolute path. */
  readonly mainFile: string;
  /** What the script did, with absolute paths. */
  readonly evaluation: PlannedEvaluation;
  readonly warnings: readonly string[];
  /** Why nothing may be deployed to the Kubernetes context at hand. */
  readonly refusal: string | undefined;
  readonly place: Place;
}

/** What a Tiltfile comes to, as plain data. */
export function planOf({ graph, mainFile, evaluation, warnings, refusal, place }: PlanInput): Plan {
  const order = startOrder(graph);
  const starts = new Map(order.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));
  const enabled = new Set(graph.enabled);
  const dependants = usersOf(graph.resources, ({ resourceDeps }) => resourceDeps);
  const images = imagesOf(graph.resources);
  const imageUsers = usersOf(graph.resources, (resource) => builtImages(resource).map(({ ref }) => ref));
  const { update, ci } = graph.settings;
  return {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    tiltfile: placed(mainFile, place),
    resources: graph.resources.map((resource) => {
      const around = {
        enabled: enabled.has(resource.name),
        start: starts.get(resource.name) ?? null,
        neededBy: dependants.get(resource.name) ?? [],
      };
      return plannedResource(resource, around, place);
    }),
    images: images.map((image) => plannedImage(image, imageUsers.get(image.ref) ?? [], place)),
    startOrder: order,
    apiObjects: graph.apiObjects.map(({ resource: kind, name, labels, annotations, body, position }) => ({
      kind,
      name,
      labels,
      annotations,
      body,
      declaredAt: placedPosition(position, place),
    })),
    cluster: {
      allowedContexts: graph.cluster.allowedContexts,
      defaultRegistry: graph.cluster.defaultRegistry ? { ...graph.cluster.defaultRegistry } : null,
      refusal: refusal ?? null,
    },
    settings: {
      maxParallelUpdates: update.maxParallelUpdates,
      k8sUpsertTimeoutMs: update.k8sUpsertTimeoutMs,
      k8sServerSideApply: update.k8sServerSideApply,
      ciTimeoutMs: ci.timeoutMs,
      readinessTimeoutMs: ci.readinessTimeoutMs,
      k8sGracePeriodMs: ci.k8sGracePeriodMs,
      buildTimeoutMs: ci.buildTimeoutMs ?? null,
      deployTimeoutMs: ci.deployTimeoutMs ?? null,
      settleMs: ci.settleMs ?? null,
      keepGoing: ci.keepGoing ?? false,
    },
    globalIgnores: placedIgnores(graph.globalIgnores, place),
    evaluation: {
      filesRead: evaluation.filesRead.map((file) => placed(file, place)).sort(),
      commandsRun: evaluation.commandsRun.map((argv) => argv.map((word) => placedText(word, place))),
      variablesRead: [...evaluation.variablesRead].sort(),
    },
    warnings,
  };
}

function builtImages(resource: Resource): readonly Image[] {
  switch (resource.kind) {
    case 'local':
      return [];
    case 'kubernetes':
    case 'compose':
      return resource.images;
  }
}

/** Each image once, in the order in which resources name them. */
function imagesOf(resources: readonly Resource[]): readonly Image[] {
  const images = new Map<string, Image>();
  for (const image of resources.flatMap(builtImages)) if (!images.has(image.ref)) images.set(image.ref, image);
  return [...images.values()];
}

/** By what is used, the names of the resources that use it. */
function usersOf(
  resources: readonly Resource[],
  uses: (resource: Resource) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const resource of resources) {
    for (const used of new Set(uses(resource))) {
      const known = users.get(used);
      if (known) known.push(resource.name);
      else users.set(used, [resource.name]);
    }
  }
  return users;
}
