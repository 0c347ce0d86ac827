/** This program's version. The bundle has it built in; sources run from a checkout do not know it. */
export const VERSION: string = process.env.TILT_TS_VERSION ?? 'development';
