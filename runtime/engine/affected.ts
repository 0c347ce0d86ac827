import path from 'node:path';
import type { Graph } from '../../stdlib/model/graph.ts';
import { ignoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import type { Image } from '../../stdlib/model/image.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import { declaredAnew, type EarlierGraph } from './declared-anew.ts';
import { sourcesOf } from './watch-targets.ts';

/** Why a resource is not what it was. Absolute paths. */
export interface Affected {
  /**
   * `tiltfile` when the Tiltfile, or a file that it reads for itself, changed and nobody knows what that means for a resource; `declaration`
   * when it is known that it is declared in another way, or new.
   */
  readonly by: 'files' | 'tiltfile' | 'declaration';
  readonly paths: readonly string[];
}

/** Those of the changed files that the Tiltfile consists of, or reads for itself. Absolute paths. */
export function tiltfileChanges(graph: Graph, changed: readonly string[]): readonly string[] {
  const someones = new Set(graph.resources.flatMap((resource) => [...readFor(resource)]));
  const isIgnored = ignoreMatcher(graph.globalIgnores);
  return changed.filter(
    (file) =>
      !isIgnored.ignores(file) &&
      !someones.has(file) &&
      !isDockerignore(file) &&
      graph.configFiles.some((config) => isWithin(file, config)),
  );
}

/**
 * By name, the resources of a graph that are made of one of these files. Where the Tiltfile changed, these are all of them, unless `earlier` is
 * there to be compared with.
 */
export function affectedResources(
  graph: Graph,
  changed: readonly string[],
  earlier?: EarlierGraph,
): ReadonlyMap<string, Affected> {
  const own = new Map(graph.resources.map((resource) => [resource.name, readFor(resource)]));
  const isIgnored = ignoreMatcher(graph.globalIgnores);
  const candidates = changed.filter((file) => !isIgnored.ignores(file));
  const tiltfile = tiltfileChanges(graph, changed);
  const anew = tiltfile.length === 0 || earlier === undefined ? undefined : declaredAnew(graph, earlier);
  const affected = new Map<string, Affected>();
  for (const resource of graph.resources) {
    const named = own.get(resource.name) ?? new Set();
    const matchers = sourcesOf(resource).map(({ watchPaths, ignores }) => ({
      watchPaths,
      rule: ignoreMatcher(ignores),
    }));
    const paths = candidates.filter(
      (file) =>
        named.has(file) ||
        isDockerignoreOf(file, resource) ||
        matchers.some(({ watchPaths, rule }) => watchPaths.some((base) => isWithin(file, base)) && !rule.ignores(file)),
    );
    if (paths.length > 0) affected.set(resource.name, { by: 'files', paths });
    else if (anew?.has(resource.name)) affected.set(resource.name, { by: 'declaration', paths: tiltfile });
    else if (tiltfile.length > 0 && anew === undefined) {
      affected.set(resource.name, { by: 'tiltfile', paths: tiltfile });
    }
  }
  return affected;
}

/** The files that the Tiltfile read for this resource alone, or for those few that share them. */
function readFor(resource: Resource): ReadonlySet<string> {
  switch (resource.kind) {
    case 'local':
      return new Set();
    case 'kubernetes':
      return new Set([...(resource.objectFiles ?? []), ...resource.images.flatMap(dockerfileOf)]);
    case 'compose': {
      const { project, build, images } = resource;
      const files = project.files.flatMap((file) => (file.kind === 'path' ? [file.path] : []));
      const dockerfile = build === undefined ? [] : [path.resolve(build.context, build.dockerfile)];
      return new Set([...files, project.envFile, ...dockerfile, ...images.flatMap(dockerfileOf)]);
    }
  }
}

function dockerfileOf({ build }: Image): readonly string[] {
  return build.kind === 'docker' && build.dockerfilePath !== undefined ? [build.dockerfilePath] : [];
}

function isDockerignore(file: string): boolean {
  return path.basename(file).endsWith('.dockerignore');
}

function isDockerignoreOf(file: string, resource: Resource): boolean {
  if (!isDockerignore(file) || resource.kind === 'local') return false;
  const contexts = resource.images.flatMap(({ build }) => (build.kind === 'docker' ? [build.context] : []));
  const all = resource.kind === 'compose' && resource.build ? [...contexts, resource.build.context] : contexts;
  return all.some((context) => isWithin(file, context));
}

function isWithin(file: string, base: string): boolean {
  return file === base || (file.startsWith(base) && (base.endsWith(path.sep) || file[base.length] === path.sep));
}
