import type { LoadedTiltfile } from '../../stdlib/declarations.ts';
import type { Subcommand } from '../../stdlib/session.ts';
import type { Loader } from '../load/loader.ts';
import { paintFor } from '../report/colour.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

export type LoadedForData =
  | {
      readonly ok: true;
      readonly file: string;
      readonly tiltfile: LoadedTiltfile;
      readonly configFiles: readonly string[];
    }
  | { readonly ok: false; readonly code: number };

/** Evaluates a Tiltfile for a command whose stdout is data: what the script prints and what goes wrong are on stderr. */
export async function loadForData(
  loader: Loader,
  subcommand: Subcommand,
  options: TiltfileOptions,
): Promise<LoadedForData> {
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  const print = (text: string) => void process.stderr.write(text);
  const result = await loadTiltfile(loader, subcommand, options, print, stop.signal);
  forget();
  if (!result.ok) {
    if (result.stopped) return { ok: false, code: ExitCode.stopped };
    paintFor(process.stderr);
    process.stderr.write(`${tiltfileFailureText(result.failure, process.cwd())}\n`);
    return { ok: false, code: ExitCode.tiltfileFailed };
  }
  for (const warning of result.tiltfile.warnings) process.stderr.write(`WARNING: ${warning}\n`);
  return result;
}
