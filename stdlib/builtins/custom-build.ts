import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import type { Command } from '../model/command.ts';
import type { CommandBuild } from '../model/image.ts';
import { fullReference } from '../model/image-reference.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { command, commandFolder, commandOf } from '../schema/command-types.ts';
import { executingFile } from '../schema/executing-file.ts';
import { explained } from '../schema/explained.ts';
import { imageList } from '../schema/image-list-type.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPath, localPathList } from '../schema/path-types.ts';
import { bool, string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { declareImage, imageOptions, imageParameters, imageReferenceOf } from './image-options.ts';
import { restartProcess } from './restart-process.ts';

const parameters = {
  ref: required(
    string,
    'The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.',
  ),
  command: required(
    command,
    'Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list.',
  ),
  deps: required(localPathList, 'Files and folders whose changes build it again.'),
  tag: withDefault(
    string,
    '',
    'The tag that the command gives the image by itself; without it EXPECTED_REF has one of its own.',
  ),
  disable_push: withDefault(bool, false, 'The command brings the image to the cluster by itself.'),
  skips_local_docker: withDefault(
    bool,
    false,
    'The command brings the image to its registry and leaves none in the Docker engine.',
  ),
  live_update: imageParameters.live_update,
  match_in_env_vars: imageParameters.match_in_env_vars,
  ignore: imageParameters.ignore,
  entrypoint: imageParameters.entrypoint,
  container_args: imageParameters.container_args,
  command_bat_val: optional(command, 'The old name of `command_bat`.'),
  outputs_image_ref_to: optional(
    localPath,
    'A file into which the command writes the whole reference of what it built, with a tag of its own.',
  ),
  command_bat: optional(command, 'Taken instead of `command` on Windows.'),
  image_deps: withDefault(
    imageList,
    [],
    'Images that are built before: the command finds them in TILT_IMAGE_0, TILT_IMAGE_1, …',
  ),
  env: withDefault(stringMap, {}, 'Environment variables for the command, added to those of the session.'),
  dir: optional(commandFolder, 'Where the command runs. By default the folder of the Tiltfile.'),
  timeout: imageParameters.timeout,
  restart_process: restartProcess,
};

export const customBuild = builtin({
  name: 'custom_build',
  doc: 'Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.',
  parameters,
  returns: 'CustomBuild',
  example: "custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): Tagged {
  const reference = imageReferenceOf(args.ref);
  const options = imageOptions(args, call, session);
  const found = buildCommand(args, call);
  const outputsImageRefTo = args.outputs_image_ref_to ?? '';
  if (args.tag !== '' && outputsImageRefTo !== '') {
    throw new Refusal('Cannot specify both tag= and outputs_image_ref_to=');
  }
  const ref = fullReference(reference);
  const image = {
    ...options,
    kind: 'command' as const,
    ref,
    tiltfile: executingFile(call),
    command: found,
    tag: args.tag,
    output: outputOf(args),
    outputsImageRefTo,
    deps: args.deps,
    imageDeps: args.image_deps,
    position: call.position,
  };
  declareImage(image, session);
  return new Tagged('CustomBuild', { description: `custom_build(${quote(ref)})` });
}

function buildCommand(args: Arguments<typeof parameters>, call: Call): Command {
  const windowsCommand = args.command_bat ?? args.command_bat_val;
  const parts = { command: args.command, windowsCommand, dir: args.dir, env: args.env };
  const found = explained('Argument 2 (command)', () => commandOf(parts, call));
  if (!found) throw new Refusal("Argument 2 (command) can't be empty");
  return found;
}

function outputOf(args: Arguments<typeof parameters>): CommandBuild['output'] {
  if (args.skips_local_docker) return 'remote';
  return args.disable_push ? 'local-docker-and-remote' : 'local-docker';
}
