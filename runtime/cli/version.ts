import { TILT_VERSION, TILT_VERSION_DATE } from '../../stdlib/version/tilt-version.ts';

/** This program's version. The bundle has it built in; sources run from a checkout do not know it. */
export const VERSION: string = process.env.TILT_TS_VERSION ?? 'development';

/** What `version` prints. Scripts that call `tilt` read the version of Tilt out of its line. */
export function versionLine(asTilt: boolean): string {
  return asTilt ? `v${TILT_VERSION}, built ${TILT_VERSION_DATE}, as tilt-ts ${VERSION}` : `tilt-ts ${VERSION}`;
}
