import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { ImageDeclaration } from '../declarations.ts';
import { familiarReference, type ImageReference, parseImageReference } from '../model/image-reference.ts';
import { sequence, stringsOf, stringsOfValue } from '../schema/collection-types.ts';
import { command, commandOf } from '../schema/command-types.ts';
import { explained } from '../schema/explained.ts';
import { timeLimit } from '../schema/limit-types.ts';
import { optional, withDefault } from '../schema/parameter.ts';
import { bool, checkedByBuiltin } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { liveUpdateOf } from './live-update.ts';
import { restartProcessOf } from './restart-process.ts';

/** Parameters that say something about an image whatever builds it. */
export const imageParameters = {
  live_update: optional(
    checkedByBuiltin('LiveUpdateStep | readonly LiveUpdateStep[] | null'),
    'How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order.',
  ),
  match_in_env_vars: withDefault(bool, false, 'Also look for the image in the values of environment variables.'),
  ignore: optional(
    checkedByBuiltin('string | readonly string[] | null'),
    'Patterns of files whose changes build nothing, in the language of .dockerignore.',
  ),
  entrypoint: optional(command, 'Replaces the command of the containers that run the image.'),
  container_args: optional(sequence, 'Replaces the arguments of the containers that run the image.'),
  timeout: optional(timeLimit, 'How long building it and bringing it to the cluster may take, such as `10m`.'),
};

interface ImageArguments {
  readonly live_update: ScriptValue;
  readonly match_in_env_vars: boolean;
  readonly ignore: ScriptValue;
  readonly entrypoint: ScriptValue;
  readonly container_args: readonly ScriptValue[] | undefined;
  readonly timeout: number | undefined;
  readonly restart_process: ScriptValue;
}

/** What the shared parameters come to. */
export function imageOptions(
  args: ImageArguments,
  call: Call,
  session: Session,
): Pick<ImageDeclaration, 'liveUpdate' | 'matchInEnvVars' | 'ignores' | 'entrypoint' | 'containerArgs' | 'timeoutMs'> {
  const steps = liveUpdateOf(args.live_update, call, session);
  const restart = restartProcessOf(args.restart_process, steps, call);
  const liveUpdate = restart?.liveUpdate ?? steps;
  const ignores = stringsOfValue(args.ignore, 'ignore');
  const parts = { command: args.entrypoint ?? undefined, windowsCommand: undefined, dir: undefined, env: {} };
  const given = commandOf(parts, call)?.argv ?? [];
  if (restart && given.length > 0) {
    throw new Refusal(`${call.name}: give the entrypoint in restart_process, and not as well in entrypoint`);
  }
  const entrypoint = restart?.entrypoint ?? given;
  const containerArgs = containerArgsOf(args.container_args);
  const { match_in_env_vars: matchInEnvVars, timeout: timeoutMs } = args;
  return { liveUpdate, ignores, entrypoint, containerArgs, matchInEnvVars, timeoutMs };
}

export function imageReferenceOf(ref: string): ImageReference {
  const parsed = parseImageReference(ref);
  if (!parsed.ok) throw new Refusal(`Argument 1 (ref): can't parse ${quote(ref)}: ${parsed.message}`);
  return parsed.value;
}

/** Declares an image. A second one of the same reference is refused. */
export function declareImage(image: ImageDeclaration, { declarations }: Session): void {
  if (declarations.images.some((one) => one.ref === image.ref)) {
    const parsed = parseImageReference(image.ref);
    const name = parsed.ok ? familiarReference(parsed.value) : image.ref;
    throw new Refusal(`Image for ref ${quote(name)} has already been defined`);
  }
  declarations.images.push(image);
}

function containerArgsOf(members: readonly ScriptValue[] | undefined): readonly string[] | undefined {
  if (members === undefined) return undefined;
  return explained("Argument 'container_args'", () => stringsOf(members));
}
