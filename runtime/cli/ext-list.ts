import type { Loader } from '../load/loader.ts';
import { extensionTable } from '../report/extension-table.ts';
import { ExitCode } from './exit-code.ts';
import { loadForData } from './load-for-data.ts';
import type { TiltfileOptions } from './tiltfile.ts';

/** `ext list`: the extensions that a Tiltfile imports, on stdout. */
export async function listExtensions(
  { json, ...options }: TiltfileOptions & { readonly json?: boolean | undefined },
  loader: Loader,
): Promise<number> {
  const loaded = await loadForData(loader, 'ext list', options);
  if (!loaded.ok) return loaded.code;
  const { extensions } = loaded.tiltfile;
  if (json) {
    const list = extensions.loaded.map(({ module, file, repository, located }) => {
      return { extension: module, file, repository, commit: located.commit, state: located.state };
    });
    process.stdout.write(`${JSON.stringify({ extensions: list, unusedPins: extensions.unusedPins }, undefined, 2)}\n`);
    return ExitCode.ok;
  }
  const table =
    extensions.loaded.length === 0 ? 'The Tiltfile imports no extensions.' : extensionTable(extensions.loaded);
  process.stdout.write(`${table}\n`);
  for (const { url, ref } of extensions.unusedPins) {
    process.stdout.write(
      `tilt.lock also pins ${url}${ref === '' ? '' : ` (${ref})`}, of which the Tiltfile imports nothing.\n`,
    );
  }
  return ExitCode.ok;
}
