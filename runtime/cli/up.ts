import type { Loader } from '../load/loader.ts';
import { runSession } from './session.ts';
import type { TiltfileOptions } from './tiltfile.ts';

/** Brings everything up and keeps it up to date until it is stopped. Answers the exit code. */
export function up(options: TiltfileOptions, loader: Loader): Promise<number> {
  return runSession('up', options, loader);
}
