import path from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import {
  familiarReference,
  fullReference,
  type ImageReference,
  parseImageReference,
} from '../model/image-reference.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { sequence, stringMap, stringOrList, stringsOf, stringsOfValue } from '../schema/collection-types.ts';
import { command, commandOf } from '../schema/command-types.ts';
import { executingFile } from '../schema/executing-file.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPath } from '../schema/path-types.ts';
import { asText, bool, checkedByBuiltin, string, text } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { readText } from './read-text.ts';

const patterns = checkedByBuiltin('string | readonly string[] | null');

const parameters = {
  ref: required(
    string,
    'The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.',
  ),
  context: required(localPath, 'The folder that is sent to the Docker engine. Changes in it build the image again.'),
  build_args: withDefault(stringMap, {}, 'Values for the `ARG`s of the Dockerfile.'),
  dockerfile: optional(checkedByBuiltin('string | null'), 'The Dockerfile; by default the one in the context.'),
  dockerfile_contents: optional(checkedByBuiltin('string | Blob'), 'The text of a Dockerfile, instead of a file.'),
  cache: optional(checkedByBuiltin('unknown'), 'Does nothing any more.'),
  live_update: optional(checkedByBuiltin('unknown'), 'Not supported yet.'),
  match_in_env_vars: withDefault(bool, false, 'Also look for the image in the values of environment variables.'),
  ignore: optional(patterns, 'Patterns of files in the context that are left out, in the language of .dockerignore.'),
  only: optional(patterns, 'Paths in the context; all others are left out.'),
  entrypoint: optional(command, 'Replaces the command of the containers that run the image.'),
  container_args: optional(sequence, 'Replaces the arguments of the containers that run the image.'),
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
};

export const dockerBuild = builtin({
  name: 'docker_build',
  doc: 'Declares how to build an image. It is built when a Kubernetes object runs it, and put there in its place.',
  parameters,
  returns: 'void',
  example: "docker_build('example/web', './web', { ignore: ['**/*.md'] });\nk8s_yaml('web.yaml');",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  const { declarations } = session;
  const reference = referenceOf(args.ref);
  const { dockerfile, dockerfilePath } = dockerfileOf(args, call);
  if (args.cache !== undefined) {
    declarations.warnings.push('docker_build(cache) does nothing any more: take it out.');
  }
  if (args.live_update !== undefined && args.live_update !== null) refuseLiveUpdate(args.live_update);
  const ignores = stringsOfValue(args.ignore, 'ignore');
  const only = onlyOf(args.only);
  const entrypoint = commandOf(
    { command: args.entrypoint ?? undefined, windowsCommand: undefined, dir: undefined, env: {} },
    call,
  );
  const containerArgs = containerArgsOf(args.container_args);
  for (const tag of args.extra_tag) {
    const parsed = parseImageReference(tag);
    if (!parsed.ok)
      throw new Refusal(`Argument extra_tag=${quote(tag)} not a valid image reference: ${parsed.message}`);
  }
  const isTaken = declarations.dockerBuilds.some((one) => one.ref === fullReference(reference));
  if (isTaken) throw new Refusal(`Image for ref ${quote(familiarReference(reference))} has already been defined`);
  declarations.dockerBuilds.push({
    ref: fullReference(reference),
    tiltfile: executingFile(call),
    context: args.context,
    dockerfile,
    dockerfilePath,
    buildArgs: args.build_args,
    target: args.target,
    platform: args.platform || (call.broker.environment.get('DOCKER_DEFAULT_PLATFORM') ?? ''),
    extraTags: args.extra_tag,
    ignores,
    only,
    entrypoint: entrypoint?.argv ?? [],
    containerArgs,
    matchInEnvVars: args.match_in_env_vars,
    secrets: args.secret,
    sshAgents: args.ssh,
    cacheFrom: args.cache_from,
    extraHosts: args.extra_hosts,
    network: args.network,
    pull: args.pull,
    position: call.position,
  });
  return undefined;
}

function referenceOf(ref: string): ImageReference {
  const parsed = parseImageReference(ref);
  if (!parsed.ok) throw new Refusal(`Argument 1 (ref): can't parse ${quote(ref)}: ${parsed.message}`);
  return parsed.value;
}

interface DockerfileSource {
  readonly dockerfile: string;
  readonly dockerfilePath: string | undefined;
}

function dockerfileOf(args: Arguments<typeof parameters>, call: Call): DockerfileSource {
  const given = args.dockerfile_contents;
  const hasContents = given !== undefined && given !== null;
  const hasPath = args.dockerfile !== undefined && args.dockerfile !== null;
  if (hasContents && hasPath) {
    throw new Refusal('Cannot specify both dockerfile and dockerfile_contents keyword arguments');
  }
  if (hasContents) {
    const contents = asText(given);
    if (contents === undefined) throw new Refusal('Argument (dockerfile_contents): must be string or blob.');
    return { dockerfile: contents, dockerfilePath: undefined };
  }
  const dockerfilePath = hasPath ? localPath.read(args.dockerfile, call) : path.join(args.context, 'Dockerfile');
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

function containerArgsOf(members: readonly ScriptValue[] | undefined): readonly string[] | undefined {
  if (members === undefined) return undefined;
  try {
    return stringsOf(members);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`Argument 'container_args': ${error.message}`);
  }
}

function refuseLiveUpdate(value: ScriptValue): void {
  if (Array.isArray(value) && value.length === 0) return;
  throw new Refusal(
    'docker_build: live_update is not supported yet. Leave it out: the image is then built anew when files change.',
  );
}
