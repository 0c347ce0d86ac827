import { tiltfileResultJson } from '../../stdlib/result/tiltfile-result.ts';
import type { Loader } from '../load/loader.ts';
import { ExitCode } from './exit-code.ts';
import { loadForData } from './load-for-data.ts';
import type { TiltfileOptions } from './tiltfile.ts';

/** `alpha tiltfile-result`: the graph as JSON on stdout, what the script prints on stderr. */
export async function tiltfileResult(options: TiltfileOptions, loader: Loader): Promise<number> {
  const loaded = await loadForData(loader, 'alpha tiltfile-result', options);
  if (!loaded.ok) return loaded.code;
  process.stdout.write(`${JSON.stringify(tiltfileResultJson(loaded.tiltfile, loaded.configFiles), null, 1)}\n`);
  return ExitCode.ok;
}
