import { tiltfileResultJson } from '../../stdlib/result/tiltfile-result.ts';
import type { Loader } from '../load/loader.ts';
import { paintFor } from '../report/colour.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

/** `alpha tiltfile-result`: the graph as JSON on stdout, what the script prints on stderr. */
export async function tiltfileResult(options: TiltfileOptions, loader: Loader): Promise<number> {
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  const result = await loadTiltfile(
    loader,
    'alpha tiltfile-result',
    options,
    (text) => void process.stderr.write(text),
    stop.signal,
  );
  forget();
  if (!result.ok) {
    if (result.stopped) return ExitCode.stopped;
    paintFor(process.stderr);
    process.stderr.write(`${tiltfileFailureText(result.failure, process.cwd())}\n`);
    return ExitCode.tiltfileFailed;
  }
  for (const warning of result.tiltfile.warnings) process.stderr.write(`WARNING: ${warning}\n`);
  process.stdout.write(`${JSON.stringify(tiltfileResultJson(result.tiltfile, result.configFiles), null, 1)}\n`);
  return ExitCode.ok;
}
