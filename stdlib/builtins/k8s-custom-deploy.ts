import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { Command } from '../model/command.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import { fullReference, parseImageReference } from '../model/image-reference.ts';
import type { LiveUpdate } from '../model/live-update.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { type CommandParts, command, commandFolder, commandOf, shellArgv } from '../schema/command-types.ts';
import { executingFile } from '../schema/executing-file.ts';
import { explained } from '../schema/explained.ts';
import { imageList } from '../schema/image-list-type.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPathList } from '../schema/path-types.ts';
import { string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { declareImage, imageParameters } from './image-options.ts';
import { liveUpdateOf } from './live-update.ts';
import { takenBy } from './taken-name.ts';

const parameters = {
  name: required(string, 'Names the resource.'),
  apply_cmd: required(
    command,
    'Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list.',
  ),
  delete_cmd: required(command, 'Takes everything away again; what is gone already is no error.'),
  deps: required(localPathList, 'Files and folders whose changes deploy it again.'),
  image_selector: withDefault(string, '', 'For `live_update`: the image whose containers are updated.'),
  live_update: imageParameters.live_update,
  apply_dir: optional(commandFolder, 'Where `apply_cmd` runs. By default the folder of the Tiltfile.'),
  apply_env: withDefault(stringMap, {}, 'Environment variables for `apply_cmd`, added to those of the session.'),
  apply_cmd_bat: optional(command, 'Taken instead of `apply_cmd` on Windows.'),
  delete_dir: optional(commandFolder, 'Where `delete_cmd` runs. By default the folder of the Tiltfile.'),
  delete_env: withDefault(stringMap, {}, 'Environment variables for `delete_cmd`.'),
  delete_cmd_bat: optional(command, 'Taken instead of `delete_cmd` on Windows.'),
  container_selector: withDefault(string, '', 'For `live_update`: the name of the container that is updated.'),
  image_deps: withDefault(
    imageList,
    [],
    'Images that are built before: `apply_cmd` finds them in TILT_IMAGE_0, TILT_IMAGE_1, …',
  ),
};

export const k8sCustomDeploy = builtin({
  name: 'k8s_custom_deploy',
  doc: 'Declares a resource that commands of yours deploy to the cluster.',
  parameters,
  returns: 'void',
  example:
    "k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  const { declarations } = session;
  const { name, deps } = args;
  const apply = commandFor(
    'apply_cmd',
    { command: args.apply_cmd, windowsCommand: args.apply_cmd_bat, dir: args.apply_dir, env: args.apply_env },
    call,
  );
  const remove = commandFor(
    'delete_cmd',
    { command: args.delete_cmd, windowsCommand: args.delete_cmd_bat, dir: args.delete_dir, env: args.delete_env },
    call,
  );
  const liveUpdate = liveUpdateOf(args.live_update, call, session);
  const taken = takenBy(name, session);
  if (taken !== undefined) throw new Refusal(`error making resource for ${name}: ${taken}`);
  const liveUpdateRef = liveUpdate ? selectorRef(args, call) : '';
  declarations.customDeploys.push({
    name,
    apply,
    delete: remove,
    watchPaths: deps,
    ignores: liveUpdate ? [updatedFiles(liveUpdate)] : [],
    imageDeps: args.image_deps,
    liveUpdateRef,
    position: call.position,
  });
  session.resourceNames.add(name);
  if (liveUpdate) declareUpdated(liveUpdateRef, liveUpdate, args, call, session);
  return undefined;
}

function commandFor(parameter: 'apply_cmd' | 'delete_cmd', parts: CommandParts, call: Call): Command {
  const found = explained(parameter, () => commandOf(parts, call));
  if (!found) throw new Refusal(`${call.name}: ${parameter} cannot be empty`);
  return found;
}

/** The reference for the containers that are updated; one of no real image stands for a container's name. */
function selectorRef(args: Arguments<typeof parameters>, call: Call): string {
  const { image_selector: image, container_selector: container } = args;
  if (image === '' && container === '') throw new Refusal(`${call.name}: no Live Update selector specified`);
  const ref = image === '' ? `k8s_custom_deploy:${args.name}` : image;
  const parsed = parseImageReference(ref);
  if (!parsed.ok) throw new Refusal(`can't parse ${quote(ref)}: ${parsed.message}`);
  if (image !== '' && container !== '') {
    throw new Refusal(`${call.name}: cannot specify more than one Live Update selector`);
  }
  return fullReference(parsed.value);
}

/** Files that go into containers deploy nothing. */
function updatedFiles({ basePath, syncs, stopPaths }: LiveUpdate): IgnoreRule {
  return { basePath, patterns: [...syncs.map(({ localPath }) => localPath), ...stopPaths], source: '' };
}

/** An image that nobody builds, for the containers that run it. */
function declareUpdated(
  ref: string,
  liveUpdate: LiveUpdate,
  args: { readonly deps: readonly string[]; readonly container_selector: ScriptValue },
  call: Call,
  session: Session,
): void {
  declareImage(
    {
      kind: 'command',
      ref,
      tiltfile: executingFile(call),
      command: { argv: shellArgv(':'), dir: '', env: [] },
      tag: '',
      output: 'remote',
      outputsImageRefTo: '',
      deps: args.deps,
      imageDeps: [],
      ignores: [],
      entrypoint: [],
      containerArgs: undefined,
      matchInEnvVars: false,
      timeoutMs: undefined,
      liveUpdate: { ...liveUpdate, containerName: String(args.container_selector ?? '') },
      position: call.position,
    },
    session,
  );
}
