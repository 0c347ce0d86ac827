import os from 'node:os';
import type { Environment } from '../clients/docker/docker-config.ts';
import { runToEnd } from '../clients/process/run-to-end.ts';

const LIMIT_MS = 15_000;

/** Asks `docker-credential-HELPER` for a login; `undefined` when it has none, is missing or takes too long. */
export async function runCredentialHelper(
  helper: string,
  registry: string,
  environment: Environment,
): Promise<string | undefined> {
  const spec = { argv: [`docker-credential-${helper}`, 'get'], dir: os.tmpdir(), env: environment, stdin: registry };
  const ended = await runToEnd(spec, () => {}, AbortSignal.timeout(LIMIT_MS));
  return ended.ok && ended.value.exitCode === 0 ? Buffer.from(ended.value.stdout).toString('utf8') : undefined;
}
