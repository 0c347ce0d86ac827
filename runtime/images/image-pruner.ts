import { type Environment, readDockerConfig } from '../clients/docker/docker-config.ts';
import { type DockerEngine, openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import type { ImagePruner } from '../engine/ports.ts';
import { failure } from '../state/failure.ts';
import { pruneRound } from './prune-round.ts';

/** Removes old images from the engine that builds them. Nothing is connected before the first round. */
export function createImagePruner(environment: Environment = process.env): ImagePruner {
  let known: DockerEngine | undefined;
  return {
    async prune(request, output, signal) {
      if (known === undefined) {
        const address = await findEngine(environment, await readDockerConfig(environment));
        if (!address.ok) return { ok: false, failure: failure('docker-unreachable', address.message) };
        known = await openEngine(address.value, environment);
      }
      return pruneRound(known, request, output, signal);
    },
  };
}
