/**
 * The version of Tilt whose Tiltfile library this program has. `version_settings(constraint)` is checked against it, so that a
 * Tiltfile that needs a certain Tilt runs here when that Tilt would run it. Raise it when the library has what a newer Tilt brought.
 */
export const TILT_VERSION = '0.37.6';

/** When that version was built. */
export const TILT_VERSION_DATE = '2026-07-29';
