import type { IgnoreRule } from '../../../stdlib/model/ignore.ts';
import { type ApiState, type OwnObject, objectName, type SeenFiles } from '../../state/api-state.ts';
import { microTime } from '../time.ts';
import { TILTFILE_RESOURCE } from '../wire.ts';
import { disableSource } from './disable.ts';
import { both, ownProjector } from './own.ts';
import { declaredAt, type Entry, type Projected, type Projector, perEntry, resourceAnnotations } from './projected.ts';

const resourceWatches = perEntry(({ resource }: Entry, world): readonly Projected[] => {
  const { name } = resource;
  const at = declaredAt(world);
  const watches: Projected[] = [];
  const add = (id: string, paths: readonly string[], ignores: readonly IgnoreRule[]) => {
    if (paths.length === 0) return;
    watches.push({
      name: id,
      createdAt: at,
      owned: true,
      annotations: resourceAnnotations(name, { 'tilt.dev/target-id': id }),
      body: {
        spec: { watchedPaths: paths, ...ignoreDefs(ignores), disableSource: disableSource(name) },
        status: { monitorStartTime: microTime(at), lastEventTime: null },
      },
    });
  };
  if (resource.kind === 'local') add(`local:${name}`, resource.watchPaths, resource.ignores);
  else {
    for (const image of resource.images) add(`image:${objectName(image.ref)}`, image.watchPaths, image.ignores);
    if (resource.kind === 'compose') add(`docker-compose:${name}`, resource.watchPaths, resource.ignores);
    else if (resource.customDeploy)
      add(`${name}:apply`, resource.customDeploy.watchPaths, resource.customDeploy.ignores);
  }
  return watches;
});

const configWatch: Projector = function* (world) {
  const { configFiles } = world.state.tiltfile;
  if (configFiles.length === 0) return;
  yield {
    name: `configs:${TILTFILE_RESOURCE}`,
    createdAt: declaredAt(world),
    owned: true,
    annotations: { 'tilt.dev/target-id': `tiltfile:${TILTFILE_RESOURCE}` },
    body: {
      spec: { watchedPaths: configFiles, ...ignoreDefs(world.state.graph?.globalIgnores ?? []) },
      status: { monitorStartTime: microTime(declaredAt(world)), lastEventTime: null },
    },
  };
};

const statuses = new WeakMap<OwnObject, { readonly seen: SeenFiles | undefined; readonly status: object }>();

function statusOf(object: OwnObject, { watches }: ApiState): object {
  const seen = watches.get(object.name);
  let known = statuses.get(object);
  if (known === undefined || known.seen !== seen) {
    known = { seen, status: seenStatus(object, seen) };
    statuses.set(object, known);
  }
  return known.status;
}

function seenStatus({ createdAt }: OwnObject, seen: SeenFiles | undefined): object {
  const events = seen?.events ?? [];
  const last = events.at(-1);
  return {
    monitorStartTime: microTime(createdAt),
    lastEventTime: last === undefined ? null : microTime(last.at),
    ...(events.length === 0
      ? {}
      : { fileEvents: events.map(({ at, paths }) => ({ time: microTime(at), seenFiles: paths })) }),
  };
}

/** An image that several resources run has one watch. */
export const fileWatches: Projector = both(configWatch, resourceWatches, ownProjector('filewatches', statusOf));

export function ignoreDefs(ignores: readonly IgnoreRule[]): { readonly ignores?: readonly object[] } {
  if (ignores.length === 0) return {};
  return {
    ignores: ignores.map(({ basePath, patterns }) => (patterns.length === 0 ? { basePath } : { basePath, patterns })),
  };
}
