import path from 'node:path';
import type { Image, ImageBuild } from '../../../stdlib/model/image.ts';
import type { LiveUpdate } from '../../../stdlib/model/live-update.ts';
import { type Place, placed, placedIgnores, placedPosition } from './place.ts';
import type { PlannedBuild, PlannedImage, PlannedLiveUpdate } from './plan.ts';
import { plannedCommand } from './plan-command.ts';
import { digest, withoutSecrets } from './secrets.ts';

/** An image of the graph; `neededBy` are the names of the resources that need it. */
export function plannedImage(image: Image, neededBy: readonly string[], place: Place): PlannedImage {
  return {
    ref: image.ref,
    build: plannedBuild(image.build, place),
    dependsOn: image.dependsOn,
    neededBy,
    watches: image.watchPaths.map((file) => placed(file, place)),
    ignores: placedIgnores(image.ignores, place),
    entrypoint: image.entrypoint,
    containerArgs: image.containerArgs ?? null,
    matchInEnvVars: image.matchInEnvVars,
    matchExact: image.matchExact ?? false,
    liveUpdate: plannedLiveUpdate(image.liveUpdate, place),
    onlyLiveUpdate: image.onlyLiveUpdate ?? false,
    timeoutMs: image.timeoutMs ?? null,
    declaredAt: placedPosition(image.position, place),
  };
}

function plannedBuild(build: ImageBuild, place: Place): PlannedBuild {
  switch (build.kind) {
    case 'docker':
      return {
        kind: 'docker',
        context: placed(build.context, place),
        dockerfile: build.dockerfilePath === undefined ? null : placed(build.dockerfilePath, place),
        dockerfileDigest: digest(build.dockerfile),
        buildArgs: withoutSecrets(build.buildArgs),
        target: build.target,
        platform: build.platform,
        extraTags: build.extraTags,
        contextIgnores: placedIgnores(build.contextIgnores, place),
        secrets: build.secrets,
        sshAgents: build.sshAgents,
        cacheFrom: build.cacheFrom,
        extraHosts: build.extraHosts,
        network: build.network,
        pull: build.pull,
      };
    case 'command':
      return {
        kind: 'command',
        command: plannedCommand(build.command, place),
        tag: build.tag,
        output: build.output,
        outputsImageRefTo: build.outputsImageRefTo === '' ? '' : placed(build.outputsImageRefTo, place),
      };
  }
}

function plannedLiveUpdate(update: LiveUpdate | undefined, place: Place): PlannedLiveUpdate | null {
  if (update === undefined) return null;
  const { basePath, stopPaths, syncs, runs, restart, initialSync, containerName } = update;
  const local = (file: string): string => placed(path.resolve(basePath, file), place);
  return {
    stopPaths: stopPaths.map(local),
    syncs: syncs.map(({ localPath, containerPath }) => ({ localPath: local(localPath), containerPath })),
    runs: runs.map(({ argv, triggers }) => ({ argv, triggers: triggers.map(local) })),
    restart,
    initialSync,
    containerName,
  };
}
