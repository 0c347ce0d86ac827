import type { Loader } from '../load/loader.ts';
import { runSession, type SessionFlags } from './session.ts';

/** Brings everything up and keeps it up to date until it is stopped. Answers the exit code. */
export function up(options: SessionFlags, loader: Loader): Promise<number> {
  return runSession('up', options, loader);
}
