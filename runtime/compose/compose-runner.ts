import { familiarName, parseImageReference } from '../../stdlib/model/image-reference.ts';
import type { ComposeResource } from '../../stdlib/model/resource.ts';
import { ContainerEvents, keyOf } from '../clients/docker/container-events.ts';
import { readDockerConfig } from '../clients/docker/docker-config.ts';
import { type DockerEngine, openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import type { EngineProblem } from '../clients/docker/engine-problem.ts';
import type { Compose, Output, Running, ServiceListener, ServiceRequest, StepListener } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { runCompose } from './compose-command.ts';
import { ContainerMemory } from './container-memory.ts';
import { removeContainer, serviceContainers } from './service-containers.ts';
import { watchService } from './service-watch.ts';

export interface ComposeOptions {
  /** What Compose inherits, and where DOCKER_HOST and the like are looked up; the process's own when not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** An engine that is restarted answers again by then. */
const PATIENCE_MS = 10_000;

export function createCompose(options: ComposeOptions = {}): Compose {
  return new ComposeRunner(options);
}

/** Starts services by Compose's command line, and follows their containers by the engine's API. */
class ComposeRunner implements Compose {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #memory = new ContainerMemory();
  readonly #events = new ContainerEvents(async () => {
    const connected = await this.#engine();
    return connected.ok ? connected.value : undefined;
  });
  /** How many updates of a service run, by its key. */
  readonly #updating = new Map<string, number>();
  /** `docker compose up` makes networks and volumes in steps: two at a time get in each other's way. */
  #turn: Promise<unknown> = Promise.resolve();
  #connection: Promise<Result<DockerEngine>> | undefined;

  constructor({ environment = process.env }: ComposeOptions) {
    // A copy: reading `process.env` itself is slow.
    this.#environment = { ...environment };
  }

  async up(request: ServiceRequest, output: Output, steps: StepListener, signal: AbortSignal): Promise<Result<void>> {
    const { resource } = request;
    const built = await this.#build(resource, output, steps, signal);
    if (!built.ok) return built;
    const end = steps.begin('deploy', 'Deploying');
    const key = keyOf(nameOf(resource));
    this.#updating.set(key, (this.#updating.get(key) ?? 0) + 1);
    try {
      const ready = await this.#prepare(request, signal);
      if (!ready.ok) return ready;
      return await this.#inTurn(() => this.#start(request, output, signal));
    } finally {
      this.#updating.set(key, (this.#updating.get(key) ?? 1) - 1);
      // Whatever watched the service looked away meanwhile.
      this.#events.tell(nameOf(resource));
      end();
    }
  }

  watch(resource: ComposeResource, listener: ServiceListener): Running {
    const key = keyOf(nameOf(resource));
    const parts = {
      engine: () => this.#engine(),
      events: this.#events,
      memory: this.#memory,
      isUpdating: () => (this.#updating.get(key) ?? 0) > 0,
      patienceMs: PATIENCE_MS,
    };
    return watchService(resource, parts, listener);
  }

  async remove(resource: ComposeResource, signal: AbortSignal): Promise<Result<void>> {
    const connected = await this.#engine();
    if (!connected.ok) return connected;
    const engine = connected.value;
    const refused = (problem: EngineProblem) =>
      engineFailure(problem, `Cannot remove the containers of service "${resource.service}"`);
    const found = await serviceContainers(engine, nameOf(resource), signal);
    if (!found.ok) return refused(found.problem);
    for (const container of found.value) {
      const removed = await removeContainer(engine, container, signal);
      if (!removed.ok) return refused(removed.problem);
    }
    return { ok: true, value: undefined };
  }

  async #build(
    { project, build, position }: ComposeResource,
    output: Output,
    steps: StepListener,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    if (build === undefined) return { ok: true, value: undefined };
    const end = steps.begin('build', `Building service with Docker Compose: [${build.service}]`);
    const purpose = `build the image of service "${build.service}"`;
    const command = { project, subcommand: ['build', build.service], purpose, kind: 'image-build', position } as const;
    const result = await runCompose(command, this.#environment, (text) => output.write(text), signal);
    end();
    return result;
  }

  /** Gives the image that was built here the name that Compose runs, and keeps in mind which containers there are. */
  async #prepare({ resource, images }: ServiceRequest, signal: AbortSignal): Promise<Result<void>> {
    const connected = await this.#engine();
    if (!connected.ok) return withPosition(connected.failure, resource);
    const engine = connected.value;
    const found = await serviceContainers(engine, nameOf(resource), signal);
    if (!found.ok) return engineFailure(found.problem, `Cannot start service "${resource.service}"`, resource);
    for (const container of found.value) this.#memory.sawBefore(container);
    const image = images.find(({ ref }) => ref === resource.deployedImages[0]);
    if (image === undefined) return { ok: true, value: undefined };
    const what = `Cannot tag image "${image.localRef}" as "${resource.runs}" for service "${resource.service}"`;
    const parsed = parseImageReference(resource.runs);
    if (!parsed.ok || parsed.value.digest !== '') {
      const why = parsed.ok ? 'a reference with a digest means one image for ever' : parsed.message;
      return withPosition(failure('image-build', `${what}: ${why}`), resource);
    }
    const query = { repo: familiarName(parsed.value), tag: parsed.value.tag || 'latest' };
    const path = `/images/${image.localRef}/tag`;
    const whileDoing = `tagging image "${image.localRef}"`;
    const tagged = await engine.call({ method: 'POST', path, query, signal, whileDoing });
    return tagged.ok ? { ok: true, value: undefined } : engineFailure(tagged.problem, what, resource);
  }

  #start({ resource, isForced }: ServiceRequest, output: Output, signal: AbortSignal): Promise<Result<void>> {
    const { project, service, position } = resource;
    const subcommand = ['up', '--no-deps', '--remove-orphans', '--no-build', '-d'];
    if (isForced) subcommand.push('--force-recreate');
    subcommand.push(service);
    const command = { project, subcommand, purpose: `start service "${service}"`, kind: 'apply', position } as const;
    return runCompose(command, this.#environment, (text) => output.write(text), signal);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  /** Answers from the first time; asks again while nobody answers. */
  #engine(): Promise<Result<DockerEngine>> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<Result<DockerEngine>> {
    const config = await readDockerConfig(this.#environment);
    const address = await findEngine(this.#environment, config);
    if (address.ok) return { ok: true, value: await openEngine(address.value) };
    this.#connection = undefined;
    return { ok: false, failure: failure('docker-unreachable', address.message) };
  }
}

function nameOf({ project, service }: ComposeResource) {
  return { project: project.name, service };
}

function withPosition(problem: Failure, { position }: ComposeResource): Result<never> {
  return { ok: false, failure: { ...problem, position } };
}

function engineFailure(problem: EngineProblem, what: string, resource?: ComposeResource): Result<never> {
  const position = resource?.position;
  switch (problem.kind) {
    case 'unreachable':
      return { ok: false, failure: failure('docker-unreachable', problem.message, [], position) };
    case 'cancelled':
      return { ok: false, failure: failure('cancelled', `${what}: it was stopped`, [], position) };
    case 'refused':
      return { ok: false, failure: failure('apply', `${what}: ${problem.message}`, [], position) };
  }
}
