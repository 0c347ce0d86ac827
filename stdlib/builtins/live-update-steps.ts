import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue, Tagged } from '../../interpreter/value.ts';
import { commandText } from '../model/command-text.ts';
import { builtin } from '../schema/builtin.ts';
import { membersOf } from '../schema/collection-types.ts';
import { command, commandOf } from '../schema/command-types.ts';
import { typeName } from '../schema/kind.ts';
import { type LiveUpdateStep, makeStep, placeKey } from '../schema/live-update-step.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { absolutePath, localPathList } from '../schema/path-types.ts';
import { bool, checkedByBuiltin, string } from '../schema/scalar-types.ts';
import { show } from '../schema/show.ts';
import { tagNames } from '../schema/tag.ts';
import type { Session } from '../session.ts';

export const initialSync = builtin({
  name: 'initial_sync',
  doc: 'A step of a live update, the first one: all files of its `sync` steps are copied once when a container starts.',
  parameters: {},
  returns: 'LiveUpdateStep',
  example: "docker_build('example/web', '.', { live_update: [initial_sync(), sync('src', '/app/src')] });",
  run: (_args, call, session) => declare({ kind: 'initial-sync' }, 'initial_sync step', call, session),
});

export const fallBackOn = builtin({
  name: 'fall_back_on',
  doc: 'A step of a live update, before all `sync` steps: changes of these files build the whole image.',
  parameters: { paths: required(localPathList, 'Files or folders that belong to the image.') },
  returns: 'LiveUpdateStep',
  example:
    "docker_build('example/web', '.', { live_update: [fall_back_on('package.json'), sync('src', '/app/src')] });",
  run({ paths }, call, session) {
    return declare({ kind: 'fall-back-on', paths }, `fall_back_on step: [${paths.join(' ')}]'`, call, session);
  },
});

export const sync = builtin({
  name: 'sync',
  doc: 'A step of a live update: changed files are copied into the container.',
  parameters: {
    local_path: required(string, 'A file or a folder that belongs to the image.'),
    remote_path: required(string, 'Where it is in the container; an absolute path.'),
  },
  returns: 'LiveUpdateStep',
  example: "docker_build('example/web', '.', { live_update: [sync('src', '/app/src')] });",
  run({ local_path, remote_path: remotePath }, call, session) {
    const localPath = absolutePath(call, local_path);
    const description = `sync step: '${localPath}'->'${remotePath}'`;
    return declare({ kind: 'sync', localPath, remotePath }, description, call, session);
  },
});

export const run = builtin({
  name: 'run',
  doc: 'A step of a live update, after all `sync` steps: a command in the container.',
  parameters: {
    cmd: required(command, "A line for the container's shell, or a program and its arguments in a list."),
    trigger: optional(
      checkedByBuiltin('string | readonly string[] | null'),
      'Files or folders whose changes run it; by default any that are synced.',
    ),
    echo_off: withDefault(bool, false, 'Do not write the command itself to the log.'),
  },
  returns: 'LiveUpdateStep',
  example:
    "docker_build('example/web', '.', {\n" +
    "  live_update: [sync('.', '/app'), run('npm ci', { trigger: 'package-lock.json' })],\n" +
    '});',
  run(args, call, session) {
    const parts = { command: args.cmd, windowsCommand: undefined, dir: undefined, env: {} };
    const argv = commandOf(parts, call)?.argv ?? [];
    const text = commandText({ argv });
    const triggers = triggersOf(args.trigger, text);
    const description = `run step: ${show(text)}${triggers.length > 0 ? ` (triggers: ${triggers.join('; ')})` : ''}`;
    return declare({ kind: 'run', argv, triggers, echoOff: args.echo_off }, description, call, session);
  },
});

export const restartContainer = builtin({
  name: 'restart_container',
  doc: 'A step of a live update, the last one: the container starts anew. Only for services of Docker Compose.',
  parameters: {},
  returns: 'LiveUpdateStep',
  example: "docker_build('example/web', '.', { live_update: [sync('src', '/app/src'), restart_container()] });",
  run: (_args, call, session) => declare({ kind: 'restart-container' }, 'restart_container step', call, session),
});

const TAGS = {
  'initial-sync': 'LiveUpdateInitialSync',
  'fall-back-on': 'LiveUpdateFallBackOn',
  sync: 'LiveUpdateSync',
  run: 'LiveUpdateRun',
  'restart-container': 'LiveUpdateRestartContainer',
} as const;

function declare(step: LiveUpdateStep, description: string, call: Call, { declarations }: Session): Tagged {
  const { position } = call;
  const tag = TAGS[step.kind];
  declarations.unusedSteps.set(placeKey(position), { text: description, type: tagNames(tag).script, position });
  return makeStep(tag, description, { step, position });
}

function triggersOf(value: ScriptValue, text: string): readonly string[] {
  return membersOf(value).map((member) => {
    if (typeof member === 'string') return member;
    const given = `value '${show(member)}' of type '${typeName(member)}'`;
    throw new Refusal(`run cmd '${text}' triggers contained ${given}. it may only contain strings`);
  });
}
