import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { emptyConfig } from '../../../runtime/clients/docker/docker-config.ts';
import { type DockerEngine, openEngine } from '../../../runtime/clients/docker/docker-engine.ts';
import { findEngine } from '../../../runtime/clients/docker/engine-address.ts';
import type {
  BuiltImage,
  ImageBuilder,
  ImageDestination,
  Output,
  StepListener,
} from '../../../runtime/engine/ports.ts';
import { createImageBuilder, type ImageBuilderOptions } from '../../../runtime/images/image-builder.ts';
import type { Failure, Result } from '../../../runtime/state/failure.ts';
import type { DockerBuild, Image } from '../../../stdlib/model/image.ts';

export interface BuildOptions {
  readonly build?: Partial<DockerBuild>;
  readonly name?: string;
  readonly bases?: readonly BuiltImage[];
  readonly destination?: ImageDestination;
  readonly signal?: AbortSignal;
  readonly onText?: (text: string) => void;
}

export interface BuildRun {
  readonly result: Result<BuiltImage>;
  readonly text: string;
  /** Like `build Building Dockerfile: [x]` when it begins and `end build` when it ends. */
  readonly steps: readonly string[];
  readonly ms: number;
}

/** A context of a test's own and images under names of its own, all of which goes away with the test. */
export interface ImageRig {
  readonly context: string;
  /** In a RUN or a file it keeps the engine's cache from knowing the step. */
  readonly fresh: string;
  /** A name that no other test has; `ref('web')`. */
  ref(name?: string): string;
  write(file: string, text: string): Promise<void>;
  build(dockerfile: string, options?: BuildOptions): Promise<BuildRun>;
}

export const IN_ENGINE: ImageDestination = { kind: 'engine' };
export const REGISTRY = '127.0.0.1:5000';
export const TO_REGISTRY: ImageDestination = {
  kind: 'registry',
  pushHost: REGISTRY,
  clusterHost: 'registry.test:5000',
  singleName: '',
};

export async function imageRig(
  t: TestContext,
  environment: NodeJS.ProcessEnv = process.env,
  options: ImageBuilderOptions = {},
): Promise<ImageRig> {
  const context = await mkdtemp(path.join(os.tmpdir(), 'image-rig-'));
  const id = randomBytes(6).toString('hex');
  const builder: ImageBuilder = createImageBuilder({ environment, ...options });
  t.after(async () => {
    await rm(context, { recursive: true, force: true });
    await removeImages(`tilt-ts-test-${id}`);
  });
  const ref = (name = 'web'): string => `tilt-ts-test-${id}/${name}`;
  return {
    context,
    fresh: id,
    ref,
    async write(file, text) {
      await mkdir(path.dirname(path.join(context, file)), { recursive: true });
      await writeFile(path.join(context, file), text);
    },
    async build(dockerfile, options = {}) {
      let text = '';
      const output: Output = {
        write(more) {
          text += more;
          options.onText?.(text);
        },
      };
      const steps: string[] = [];
      const listener: StepListener = {
        begin(kind, title) {
          steps.push(`${kind} ${title}`);
          return () => steps.push(`end ${kind}`);
        },
      };
      const image = imageOf(
        options.name?.includes('/') ? options.name : ref(options.name),
        context,
        dockerfile,
        options.build,
      );
      const from = performance.now();
      const result = await builder.build(
        {
          image,
          bases: new Map((options.bases ?? []).map((base) => [base.ref, base])),
          destination: options.destination ?? IN_ENGINE,
          platform: 'linux/amd64',
        },
        output,
        listener,
        options.signal ?? new AbortController().signal,
      );
      return { result, text, steps, ms: performance.now() - from };
    },
  };
}

function imageOf(ref: string, context: string, dockerfile: string, build: Partial<DockerBuild> = {}): Image {
  return {
    ref,
    dependsOn: [],
    entrypoint: [],
    matchInEnvVars: false,
    watchPaths: [],
    ignores: [],
    position: { file: '/project/Tiltfile.ts', line: 3, column: 1 },
    build: {
      kind: 'docker',
      context,
      dockerfile,
      dockerfilePath: undefined,
      buildArgs: {},
      target: '',
      platform: '',
      extraTags: [],
      contextIgnores: [],
      secrets: [],
      sshAgents: [],
      cacheFrom: [],
      extraHosts: [],
      network: '',
      pull: false,
      ...build,
    },
  };
}

export function builtImage({ result, text }: BuildRun): BuiltImage {
  assert.ok(result.ok, `${result.ok ? '' : JSON.stringify(result.failure)}\n${text}`);
  return result.value;
}

export function buildFailureOf({ result, text }: BuildRun): Failure {
  assert.ok(!result.ok, `it was built after all:\n${text}`);
  return result.failure;
}

/** The engine itself, to look at what was made. */
export async function testEngine(): Promise<DockerEngine> {
  const address = await findEngine(process.env, emptyConfig(''));
  assert.ok(address.ok);
  return openEngine(address.value);
}

export async function inspectImage(reference: string): Promise<Record<string, unknown> | undefined> {
  const engine = await testEngine();
  const found = await engine.call({ method: 'GET', path: `/images/${reference}/json`, whileDoing: 'a test' });
  return found.ok ? (found.value as Record<string, unknown>) : undefined;
}

/** Removes the images whose name holds a word. */
export async function removeImages(name: string): Promise<void> {
  const engine = await testEngine().catch(() => undefined);
  const list = await engine?.call({ method: 'GET', path: '/images/json', whileDoing: 'a test' });
  if (!engine || !list?.ok) return;
  const tags = (list.value as { RepoTags: string[] | null }[]).flatMap((image) => image.RepoTags ?? []);
  for (const tag of tags.filter((one) => one.includes(name))) {
    await engine.call({ method: 'DELETE', path: `/images/${tag}`, whileDoing: 'a test' });
  }
}

/** Takes steps that hold a word out of the engine's cache. */
export async function forgetSteps(word: string): Promise<void> {
  const engine = await testEngine();
  const usage = await engine.call({ method: 'GET', path: '/system/df', whileDoing: 'a test' });
  assert.ok(usage.ok);
  const { BuildCache: records } = usage.value as { readonly BuildCache: readonly CacheRecord[] };
  for (const { ID } of records.filter(({ Description }) => Description.includes(word))) {
    const query = { all: '1', filters: JSON.stringify({ id: [ID] }) };
    await engine.call({ method: 'POST', path: '/build/prune', query, whileDoing: 'a test' });
  }
}

interface CacheRecord {
  readonly ID: string;
  readonly Description: string;
}

/** Why a test with a registry must be skipped, `false` when there is one (or in CI, where it must be). */
export async function skipWithoutRegistry(): Promise<string | false> {
  if (process.env.CI === 'true') return false;
  const answers = await fetch(`http://${REGISTRY}/v2/`).then(
    (response) => response.ok,
    () => false,
  );
  return answers ? false : `no registry answers on ${REGISTRY}`;
}
