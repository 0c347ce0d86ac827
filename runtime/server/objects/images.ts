import type { Image } from '../../../stdlib/model/image.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import { objectName } from '../../state/api-state.ts';
import type { ImageState } from '../../state/state.ts';
import { microTime } from '../time.ts';
import { ignoreDefs } from './filewatch.ts';
import {
  declaredAt,
  type Entry,
  entries,
  type Projected,
  type Projector,
  resourceAnnotations,
  type World,
} from './projected.ts';

type Make = (image: Image, entry: Entry, state: ImageState | undefined, world: World) => Projected;

/** Objects of images, each made anew when the state of the image or of its resource changed. `once`: one for an image, however many run it. */
function perImage(make: Make, isWanted: (image: Image) => boolean, once = false): Projector {
  const known = new WeakMap<
    object,
    Map<string, { readonly state: ImageState | undefined; readonly made: Projected }>
  >();
  return function* (world) {
    const seen = new Set<string>();
    for (const entry of entries(world)) {
      for (const image of imagesOf(entry.resource)) {
        if (!isWanted(image) || (once && seen.has(image.ref))) continue;
        seen.add(image.ref);
        const state = world.state.images.get(image.ref);
        const place = entry.row ?? entry.resource;
        const ofPlace = known.get(place) ?? new Map();
        known.set(place, ofPlace);
        let object = ofPlace.get(image.ref);
        if (object === undefined || object.state !== state) {
          object = { state, made: make(image, entry, state, world) };
          ofPlace.set(image.ref, object);
        }
        yield object.made;
      }
    }
  };
}

export function imagesOf(resource: Resource): readonly Image[] {
  return resource.kind === 'local' ? [] : resource.images;
}

export const imageMaps = perImage(
  (image, entry, state, world) => ({
    name: objectName(image.ref),
    createdAt: declaredAt(world),
    owned: true,
    annotations: resourceAnnotations(entry.resource.name),
    body: {
      spec: {
        selector: image.ref,
        ...(image.matchExact === true ? { matchExact: true } : {}),
        ...(image.matchInEnvVars ? { matchInEnvVars: true } : {}),
        ...(image.entrypoint.length === 0 ? {} : { overrideCommand: { command: image.entrypoint } }),
        ...(image.containerArgs === undefined ? {} : { overrideArgs: { args: image.containerArgs } }),
      },
      status:
        state?.built === undefined
          ? {}
          : {
              image: state.built.clusterRef,
              imageFromCluster: state.built.clusterRef,
              imageFromLocal: state.built.pushRef ?? state.built.localRef,
            },
    },
  }),
  () => true,
  true,
);

export const dockerImages = perImage(
  (image, entry, state, world) => {
    const build = image.build.kind === 'docker' ? image.build : undefined;
    const args = Object.entries(build?.buildArgs ?? {}).map(([name, value]) => `${name}=${value}`);
    return {
      name: `${entry.resource.name}:${objectName(image.ref)}`,
      createdAt: declaredAt(world),
      owned: true,
      annotations: imageAnnotations('dockerimage', image, entry),
      body: {
        spec: {
          ref: image.ref,
          dockerfileContents: build?.dockerfile,
          context: build?.context,
          ...(args.length === 0 ? {} : { args }),
          ...(build?.target ? { target: build.target } : {}),
          ...(build?.platform ? { platform: build.platform } : {}),
          ...(build?.extraTags.length ? { extraTags: build.extraTags } : {}),
          ...(image.dependsOn.length === 0 ? {} : { imageMaps: image.dependsOn.map(objectName) }),
          contextIgnores: ignoreDefs(build?.contextIgnores ?? []).ignores,
          cluster: 'default',
        },
        status: buildStatus(image, entry, state),
      },
    };
  },
  ({ build }) => build.kind === 'docker',
);

export const cmdImages = perImage(
  (image, entry, state, world) => {
    const build = image.build.kind === 'command' ? image.build : undefined;
    return {
      name: `${entry.resource.name}:${objectName(image.ref)}`,
      createdAt: declaredAt(world),
      owned: true,
      annotations: imageAnnotations('cmdimage', image, entry),
      body: {
        spec: {
          ref: image.ref,
          args: build?.command.argv,
          dir: build?.command.dir,
          ...(build?.command.env.length ? { env: build.command.env } : {}),
          ...(build?.tag ? { outputTag: build.tag } : {}),
          ...(build?.outputsImageRefTo ? { outputsImageRefTo: build.outputsImageRefTo } : {}),
          outputMode: build?.output,
          ...(image.dependsOn.length === 0 ? {} : { imageMaps: image.dependsOn.map(objectName) }),
          cluster: 'default',
        },
        status: buildStatus(image, entry, state),
      },
    };
  },
  ({ build }) => build.kind === 'command',
);

export const liveUpdates = perImage(
  (image, entry, _state, world) => {
    const live = image.liveUpdate;
    const target = objectName(image.ref);
    const { name, kind } = entry.resource;
    const runs = live?.runs ?? [];
    return {
      name: `${name}:${target}`,
      createdAt: declaredAt(world),
      owned: true,
      annotations: {
        ...imageAnnotations('liveupdate', image, entry),
        'tilt.dev/update-mode': entry.resource.trigger.onChange ? 'auto' : 'manual',
      },
      body: {
        spec: {
          basePath: live?.basePath,
          selector:
            kind === 'compose'
              ? { dockerCompose: { service: name } }
              : { kubernetes: { applyName: name, discoveryName: name, imageMapName: target } },
          sources: [{ fileWatch: `image:${target}`, imageMap: target }],
          ...(live?.stopPaths.length ? { stopPaths: live.stopPaths } : {}),
          ...(live?.syncs.length ? { syncs: live.syncs } : {}),
          ...(runs.length === 0
            ? {}
            : { execs: runs.map(({ argv, triggers, echoOff }) => ({ args: argv, triggerPaths: triggers, echoOff })) }),
          ...(live?.restart ? { restart: 'always' } : {}),
        },
        status: {},
      },
    };
  },
  ({ liveUpdate }) => liveUpdate !== undefined,
);

function imageAnnotations(span: string, image: Image, { resource }: Entry) {
  const target = objectName(image.ref);
  return resourceAnnotations(resource.name, {
    'tilt.dev/log-span-id': `${span}:${resource.name}:${target}`,
    'tilt.dev/target-id': `image:${target}`,
    'tilt.dev/managed-by': 'buildcontrol',
  });
}

/** How the image does in the newest update of its resource. */
function buildStatus({ ref }: Image, { resource, row }: Entry, state: ImageState | undefined): object {
  const update = row?.update;
  const step =
    update === undefined || update.kind === 'none' ? undefined : update.steps.find(({ kind }) => kind === 'build');
  if (state?.building === resource.name && update?.kind === 'running') {
    return { ref, building: { startedAt: microTime(step?.startedAt ?? update.startedAt) } };
  }
  if (update?.kind === 'failed' && update.failure.kind === 'image-build') {
    const startedAt = microTime(step?.startedAt ?? update.startedAt);
    return { ref, completed: { error: update.failure.message, startedAt, finishedAt: microTime(update.endedAt) } };
  }
  if (state?.built === undefined) return { waiting: { reason: 'not built yet' } };
  const built = { ref: state.built.localRef };
  if (step === undefined || step.endedAt === undefined) return built;
  return { ...built, completed: { startedAt: microTime(step.startedAt), finishedAt: microTime(step.endedAt) } };
}
