import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { DEFAULT_FEATURES } from '../program-settings.ts';
import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';
import type { Session } from '../session.ts';

/** Those that can still be switched; Tilt knows the others by name only. */
const SWITCHABLE = new Set(['snapshots', 'cluster_refresh']);

const name = required(string, 'Its name: `snapshots` or `cluster_refresh`. Others of old are named in a warning.');

export const enableFeature = builtin({
  name: 'enable_feature',
  doc: 'Switches a feature of Tilt on. Accepted for the sake of Tiltfiles that say it.',
  parameters: { msg: name },
  returns: 'void',
  example: "enable_feature('cluster_refresh');",
  run: ({ msg }, call, session) => switchFeature(msg, true, call, session),
});

export const disableFeature = builtin({
  name: 'disable_feature',
  doc: 'Switches a feature of Tilt off. Accepted for the sake of Tiltfiles that say it.',
  parameters: { msg: name },
  returns: 'void',
  example: "disable_feature('snapshots');",
  run: ({ msg }, call, session) => switchFeature(msg, false, call, session),
});

export const disableSnapshots = builtin({
  name: 'disable_snapshots',
  doc: 'Hides what makes snapshots of a session.',
  parameters: {},
  returns: 'void',
  example: 'disable_snapshots();',
  run: (_args, call, session) => switchFeature('snapshots', false, call, session),
});

function switchFeature(feature: string, on: boolean, call: Call, { declarations }: Session): undefined {
  if (!Object.hasOwn(DEFAULT_FEATURES, feature)) throw new Refusal(`Unknown feature flag: ${feature}`);
  if (SWITCHABLE.has(feature)) declarations.program.features.set(feature, on);
  else call.broker.print(`Obsolete feature flag: ${feature}\n`, 'warn');
  return undefined;
}
