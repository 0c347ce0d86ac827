import path from 'node:path';
import type { CommandBuild, DockerBuild, Image } from '../model/image.ts';
import { ignoreDefinition } from './ignore-definition.ts';
import { liveUpdateSpec } from './live-update-spec.ts';
import { objectIdentifier } from './object-identifier.ts';
import type { ResultObject, ResultValue } from './result-value.ts';

/** An image as one resource uses it. */
export function imageTarget(image: Image, resource: string): ResultObject {
  const { build } = image;
  const name = objectIdentifier(`${resource}:${objectIdentifier(image.ref)}`);
  return {
    selector: image.ref,
    matchExact: image.matchExact || undefined,
    matchInEnvVars: image.matchInEnvVars || undefined,
    overrideCommand: image.entrypoint.length > 0 ? { command: image.entrypoint } : undefined,
    overrideArgs: image.containerArgs ? { args: image.containerArgs } : undefined,
    LiveUpdateName: image.liveUpdate && name,
    LiveUpdateSpec: image.liveUpdate && liveUpdateSpec(image.liveUpdate),
    LiveUpdateReconciler: image.liveUpdate && true,
    DockerImageName: build.kind === 'docker' ? name : undefined,
    CmdImageName: build.kind === 'command' ? name : undefined,
    BuildDetails: build.kind === 'docker' ? dockerBuild(build, image.dependsOn) : commandBuild(build, image),
    IsLiveUpdateOnly: image.onlyLiveUpdate || undefined,
    FileWatchIgnores: image.ignores.map(ignoreDefinition),
  };
}

function dockerBuild(build: DockerBuild, dependsOn: readonly string[]): ResultObject {
  return {
    dockerfileContents: build.dockerfile || undefined,
    context: path.normalize(build.context),
    args: some(buildArguments(build.buildArgs)),
    target: build.target || undefined,
    sshAgentConfigs: some(build.sshAgents),
    secrets: some(build.secrets),
    network: build.network || undefined,
    cacheFrom: some(build.cacheFrom),
    pull: build.pull || undefined,
    platform: build.platform || undefined,
    extraTags: some(build.extraTags),
    contextIgnores: some(build.contextIgnores.map(ignoreDefinition)),
    extraHosts: some(build.extraHosts),
    imageMaps: some(dependsOn.map(objectIdentifier)),
  };
}

function commandBuild({ command, tag, output, outputsImageRefTo }: CommandBuild, image: Image): ResultObject {
  return {
    args: command.argv,
    dir: command.dir || undefined,
    env: some(command.env),
    imageMaps: some(image.dependsOn.map(objectIdentifier)),
    outputTag: tag || undefined,
    outputsImageRefTo: outputsImageRefTo || undefined,
    outputMode: output,
    Deps: some(image.watchPaths) ?? null,
  };
}

/** An argument without a value is taken from the environment of the build. */
function buildArguments(args: DockerBuild['buildArgs']): readonly string[] {
  return Object.entries(args)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort();
}

function some(list: readonly ResultValue[]): readonly ResultValue[] | undefined {
  return list.length > 0 ? list : undefined;
}
