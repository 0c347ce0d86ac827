import type { IgnoreRule } from '../../stdlib/model/ignore.ts';
import type { Image } from '../../stdlib/model/image.ts';
import type { SourcePosition } from '../../stdlib/model/position.ts';
import type { ComposeResource, KubernetesResource, LocalResource, Resource } from '../../stdlib/model/resource.ts';
import { shortCommand } from '../../stdlib/model/short-command.ts';
import type { BuiltImage } from '../state/built-image.ts';
import type { ClusterInfo } from '../state/cluster-info.ts';
import type { Deployed, DeployedObject } from '../state/deployed.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import type { LiveFile } from '../state/live.ts';
import { formatDuration } from './duration.ts';
import { LastLine } from './last-line.ts';
import type { Output, StepListener } from './ports.ts';
import type { SessionPorts } from './session.ts';
import { withinLimit } from './time-limit.ts';
import type { UpdateLimits } from './update-limits.ts';
import { StepLog } from './update-log.ts';

/** What one update works on, as it was when it started. */
export interface UpdateWork {
  readonly resource: Resource;
  /** Refs of the images to build, each after those that it depends on. */
  readonly build: readonly string[];
  /** The other images that it needs, by ref. */
  readonly built: ReadonlyMap<string, BuiltImage>;
  readonly cluster: ClusterInfo | undefined;
  readonly serverSideApply?: string | undefined;
  readonly limits: UpdateLimits;
  /** What an earlier try left in the cluster, which is to go first. */
  readonly leftByAttempt: readonly DeployedObject[];
  /** The files that live updates took over since the last whole update, those of this one included. */
  readonly live: readonly LiveFile[];
  /** Files that never count. */
  readonly globalIgnores: readonly IgnoreRule[];
  /** Somebody asked for it: also what did not change starts anew. */
  readonly isForced: boolean;
}

export interface UpdateListener extends StepListener {
  imageBuilt(image: BuiltImage): void;
  /** The process of a local command runs. */
  commandStarted(pid: number): void;
}

type UpdatePorts = Pick<SessionPorts, 'clock' | 'local' | 'cache' | 'images' | 'cluster' | 'compose'>;

/** Brings one resource up to date; the value is what was deployed, for Kubernetes resources. */
export async function runUpdate(
  ports: UpdatePorts,
  work: UpdateWork,
  output: Output,
  listener: UpdateListener,
  signal: AbortSignal,
): Promise<Result<Deployed | undefined>> {
  const { resource } = work;
  switch (resource.kind) {
    case 'local':
      return runLocal(ports, resource, work.limits, output, listener, signal);
    case 'kubernetes':
      return runKubernetes(ports, resource, work, output, listener, signal);
    case 'compose':
      return runCompose(ports, resource, work, output, listener, signal);
  }
}

async function runLocal(
  ports: UpdatePorts,
  resource: LocalResource,
  limits: UpdateLimits,
  output: Output,
  steps: UpdateListener,
  signal: AbortSignal,
): Promise<Result<undefined>> {
  const { update: command } = resource;
  if (command === undefined) return { ok: true, value: undefined };
  const cached = resource.cache === undefined ? undefined : await ports.cache?.lookUp(resource, output);
  if (cached?.isHit) {
    steps.begin('command', `Kept by an earlier run: ${shortCommand(command)}`)();
    return { ok: true, value: undefined };
  }
  const end = steps.begin('command', shortCommand(command));
  const result = await withinLimit(
    ports.clock,
    limits.command,
    signal,
    (limited) => ports.local.runCommand(command, output, limited, (pid) => steps.commandStarted(pid)),
    (ms) => {
      const late = `Command "${shortCommand(command)}" was stopped: it ran longer than ${formatDuration(ms)}`;
      return failure('command', late, [], resource.position);
    },
  );
  if (result.ok) await cached?.keep();
  end();
  return result.ok ? { ok: true, value: undefined } : result;
}

async function runKubernetes(
  ports: UpdatePorts,
  resource: KubernetesResource,
  work: UpdateWork,
  output: Output,
  listener: UpdateListener,
  signal: AbortSignal,
): Promise<Result<Deployed>> {
  const { cluster } = work;
  if (cluster === undefined) {
    const message = `Cannot update "${resource.name}": the cluster is not connected`;
    return { ok: false, failure: failure('cluster-unreachable', message, [], resource.position) };
  }
  const building = resource.images.filter(({ ref }) => work.build.includes(ref));
  const stepCount = building.reduce((sum, image) => sum + stepsOf(image, cluster.destination), 1);
  const log = new StepLog(ports.clock, output, stepCount);
  const steps = log.around(listener);
  const images = await buildImages(ports, resource.images, { ...work, cluster }, output, steps, listener, signal);
  if (!images.ok) return images;
  const end = steps.begin('deploy', 'Deploying');
  const gone = await removeAttempt(ports, work.leftByAttempt, output, signal);
  if (!gone.ok) return gone;
  const timeoutMs = work.limits.apply;
  const startedAt = ports.clock.now();
  const request = { resource, images: images.value, timeoutMs, serverSideApply: work.serverSideApply };
  const applied = await ports.cluster.apply(request, output, signal);
  end();
  const isLate = ports.clock.now() - startedAt >= timeoutMs;
  if (!applied.ok && isLate) return { ok: false, failure: { ...applied.failure, timedOut: true } };
  if (!applied.ok) return applied;
  log.summary();
  return { ok: true, value: { ...applied.value, images: images.value } };
}

/** A Job does not run again while it is there. */
async function removeAttempt(
  ports: UpdatePorts,
  objects: readonly DeployedObject[],
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  if (objects.length === 0) return { ok: true, value: undefined };
  return ports.cluster.delete(objects, output, signal);
}

async function runCompose(
  ports: UpdatePorts,
  resource: ComposeResource,
  work: UpdateWork,
  output: Output,
  listener: UpdateListener,
  signal: AbortSignal,
): Promise<Result<undefined>> {
  const cluster = work.cluster ?? ENGINE;
  const building = resource.images.filter(({ ref }) => work.build.includes(ref));
  const ownSteps = resource.build === undefined ? 1 : 2;
  const stepCount = building.reduce((sum, image) => sum + stepsOf(image, cluster.destination), ownSteps);
  const log = new StepLog(ports.clock, output, stepCount);
  const steps = log.around(listener);
  const images = await buildImages(ports, resource.images, { ...work, cluster }, output, steps, listener, signal);
  if (!images.ok) return images;
  const request = { resource, images: images.value, isForced: work.isForced };
  const last = new LastLine(output);
  const started = await withinLimit(
    ports.clock,
    work.limits.compose,
    signal,
    (limited) => ports.compose.up(request, last.output, steps, limited),
    (ms) => lateFailure('apply', `Starting "${resource.name}"`, ms, last, resource.position),
  );
  if (!started.ok) return started;
  log.summary();
  return { ok: true, value: undefined };
}

/** Where images go that nothing in a cluster runs. */
const ENGINE = { destination: { kind: 'engine' }, platform: '' } as const;

function lateFailure(
  kind: 'image-build' | 'apply',
  what: string,
  ms: number,
  last: LastLine,
  position: SourcePosition,
): Failure {
  const details = last.text === '' ? [] : [`It was at: ${last.text}`];
  return failure(kind, `${what} was stopped: it took longer than ${formatDuration(ms)}`, details, position);
}

type ImageWork = Pick<UpdateWork, 'build' | 'built' | 'limits'> & {
  readonly cluster: Pick<ClusterInfo, 'destination' | 'platform'>;
};

/** The images of a resource, in order: built now, or as they were built before. */
async function buildImages(
  ports: UpdatePorts,
  wanted: readonly Image[],
  work: ImageWork,
  output: Output,
  steps: StepListener,
  listener: UpdateListener,
  signal: AbortSignal,
): Promise<Result<readonly BuiltImage[]>> {
  const images = new Map<string, BuiltImage>();
  for (const image of wanted) {
    const known = work.build.includes(image.ref) ? undefined : work.built.get(image.ref);
    const result = known === undefined ? await build(image) : ({ ok: true, value: known } as const);
    if (!result.ok) return result;
    images.set(image.ref, result.value);
  }
  return { ok: true, value: [...images.values()] };

  async function build(image: Image): Promise<Result<BuiltImage>> {
    const bases = new Map<string, BuiltImage>();
    for (const ref of image.dependsOn) {
      const base = images.get(ref) ?? work.built.get(ref);
      if (base !== undefined) bases.set(ref, base);
    }
    const { destination, platform } = work.cluster;
    const last = new LastLine(output);
    const result = await withinLimit(
      ports.clock,
      work.limits.images.get(image.ref),
      signal,
      (limited) => ports.images.build({ image, bases, destination, platform }, last.output, steps, limited),
      (ms) => lateFailure('image-build', `Building "${image.ref}"`, ms, last, image.position),
    );
    if (result.ok) listener.imageBuilt(result.value);
    return result;
  }
}

/** How many steps a build announces: one to build, one to bring it to the cluster. */
function stepsOf({ build, onlyLiveUpdate }: Image, destination: ClusterInfo['destination']): number {
  if (onlyLiveUpdate) return 0;
  const isBrought = destination.kind !== 'engine' && (build.kind !== 'command' || build.output === 'local-docker');
  return isBrought ? 2 : 1;
}
