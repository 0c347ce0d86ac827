import { ExitCode as SessionExitCode } from '../engine/exit-decision.ts';

/** How the program ends: as its session does, or for want of a right command line. The README explains each to users. */
export const ExitCode = { ...SessionExitCode, usage: 2 } as const;
