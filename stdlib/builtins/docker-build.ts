import path from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { fullReference, parseImageReference } from '../model/image-reference.ts';
import { withEntrypoint } from '../model/restart-process.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { stringMap, stringOrList, stringsOfValue } from '../schema/collection-types.ts';
import { executingFile } from '../schema/executing-file.ts';
import { optional, type ParameterType, required, withDefault } from '../schema/parameter.ts';
import { localPath } from '../schema/path-types.ts';
import { asText, bool, checkedByBuiltin, string, text } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { declareImage, imageOptions, imageParameters, imageReferenceOf } from './image-options.ts';
import { readText } from './read-text.ts';
import { restartProcess } from './restart-process.ts';

const pathOrNull: ParameterType<string | null> = {
  ...localPath,
  typescript: 'string | null',
  read: (value, call) => (value === null ? null : localPath.read(value, call)),
};

const parameters = {
  ref: required(
    string,
    'The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.',
  ),
  context: required(localPath, 'The folder that is sent to the Docker engine. Changes in it build the image again.'),
  build_args: withDefault(stringMap, {}, 'Values for the `ARG`s of the Dockerfile.'),
  dockerfile: optional(pathOrNull, 'The Dockerfile; by default the one in the context.'),
  dockerfile_contents: optional(checkedByBuiltin('string | Blob'), 'The text of a Dockerfile, instead of a file.'),
  cache: optional(checkedByBuiltin('unknown'), 'Does nothing any more.'),
  live_update: imageParameters.live_update,
  match_in_env_vars: imageParameters.match_in_env_vars,
  ignore: optional(
    imageParameters.ignore.type,
    'Patterns of files in the context that are left out, in the language of .dockerignore.',
  ),
  only: optional(imageParameters.ignore.type, 'Paths in the context; all others are left out.'),
  entrypoint: imageParameters.entrypoint,
  container_args: imageParameters.container_args,
  target: withDefault(string, '', 'The stage of the Dockerfile to build; by default the last.'),
  ssh: withDefault(stringOrList, [], "SSH agents or keys for the build, as in docker's `--ssh`: `default`."),
  secret: withDefault(stringOrList, [], "Secrets for the build, as in docker's `--secret`: `id=token,src=.token`."),
  network: withDefault(text, '', 'The network for `RUN` instructions.'),
  extra_tag: withDefault(stringOrList, [], 'Further tags for the built image, whole references.'),
  cache_from: withDefault(stringOrList, [], 'Images or caches to take layers from.'),
  pull: withDefault(bool, false, 'Always ask for newer base images.'),
  platform: withDefault(
    text,
    '',
    'Such as `linux/arm64`; by default DOCKER_DEFAULT_PLATFORM, else that of the cluster.',
  ),
  extra_hosts: withDefault(stringOrList, [], 'Host names for `RUN` instructions: `name:address`.'),
  timeout: imageParameters.timeout,
  restart_process: restartProcess,
};

export const dockerBuild = builtin({
  name: 'docker_build',
  doc: 'Declares how to build an image. It is built when a Kubernetes object or a Compose service runs it, and put there in its place.',
  parameters,
  returns: 'void',
  example: "docker_build('example/web', './web', { ignore: ['**/*.md'] });\nk8s_yaml('k8s/web.yaml');",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  const { declarations } = session;
  const reference = imageReferenceOf(args.ref);
  const source = dockerfileOf(args, call);
  if (args.cache !== undefined) {
    declarations.warnings.push('docker_build(cache) does nothing any more: take it out.');
  }
  const options = imageOptions(args, call, session);
  const declared = { dockerfile: source.dockerfile, target: args.target };
  const restarts = args.restart_process !== undefined && args.restart_process !== null;
  const only = onlyOf(args.only);
  for (const tag of args.extra_tag) {
    const parsed = parseImageReference(tag);
    if (!parsed.ok)
      throw new Refusal(`Argument extra_tag=${quote(tag)} not a valid image reference: ${parsed.message}`);
  }
  const image = {
    ...options,
    kind: 'docker' as const,
    ref: fullReference(reference),
    tiltfile: executingFile(call),
    context: args.context,
    ...(restarts ? withEntrypoint(declared, options.entrypoint) : declared),
    dockerfilePath: source.dockerfilePath,
    buildArgs: args.build_args,
    platform: args.platform || (call.broker.environment.setting('DOCKER_DEFAULT_PLATFORM') ?? ''),
    extraTags: args.extra_tag,
    only,
    secrets: args.secret,
    sshAgents: args.ssh,
    cacheFrom: args.cache_from,
    extraHosts: args.extra_hosts,
    network: args.network,
    pull: args.pull,
    position: call.position,
  };
  declareImage(image, session);
  return undefined;
}

interface DockerfileSource {
  readonly dockerfile: string;
  readonly dockerfilePath: string | undefined;
}

function dockerfileOf(args: Arguments<typeof parameters>, call: Call): DockerfileSource {
  const given = args.dockerfile_contents;
  const hasContents = given !== undefined && given !== null;
  if (hasContents && typeof args.dockerfile === 'string') {
    throw new Refusal('Cannot specify both dockerfile and dockerfile_contents keyword arguments');
  }
  if (hasContents) {
    const contents = asText(given);
    if (contents === undefined) throw new Refusal('Argument (dockerfile_contents): must be string or blob.');
    return { dockerfile: contents, dockerfilePath: undefined };
  }
  const dockerfilePath = args.dockerfile ?? path.join(args.context, 'Dockerfile');
  try {
    return { dockerfile: readText(call, dockerfilePath), dockerfilePath };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`error reading dockerfile: ${error.message}`);
  }
}

function onlyOf(value: ScriptValue): readonly string[] {
  const only = stringsOfValue(value, 'only');
  const glob = only.find((one) => one.includes('*'));
  if (glob === undefined) return only;
  throw new Refusal(`'only' does not support '*' file globs. Must be a real path: ${glob}`);
}
