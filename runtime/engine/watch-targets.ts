import type { Image } from '../../stdlib/model/image.ts';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { LocalResource, Resource } from '../../stdlib/model/resource.ts';
import { ownObjects, ownWatchId } from '../state/api-state.ts';
import { isDisabled } from '../state/disable-source.ts';
import { TILTFILE_ID } from '../state/event.ts';
import type { State } from '../state/state.ts';
import type { WatchTarget } from './ports.ts';

/** What has to be watched for the state to stay true. A resource with several images has several targets of its name. */
export function watchTargets(state: State): readonly WatchTarget[] {
  const targets: WatchTarget[] = [];
  const { configFiles } = state.tiltfile;
  const everywhere = state.graph?.globalIgnores ?? [];
  if (configFiles.length > 0) targets.push({ id: TILTFILE_ID, paths: configFiles, ignores: everywhere });
  for (const { resource } of state.resources) {
    for (const { watchPaths, ignores } of sourcesOf(resource)) {
      if (watchPaths.length === 0) continue;
      targets.push({ id: resource.name, paths: watchPaths, ignores: [...ignores, ...everywhere] });
    }
  }
  targets.push(...ownTargets(state));
  return targets;
}

/** The file watches that somebody made through the API. */
function* ownTargets(state: State): Generator<WatchTarget> {
  const everywhere = state.graph?.globalIgnores ?? [];
  for (const { name, body } of ownObjects(state.api, 'filewatches')) {
    const { watchedPaths, ignores, disableSource } = (body.spec ?? {}) as OwnWatch;
    if (!watchedPaths?.length || isDisabled(disableSource ?? {}, state)) continue;
    const rules = (ignores ?? []).map(({ basePath, patterns }) => ({ basePath, patterns: patterns ?? [], source: '' }));
    yield { id: ownWatchId(name), paths: watchedPaths, ignores: [...rules, ...everywhere] };
  }
}

interface OwnWatch {
  readonly watchedPaths?: readonly string[];
  readonly ignores?: readonly { readonly basePath: string; readonly patterns?: readonly string[] }[];
  readonly disableSource?: { readonly [key: string]: Json };
}

/** Everything that says which files a resource is made of. */
export function sourcesOf(resource: Resource): readonly Pick<LocalResource, 'watchPaths' | 'ignores'>[] {
  if (resource.kind === 'local') return [resource];
  const images = resource.images.map(withoutOutput);
  if (resource.kind === 'compose') return [resource, ...images];
  return resource.customDeploy ? [...images, resource.customDeploy] : images;
}

/** What a build writes would start the next one. */
function withoutOutput({ build, watchPaths, ignores }: Image): Pick<Image, 'watchPaths' | 'ignores'> {
  const output = build.kind === 'command' ? build.outputsImageRefTo : '';
  if (output === '') return { watchPaths, ignores };
  return { watchPaths, ignores: [...ignores, { basePath: output, patterns: [], source: '' }] };
}
