import type { Loader } from '../load/loader.ts';
import { runSession } from './session.ts';
import type { TiltfileOptions } from './tiltfile.ts';

export interface CiOptions extends TiltfileOptions {
  /** For the whole run, in milliseconds; wins over what the Tiltfile sets. */
  readonly timeoutMs?: number | undefined;
}

/** Brings everything up once and ends when it is healthy, or when something breaks. Answers the exit code. */
export function ci(options: CiOptions, loader: Loader): Promise<number> {
  return runSession('ci', options, loader);
}
