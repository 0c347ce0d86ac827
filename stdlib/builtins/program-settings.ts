import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { stringOrList } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { typeName } from '../schema/kind.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { bool, checkedByBuiltin, int, string } from '../schema/scalar-types.ts';
import { show } from '../schema/show.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const watchSettings = builtin({
  name: 'watch_settings',
  doc: 'Names files whose changes start nothing, whatever depends on them. Calls add up.',
  parameters: {
    ignore: withDefault(
      stringOrList,
      [],
      'Patterns in the language of .dockerignore, relative to the folder of the file that calls.',
    ),
  },
  returns: 'void',
  example: "watch_settings({ ignore: ['**/*.log', 'build'] });",
  run({ ignore }, call, { declarations }) {
    if (ignore.length === 0) return undefined;
    declarations.program.watchIgnores.push({
      basePath: executingFolder(call),
      patterns: ignore,
      source: 'watch_settings()',
    });
    return undefined;
  },
});

export const secretSettings = builtin({
  name: 'secret_settings',
  doc: 'Sets whether the values of Kubernetes Secrets that the Tiltfile deploys are replaced in all logs, plain and in base64, by `[redacted secret NAME:KEY]`. They are unless it says otherwise. Values of fewer than five characters stay.',
  parameters: { disable_scrub: required(bool, 'Leave logs as they are.') },
  returns: 'void',
  example: 'secret_settings({ disable_scrub: true });',
  run({ disable_scrub: disable }, _call, { declarations }) {
    declarations.program.scrubSecrets = !disable;
    return undefined;
  },
});

export const dockerPruneSettings = builtin({
  name: 'docker_prune_settings',
  doc: 'Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts.',
  parameters: {
    disable: withDefault(bool, false, 'Remove nothing.'),
    max_age_mins: withDefault(int, 0, 'How old, in minutes, an image must be to be removed; 360 when not given.'),
    num_builds: withDefault(int, 0, 'Remove after this many builds, instead of by the clock.'),
    interval_hrs: withDefault(int, 0, 'Remove every so many hours; 1 when not given.'),
    keep_recent: optional(
      checkedByBuiltin('number'),
      'How many images of each name stay, however old they are; 2 when not given.',
    ),
  },
  returns: 'void',
  example: 'docker_prune_settings({ max_age_mins: 30, keep_recent: 1 });',
  run(args, _call, { declarations }) {
    if (args.num_builds !== 0 && args.interval_hrs !== 0) {
      throw new Refusal(
        "can't specify both 'prune every X builds' and 'prune every Y hours'; please pass only one of `num_builds` and `interval_hrs`",
      );
    }
    declarations.program.dockerPrune = {
      ...declarations.program.dockerPrune,
      enabled: !args.disable,
      numBuilds: args.num_builds,
      ...(args.max_age_mins === 0 ? {} : { maxAgeMs: args.max_age_mins * MINUTE_MS }),
      ...(args.interval_hrs === 0 ? {} : { intervalMs: args.interval_hrs * HOUR_MS }),
      ...(args.keep_recent === undefined ? {} : { keepRecent: wholeNumber(args.keep_recent) }),
    };
    return undefined;
  },
});

function wholeNumber(value: ScriptValue): number {
  if (typeName(value) !== 'int') throw new Refusal(`got ${typeName(value)}, want int`);
  const number = Number(value);
  if (number < -(2 ** 31) || number >= 2 ** 31) throw new Refusal(`${show(value)} out of range`);
  return number;
}

export const setTeam = builtin({
  name: 'set_team',
  doc: 'Names the team in Tilt Cloud. Accepted for the sake of Tiltfiles that say it: there is no cloud here.',
  parameters: { team_id: required(string, 'The id of the team.') },
  returns: 'void',
  example: "set_team('8c1f3a52-0000-4000-8000-000000000001');",
  run({ team_id: team }, _call, { declarations }) {
    if (team === '') throw new Refusal('team_id cannot be empty');
    if (declarations.program.team !== '') {
      throw new Refusal(`team_id set multiple times (to '${declarations.program.team}' and '${team}')`);
    }
    declarations.program.team = team;
    return undefined;
  },
});
