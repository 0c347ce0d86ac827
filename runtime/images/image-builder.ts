import { parseImageReference } from '../../stdlib/model/image-reference.ts';
import { type DockerConfig, type Environment, readDockerConfig } from '../clients/docker/docker-config.ts';
import { type DockerEngine, openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import { findRegistryLogin, type RegistryLogin } from '../clients/docker/registry-login.ts';
import type { BuiltImage, ImageBuilder, ImageBuildRequest, Output, StepListener } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { runCredentialHelper } from './credential-helper.ts';
import { dockerBuild } from './docker-build.ts';
import { engineFailure } from './engine-failure.ts';
import { type ImageNames, imageNames, splitTag } from './image-names.ts';
import { loadIntoKind } from './kind-load.ts';
import { pushImage } from './push.ts';

export interface ImageBuilderOptions {
  /** Where DOCKER_HOST, DOCKER_CONFIG and the like are looked up; the process's own when not given. */
  readonly environment?: Environment;
}

/** What is known after the first look: the engine and how to log in to registries. */
interface Connection {
  readonly engine: DockerEngine;
  readonly findLogin: (registry: string) => Promise<RegistryLogin | undefined>;
}

/** Builds images with a Docker engine. Nothing is loaded or connected before the first build. */
export function createImageBuilder(options: ImageBuilderOptions = {}): ImageBuilder {
  const environment = options.environment ?? process.env;
  let connection: Promise<Result<Connection>> | undefined;

  const connect = async (): Promise<Result<Connection>> => {
    const config = await readDockerConfig(environment);
    const address = await findEngine(environment, config);
    if (!address.ok) {
      connection = undefined;
      return { ok: false, failure: failure('docker-unreachable', address.message) };
    }
    const engine = await openEngine(address.value);
    return { ok: true, value: { engine, findLogin: loginFinder(config, environment) } };
  };

  return {
    async build(request, output, steps, signal) {
      connection ??= connect();
      const connected = await connection;
      return connected.ok ? buildAndDeliver(connected.value, environment, request, output, steps, signal) : connected;
    },
  };
}

async function buildAndDeliver(
  { engine, findLogin }: Connection,
  environment: Environment,
  request: ImageBuildRequest,
  output: Output,
  steps: StepListener,
  signal: AbortSignal,
): Promise<Result<BuiltImage>> {
  const { image, destination } = request;
  const ref = parseImageReference(image.ref);
  if (!ref.ok) {
    return fails(failure('image-build', `Cannot build image "${image.ref}": ${ref.message}`, [], image.position));
  }
  const platform = image.build.platform || request.platform;
  const built = await during(steps, 'build', `Building Dockerfile: [${image.ref}]`, async () => {
    const id = await dockerBuild(engine, { image, bases: request.bases, platform }, findLogin, output, signal);
    if (!id.ok) return id;
    const names = imageNames(ref.value, id.value, destination);
    const tagged = await tagImage(engine, id.value, tagsOf(names, image.build.extraTags), image.ref, signal);
    return tagged.ok ? { ok: true as const, value: { id: id.value, names } } : tagged;
  });
  if (!built.ok) return built;

  const { id, names } = built.value;
  const { pushRef } = names;
  if (pushRef !== undefined) {
    const pushed = await during(steps, 'push', `Pushing ${pushRef}`, () =>
      pushImage(engine, { pushRef, imageId: id }, findLogin, output, signal),
    );
    if (!pushed.ok) return fails({ ...pushed.failure, position: image.position });
  }
  if (destination.kind === 'kind-load') {
    const title = `Loading ${names.localRef} into kind cluster "${destination.clusterName}"`;
    const loaded = await during(steps, 'load', title, () =>
      loadIntoKind({ image: names.localRef, clusterName: destination.clusterName }, environment, output, signal),
    );
    if (!loaded.ok) return fails({ ...loaded.failure, position: image.position });
  }
  return { ok: true, value: { ref: image.ref, localRef: names.localRef, clusterRef: names.clusterRef } };
}

async function during<T>(
  steps: StepListener,
  kind: Parameters<StepListener['begin']>[0],
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const end = steps.begin(kind, title);
  try {
    return await work();
  } finally {
    end();
  }
}

function tagsOf(names: ImageNames, extraTags: readonly string[]): readonly string[] {
  return [...new Set([names.localRef, ...(names.pushRef === undefined ? [] : [names.pushRef]), ...extraTags])];
}

async function tagImage(
  engine: DockerEngine,
  imageId: string,
  tags: readonly string[],
  ref: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  const results = await Promise.all(
    tags.map(async (name): Promise<Result<void>> => {
      const refused = (words: string): Failure =>
        failure('image-build', `Cannot tag image "${ref}" as "${name}": ${words}`);
      const query = splitTag(name);
      if (!query) return fails(refused('it is not an image reference'));
      const whileDoing = `tagging image "${ref}"`;
      const tagged = await engine.call({ method: 'POST', path: `/images/${imageId}/tag`, query, signal, whileDoing });
      return tagged.ok
        ? { ok: true, value: undefined }
        : fails(engineFailure(tagged.problem, `The build of image "${ref}"`, refused));
    }),
  );
  return results.find((result) => !result.ok) ?? { ok: true, value: undefined };
}

/** Asks each registry's login once at a time; helpers can be slow, and several images push to one registry. */
function loginFinder(config: DockerConfig, environment: Environment): Connection['findLogin'] {
  const asked = new Map<string, Promise<RegistryLogin | undefined>>();
  return (registry) => {
    const known = asked.get(registry);
    if (known) return known;
    const login = findRegistryLogin(registry, config, (helper, key) => runCredentialHelper(helper, key, environment));
    asked.set(registry, login);
    // Tokens of helpers run out, so the next build asks again.
    login.finally(() => asked.delete(registry));
    return login;
  };
}

function fails(found: Failure): Result<never> {
  return { ok: false, failure: found };
}
