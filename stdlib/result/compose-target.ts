import type { ComposeBuild, ComposeProject } from '../model/compose.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { ComposeResource } from '../model/resource.ts';
import { ignoreDefinition } from './ignore-definition.ts';
import { linkResult } from './link-result.ts';
import { objectIdentifier } from './object-identifier.ts';
import type { ResultObject } from './result-value.ts';

export function composeTarget(resource: ComposeResource): ResultObject {
  const { build, deployedImages, links } = resource;
  const imageMaps = build ? [build.ref] : deployedImages;
  return {
    Spec: {
      service: resource.service,
      project: project(resource.project),
      imageMaps: imageMaps.length > 0 ? imageMaps.map(objectIdentifier) : undefined,
    },
    Name: resource.name,
    ServiceYAML: resource.yaml,
    Links: links.length > 0 ? links.map(linkResult) : null,
  };
}

function project({ name, folder, files, envFile, profiles, wait }: ComposeProject): ResultObject {
  return {
    configPaths: files.map((file) => (file.kind === 'path' ? file.path : '-')),
    projectPath: folder,
    name,
    envFile: envFile || undefined,
    profiles: profiles.length > 0 ? profiles : undefined,
    wait: wait || undefined,
  };
}

/** An image that Compose builds. */
export function composeImageTarget(build: ComposeBuild, { ignores }: ComposeResource): ResultObject {
  const rules = ignores.filter(({ basePath, patterns }) => patterns.length > 0 || !build.mounts.includes(basePath));
  const whole = (basePath: string): IgnoreRule => ({ basePath, patterns: [], source: '' });
  return {
    selector: build.ref,
    matchExact: build.matchExact || undefined,
    BuildDetails: { Service: build.service, Context: build.context },
    FileWatchIgnores: [...rules, whole(build.dockerfile), ...build.mounts.map(whole)].map(ignoreDefinition),
  };
}
