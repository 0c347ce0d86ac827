import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { command, commandFolder, commandOf } from '../schema/command-types.ts';
import { duration } from '../schema/duration-type.ts';
import { optional, required } from '../schema/parameter.ts';
import { bool } from '../schema/scalar-types.ts';
import { commandTitle } from './local.ts';

export const analyticsSettings = builtin({
  name: 'analytics_settings',
  doc: 'Says whether Tilt may count its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing.',
  parameters: { enable: required(bool, 'Whether it may.') },
  returns: 'void',
  example: 'analytics_settings({ enable: false });',
  run({ enable }, _call, { declarations }) {
    declarations.program.analytics = enable ? 'in' : 'out';
    return undefined;
  },
});

export const analyticsReport = builtin({
  name: 'experimental_analytics_report',
  doc: 'Adds to what Tilt counts of its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing.',
  parameters: { tags: required(stringMap, 'What to add.') },
  returns: 'void',
  example: "experimental_analytics_report({ team: 'web' });",
  run: () => undefined,
});

export const metricsSettings = builtin({
  name: 'experimental_metrics_settings',
  doc: 'Does nothing any more, in Tilt and here.',
  parameters: {},
  rest: {
    name: 'settings',
    type: { typescript: 'unknown', takesObject: true, read: (value) => value },
    doc: 'Anything.',
    ignoresKeywords: true,
  },
  returns: 'void',
  example: 'experimental_metrics_settings({ enabled: true });',
  run(_args, call) {
    call.broker.print('experimental_metrics_settings() is deprecated\n', 'warn');
    return undefined;
  },
});

export const telemetryCommand = builtin({
  name: 'experimental_telemetry_cmd',
  doc: 'Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.',
  parameters: {
    cmd: required(command, 'A line for the shell, or a program and its arguments in a list.'),
    cmd_bat: optional(command, 'Taken instead on Windows.'),
    period: optional(duration, 'How often, such as `30s`; 60 s when not given.'),
    dir: optional(commandFolder, 'Where it runs. By default the folder of the Tiltfile.'),
  },
  returns: 'void',
  example: "experimental_telemetry_cmd('./send-times.sh', { period: '5m' });",
  run({ cmd, cmd_bat: windowsCommand, dir }, call, { declarations }) {
    const found = commandOf({ command: cmd, windowsCommand, dir, env: {} }, call);
    if (found === undefined) throw new Refusal('cmd cannot be empty');
    if (declarations.program.telemetryCommand !== undefined) {
      throw new Refusal(
        `${call.name} called multiple times; already set to ${commandTitle(declarations.program.telemetryCommand.argv)}`,
      );
    }
    declarations.program.telemetryCommand = found;
    declarations.warnings.push(
      'experimental_telemetry_cmd does nothing in tilt-ts: no times are handed out. Take it out.',
    );
    return undefined;
  },
});
