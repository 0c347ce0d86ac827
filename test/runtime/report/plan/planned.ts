import type { Plan } from '../../../../runtime/report/plan/plan.ts';
import { type PlanInput, planOf } from '../../../../runtime/report/plan/plan-of.ts';
import type { DockerBuild, Image } from '../../../../stdlib/model/image.ts';
import type { Resource } from '../../../../stdlib/model/resource.ts';
import { graph, image } from '../../../support/graph.ts';

/** The plan of resources in the folder /project. */
export function planned(resources: readonly Resource[], more: Partial<PlanInput> = {}): Plan {
  return planOf({
    graph: graph(resources),
    mainFile: '/project/Tiltfile',
    evaluation: { filesRead: ['/project/Tiltfile'], commandsRun: [], variablesRead: [] },
    warnings: [],
    refusal: undefined,
    place: { folder: '/project', root: '/project' },
    ...more,
  });
}

/** An image that a Docker engine builds. */
export function built(
  ref: string,
  build: Partial<DockerBuild> = {},
  more: Partial<Image> = {},
): Image & { build: DockerBuild } {
  const plain = image(ref, more);
  return { ...plain, build: { ...(plain.build as DockerBuild), ...build } };
}
