import type { Environment } from '../clients/docker/docker-config.ts';
import type { Output } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';

export async function loadIntoKind(
  _request: { image: string; clusterName: string },
  _environment: Environment,
  _output: Output,
  _signal: AbortSignal,
): Promise<Result<void>> {
  return { ok: false, failure: failure('image-push', 'not yet') };
}
