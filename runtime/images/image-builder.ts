import type { Image } from '../../stdlib/model/image.ts';
import { type ImageReference, parseImageReference } from '../../stdlib/model/image-reference.ts';
import { type DockerConfig, type Environment, readDockerConfig } from '../clients/docker/docker-config.ts';
import { type DockerEngine, openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import { findRegistryLogin, type RegistryLogin } from '../clients/docker/registry-login.ts';
import type {
  BuiltImage,
  ImageBuilder,
  ImageBuildRequest,
  ImageDestination,
  Output,
  StepListener,
} from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { runCredentialHelper } from './credential-helper.ts';
import { runCustomBuild } from './custom-build.ts';
import { dockerBuild } from './docker-build.ts';
import { ENGINE_RETURN_MS, whileEngineRestarts } from './engine-return.ts';
import { type ImageNames, imageNames } from './image-names.ts';
import { loadIntoKind } from './kind-load.ts';
import type { MadeImage } from './made-image.ts';
import { pushImage } from './push.ts';
import { tagImage } from './tag-image.ts';

export interface ImageBuilderOptions {
  /** Where DOCKER_HOST, DOCKER_CONFIG and the like are looked up; the process's own when not given. */
  readonly environment?: Environment;
  /** How long an engine that went away may take to come back, in milliseconds. */
  readonly engineReturnMs?: number;
}

/** What is known after the first look: the engine and how to log in to registries. */
interface Connection {
  readonly engine: DockerEngine;
  readonly findLogin: (registry: string) => Promise<RegistryLogin | undefined>;
}

/** Builds images with a Docker engine. Nothing is loaded or connected before the first build. */
export function createImageBuilder(options: ImageBuilderOptions = {}): ImageBuilder {
  const environment = options.environment ?? process.env;
  const waitMs = options.engineReturnMs ?? ENGINE_RETURN_MS;
  /** By the address that a cluster gives of its own engine; the usual one has none. */
  const connections = new Map<string | undefined, Promise<Result<Connection>>>();

  const environmentFor = (destination: ImageDestination): Environment =>
    destination.kind === 'engine' && destination.environment
      ? { ...environment, ...destination.environment }
      : environment;

  const connect = async (from: Environment): Promise<Result<Connection>> => {
    const config = await readDockerConfig(from);
    const address = await findEngine(from, config);
    if (!address.ok) return { ok: false, failure: failure('docker-unreachable', address.message) };
    const engine = await openEngine(address.value, from);
    return { ok: true, value: { engine, findLogin: loginFinder(config, from) } };
  };

  const connectedTo = async (destination: ImageDestination): Promise<Result<Connection>> => {
    const key = destination.kind === 'engine' ? destination.environment?.DOCKER_HOST : undefined;
    const connection = connections.get(key) ?? connect(environmentFor(destination));
    connections.set(key, connection);
    const found = await connection;
    // What is wrong in a configuration may be mended meanwhile.
    if (!found.ok) connections.delete(key);
    return found;
  };

  return {
    async build(request, output, steps, signal) {
      const { image } = request;
      const ref = parseImageReference(image.ref);
      if (!ref.ok) {
        return fails(failure('image-build', `Cannot build image "${image.ref}": ${ref.message}`, [], image.position));
      }
      // Nothing to build: its containers are there, whoever made their image.
      if (image.onlyLiveUpdate) {
        return { ok: true, value: { ref: image.ref, localRef: image.ref, clusterRef: image.ref } };
      }
      const built = await during(steps, 'build', titleOf(image), () => make(request, ref.value, output, signal));
      if (!built.ok) return built;
      if (!built.value.deliver) return { ok: true, value: named(image, built.value) };
      const found = await connectedTo(request.destination);
      if (!found.ok) return found;
      const { engine } = found.value;
      return whileEngineRestarts(engine, { output, signal, waitMs }, () =>
        deliver(found.value, environment, request, built.value, output, steps, signal),
      );
    },
  };

  async function make(
    request: ImageBuildRequest,
    ref: ImageReference,
    output: Output,
    signal: AbortSignal,
  ): Promise<Result<MadeImage>> {
    const { image, bases, destination } = request;
    const { build } = image;
    if (build.kind === 'command') {
      const custom = { image: { ...image, build }, ref, bases, destination, environment: environmentFor(destination) };
      return runCustomBuild(custom, () => connectedTo(destination), output, signal);
    }
    const found = await connectedTo(destination);
    if (!found.ok) return found;
    const { engine, findLogin } = found.value;
    const platform = build.platform || request.platform;
    const wanted = { image: { ...image, build }, bases, platform, environment };
    return whileEngineRestarts(engine, { output, signal, waitMs }, async () => {
      const id = await dockerBuild(engine, wanted, findLogin, output, signal);
      if (!id.ok) return id;
      const names = imageNames(ref, id.value, destination);
      const tagged = await tagImage(engine, id.value, tagsOf(names, build.extraTags), image.ref, signal);
      return tagged.ok ? { ok: true, value: { id: id.value, names, deliver: true } } : tagged;
    });
  }
}

function titleOf({ build, ref }: Image): string {
  return build.kind === 'command' ? `Building Custom Build: [${ref}]` : `Building Dockerfile: [${ref}]`;
}

function named({ ref }: Image, { names }: MadeImage): BuiltImage {
  const { localRef, pushRef, clusterRef } = names;
  return { ref, localRef, clusterRef, ...(pushRef !== undefined && { pushRef }) };
}

/** Brings what was built to where the cluster finds it. */
async function deliver(
  { engine, findLogin }: Connection,
  environment: Environment,
  { image, destination }: ImageBuildRequest,
  made: MadeImage,
  output: Output,
  steps: StepListener,
  signal: AbortSignal,
): Promise<Result<BuiltImage>> {
  const { id, names } = made;
  const { pushRef } = names;
  if (pushRef !== undefined) {
    if (destination.kind === 'own-name' && destination.note !== undefined)
      output.write(`${destination.note}\n`, 'warn');
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
  return { ok: true, value: named(image, made) };
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
