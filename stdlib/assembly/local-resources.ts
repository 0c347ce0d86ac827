import type { LocalResourceDeclaration, TriggerMode } from '../declarations.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { LocalResource } from '../model/resource.ts';
import { gitIgnores } from './image-files.ts';
import { linkOf } from './link.ts';
import type { ProjectFiles } from './project-files.ts';
import { triggerOf } from './trigger.ts';

export function localResource(
  declaration: LocalResourceDeclaration,
  triggerForAll: TriggerMode | undefined,
  files: ProjectFiles,
): LocalResource {
  const { folder, deps, ignores } = declaration;
  const declared: readonly IgnoreRule[] =
    ignores.length === 0 ? [] : [{ basePath: folder, patterns: ignores, source: '' }];
  return {
    kind: 'local',
    name: declaration.name,
    labels: declaration.labels,
    links: declaration.links.map(linkOf),
    resourceDeps: declaration.resourceDeps,
    trigger: triggerOf(declaration.triggerMode, triggerForAll, declaration.autoInit),
    position: declaration.position,
    update: declaration.update,
    serve: declaration.serve,
    watchPaths: deps,
    ignores: [...gitIgnores([...deps, folder], files), ...declared],
    // What only serves has no update that could be in another's way.
    allowParallel: declaration.allowParallel || declaration.update === undefined,
    readinessProbe: declaration.readinessProbe,
    ...declaration.limits,
    ...(declaration.cache && { cache: declaration.cache }),
  };
}
