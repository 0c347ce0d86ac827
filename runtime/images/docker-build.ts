import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ignoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import type { DockerBuild, Image } from '../../stdlib/model/image.ts';
import { decodeBuildTrace } from '../clients/docker/buildkit-trace.ts';
import { type Environment, stringAt } from '../clients/docker/docker-config.ts';
import type { DockerEngine, EngineMessage } from '../clients/docker/docker-engine.ts';
import { type EngineResult, wentAway } from '../clients/docker/engine-problem.ts';
import type { RegistryLogin } from '../clients/docker/registry-login.ts';
import type { BuiltImage, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { buildFailure } from './build-failure.ts';
import { BuildLog } from './build-log.ts';
import { buildSources } from './build-sources.ts';
import { cacheSources } from './cache-sources.ts';
import { replaceBases } from './dockerfile-bases.ts';
import { engineFailure, streamedError } from './engine-failure.ts';
import { indentLines } from './format.ts';
import { BUILT_LABELS } from './labels.ts';
import { sendContext } from './send-context.ts';

/** An image that a Docker engine builds. */
export type DockerImage = Image & { readonly build: DockerBuild };

export interface DockerBuildRequest {
  readonly image: DockerImage;
  readonly bases: ReadonlyMap<string, BuiltImage>;
  /** Like `linux/amd64`; empty for the engine's own. */
  readonly platform: string;
  /** Where secrets and ssh agents are looked up. */
  readonly environment: Environment;
}

const TRIES = 3;

/** Builds with BuildKit and answers the image's id: `sha256:…`. */
export async function dockerBuild(
  engine: DockerEngine,
  { image, bases, platform, environment }: DockerBuildRequest,
  findLogin: (registry: string) => Promise<RegistryLogin | undefined>,
  output: Output,
  signal: AbortSignal,
): Promise<Result<string>> {
  const { build, ref } = image;
  const cannot = (why: string) => fails(image, failure('image-build', `Cannot build image "${ref}": ${why}`));
  const problem = severalPlatforms(platform) ?? (await unusable(image));
  if (problem !== undefined) return cannot(problem);
  const found = await buildSources(build, environment);
  if (!found.ok) return cannot(found.message);

  const dockerfile = replaceBases(build.dockerfile, build.buildArgs, [...bases.values()]);
  const forPlatform = platform === '' ? '' : ` for platform ${platform}`;
  output.write(`Building Dockerfile${forPlatform}:\n${indentLines(dockerfile, '  ')}\n\n     Building image\n`);
  const isPulled = build.pull && bases.size === 0;
  if (build.pull && !isPulled) {
    output.write('     pull is left out, because a base image is built here and cannot be pulled\n', 'warn');
  }
  const caches = cacheSources(build.cacheFrom);
  for (const cache of caches.unusable) {
    output.write(
      `     cache_from "${cache}" is left out: the engine's API takes caches from registries only\n`,
      'warn',
    );
  }
  const query = {
    version: '2',
    platform: platform || undefined,
    target: build.target || undefined,
    buildargs: JSON.stringify(build.buildArgs),
    labels: JSON.stringify(BUILT_LABELS),
    cachefrom: caches.references.length > 0 ? JSON.stringify(caches.references) : undefined,
    extrahosts: build.extraHosts,
    networkmode: build.network || undefined,
    pull: isPulled ? '1' : undefined,
  };
  const filter = ignoreMatcher(build.contextIgnores);
  const context = { folder: build.context, filter, dockerfile, dockerfilePath: build.dockerfilePath };
  const sources = { findLogin, ...found.sources };
  for (let tried = 1; ; tried += 1) {
    const sent = await sendContext(engine, context, sources, signal);
    if (!sent.ok) return cannot(`its context "${build.context}" cannot be read: ${sent.message}`);
    const log = new BuildLog((text) => output.write(text));
    const outcome = new BuildOutcome(log, output);
    const call = { method: 'POST', path: '/build', headers: sent.value.headers, signal } as const;
    const streamed = await engine.stream(
      { ...call, query: { ...query, ...sent.value.query }, whileDoing: `building image "${ref}"` },
      sent.value.body,
      (message) => outcome.add(message),
    );
    const contextProblem = await sent.value.end();
    log.end();
    if (contextProblem !== undefined && !signal.aborted) {
      if (contextProblem.vanished && tried < TRIES) {
        output.write(`     Building again, because a file went away meanwhile: ${contextProblem.message}\n`, 'warn');
        continue;
      }
      return cannot(`its context "${build.context}" cannot be sent: ${contextProblem.message}`);
    }
    if (isShuttingDown(outcome.error) && !signal.aborted) {
      const message = wentAway(engine.address, `building image "${ref}"`);
      return fails(image, failure('docker-unreachable', message));
    }
    return imageOf(image, streamed, outcome, log, signal);
  }
}

function imageOf(
  image: DockerImage,
  streamed: EngineResult<void>,
  { imageId, error }: BuildOutcome,
  log: BuildLog,
  signal: AbortSignal,
): Result<string> {
  const { build, ref } = image;
  const subject = { ref, dockerfile: build.dockerfile, dockerfileName: dockerfileName(image) };
  const refused = (words: string): Failure => buildFailure(subject, words, log.failedStep());
  if (error !== '' && !signal.aborted) return fails(image, refused(error));
  if (!streamed.ok) return fails(image, engineFailure(streamed.problem, `The build of image "${ref}"`, refused));
  if (imageId !== '') return { ok: true, value: imageId };
  const words = 'the engine ended the build without an image; look for room on its disk (docker system df)';
  return fails(image, refused(words));
}

/** What BuildKit says of builds that run when its engine is told to end. */
function isShuttingDown(words: string): boolean {
  return /^(rpc error: code = \w+ desc = |failed to solve: )*(context canceled$|.*(transport is closing|graceful.?(stop|shutdown)))/i.test(
    words,
  );
}

function fails({ position }: DockerImage, found: Failure): Result<never> {
  return { ok: false, failure: { ...found, position } };
}

/** Gathers what the messages of a build say. */
class BuildOutcome {
  imageId = '';
  error = '';
  readonly #log: BuildLog;
  readonly #output: Output;

  constructor(log: BuildLog, output: Output) {
    this.#log = log;
    this.#output = output;
  }

  add(message: EngineMessage): void {
    const { aux, stream } = message;
    if (message.id === 'moby.buildkit.trace' && typeof aux === 'string') this.#addTrace(aux);
    else this.imageId = stringAt(aux, 'ID') || this.imageId;
    // Engines without BuildKit, such as Podman's, print plain text.
    if (typeof stream === 'string' && !stream.startsWith('Successfully tagged')) {
      this.#output.write(indentLines(stream, '     ').concat('\n'));
    }
    this.error = streamedError(message) || this.error;
  }

  #addTrace(base64: string): void {
    try {
      this.#log.add(decodeBuildTrace(base64));
    } catch (error) {
      // Only the log is poorer without it.
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

/** The engine's own words would be about the letters of the comma. */
function severalPlatforms(platform: string): string | undefined {
  if (!platform.includes(',')) return undefined;
  return `its platform is "${platform}", and the Docker engine's API builds for one at a time. For several use custom_build with: docker buildx build --platform ${platform} --push -t $EXPECTED_REF .`;
}

async function unusable({ build }: DockerImage): Promise<string | undefined> {
  const context = await stat(build.context).catch((error: NodeJS.ErrnoException) => error);
  if (!(context instanceof Error)) {
    return context.isDirectory() ? undefined : `its context "${build.context}" is not a folder`;
  }
  return context.code === 'ENOENT'
    ? `its context "${build.context}" does not exist`
    : `its context "${build.context}" cannot be read: ${context.message}`;
}

function dockerfileName({ build }: DockerImage): string {
  if (build.dockerfilePath === undefined) return 'Dockerfile';
  const relative = path.relative(build.context, build.dockerfilePath);
  return relative.startsWith('..') ? build.dockerfilePath : relative;
}
