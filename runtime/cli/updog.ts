import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Loader } from '../load/loader.ts';
import { createAll } from './objects/change.ts';
import { withObjects } from './objects/object-api.ts';
import { runSession, type SessionFlags } from './session.ts';

export interface UpdogFlags extends Pick<SessionFlags, 'port' | 'host' | 'logFilter'> {
  readonly filename: readonly string[];
}

/** A session of nothing but the objects of files: no Tiltfile. Answers the exit code. */
export async function updog(flags: UpdogFlags, loader: Loader): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-updog-'));
  const file = path.join(folder, 'Tiltfile.js');
  writeFileSync(file, '// The objects come from the command line.\n');
  let failed = 0;
  const served = async (port: number, stop: () => void): Promise<void> => {
    failed = await withObjects({ port, host: flags.host }, (api) => createAll(api, flags.filename, 'loaded'));
    if (failed !== 0) stop();
  };
  const options = { port: flags.port, host: flags.host, logFilter: flags.logFilter };
  try {
    const code = await runSession(
      'up',
      { ...options, file, names: [], tiltfileArgs: [], stream: true, served },
      loader,
    );
    return failed === 0 ? code : failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
