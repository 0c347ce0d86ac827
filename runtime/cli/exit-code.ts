import { ExitCode as SessionExitCode } from '../engine/exit-decision.ts';

/**
 * How the program ends: as its session does, for want of a right command line, or because two plans are different.
 * The README explains each to users.
 */
export const ExitCode = { ...SessionExitCode, usage: 2, different: 1 } as const;
