import type { Environment } from '../clients/docker/docker-config.ts';

export async function runCredentialHelper(
  _helper: string,
  _registry: string,
  _environment: Environment,
): Promise<string | undefined> {
  return undefined;
}
