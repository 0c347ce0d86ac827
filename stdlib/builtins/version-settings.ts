import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { optional, withDefault } from '../schema/parameter.ts';
import { bool, string } from '../schema/scalar-types.ts';
import { parseVersion } from '../version/semantic-version.ts';
import { TILT_VERSION } from '../version/tilt-version.ts';
import { parseRange } from '../version/version-range.ts';

export const versionSettings = builtin({
  name: 'version_settings',
  doc: `Says which versions of Tilt the Tiltfile is for. This program has the library of Tilt ${TILT_VERSION}, so that version must be among them.`,
  parameters: {
    check_updates: optional(bool, 'Whether to look for newer versions. Nothing looks for them here.'),
    constraint: withDefault(
      string,
      '',
      'Conditions such as `>=0.20.0 <1.0.0`, which must all hold; alternatives stand around `||`, and `1.2.x` means any `1.2`.',
    ),
  },
  returns: 'void',
  example: "version_settings({ constraint: '>=0.22.1' });",
  run({ check_updates: checkUpdates, constraint }, _call, { declarations }) {
    if (checkUpdates !== undefined) declarations.program.checkUpdates = checkUpdates;
    if (constraint === '') return undefined;
    const parsed = parseRange(constraint);
    if (!parsed.ok) throw new Refusal(`error parsing version constraint: ${parsed.message}`);
    const own = parseVersion(TILT_VERSION);
    if (!own.ok) throw new Error(`TILT_VERSION is not a version: ${own.message}`);
    if (parsed.range(own.version)) return undefined;
    throw new Refusal(
      `you are running Tilt version ${TILT_VERSION}, which doesn't match the version constraint specified in your Tiltfile: '${constraint}'`,
    );
  },
});
