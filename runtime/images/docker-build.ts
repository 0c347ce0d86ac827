import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ignoreMatcher } from '../../stdlib/model/ignore-pattern.ts';
import type { DockerBuild, Image } from '../../stdlib/model/image.ts';
import { openBuildSession } from '../clients/docker/buildkit-session.ts';
import { decodeBuildTrace } from '../clients/docker/buildkit-trace.ts';
import { type Environment, stringAt } from '../clients/docker/docker-config.ts';
import type { DockerEngine, EngineMessage } from '../clients/docker/docker-engine.ts';
import type { RegistryLogin } from '../clients/docker/registry-login.ts';
import type { BuiltImage, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { buildFailure } from './build-failure.ts';
import { BuildLog } from './build-log.ts';
import { buildSources } from './build-sources.ts';
import { contextTar, placeDockerfile } from './context-tar.ts';
import { replaceBases } from './dockerfile-bases.ts';
import { engineFailure, streamedError } from './engine-failure.ts';
import { indentLines } from './format.ts';

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

/** Builds with BuildKit and answers the image's id: `sha256:…`. */
export async function dockerBuild(
  engine: DockerEngine,
  { image, bases, platform, environment }: DockerBuildRequest,
  findLogin: (registry: string) => Promise<RegistryLogin | undefined>,
  output: Output,
  signal: AbortSignal,
): Promise<Result<string>> {
  const { build, ref } = image;
  const fail = (found: Failure): Result<never> => ({ ok: false, failure: { ...found, position: image.position } });
  const cannot = (why: string) => fail(failure('image-build', `Cannot build image "${ref}": ${why}`));
  const problem = await unusable(image);
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

  const filter = ignoreMatcher(build.contextIgnores);
  const dockerfilePath = await placeDockerfile(build.context, build.dockerfilePath, filter);
  const tar = await contextTar(build.context, filter, { path: dockerfilePath, text: dockerfile });
  const log = new BuildLog((text) => output.write(text));
  const outcome = new BuildOutcome(log, output);
  const session = await openBuildSession(engine, findLogin, found.sources, signal);
  const query = {
    version: '2',
    dockerfile: dockerfilePath,
    session: session?.id,
    platform: platform || undefined,
    target: build.target || undefined,
    buildargs: JSON.stringify(build.buildArgs),
    cachefrom: build.cacheFrom.length > 0 ? JSON.stringify(build.cacheFrom) : undefined,
    extrahosts: build.extraHosts,
    networkmode: build.network || undefined,
    pull: isPulled ? '1' : undefined,
  };
  const headers = { 'Content-Type': 'application/x-tar' };
  const streamed = await engine
    .stream(
      { method: 'POST', path: '/build', query, headers, signal, whileDoing: `building image "${ref}"` },
      tar.stream,
      (message) => outcome.add(message),
    )
    .finally(() => {
      session?.close();
      // The engine may have answered before it read everything; with an error the connection is closed too.
      if (!tar.stream.destroyed) tar.stream.destroy(new Error('the build is over'));
    });
  log.end();

  const tarProblem = await tar.problem;
  if (tarProblem !== undefined && !signal.aborted) {
    return fail(
      failure(
        'image-build',
        `Cannot build image "${ref}": its context "${build.context}" cannot be sent: ${tarProblem}`,
      ),
    );
  }
  const subject = { ref, dockerfile: build.dockerfile, dockerfileName: dockerfileName(image) };
  const refused = (words: string): Failure => buildFailure(subject, words, log.failedStep());
  if (outcome.error !== '' && !signal.aborted) return fail(refused(outcome.error));
  if (!streamed.ok) return fail(engineFailure(streamed.problem, `The build of image "${ref}"`, refused));
  if (outcome.imageId === '') {
    return fail(refused('the engine ended the build without an image; look for room on its disk (docker system df)'));
  }
  return { ok: true, value: outcome.imageId };
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
