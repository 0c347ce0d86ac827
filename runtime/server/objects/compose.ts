import type { ComposeResource } from '../../../stdlib/model/resource.ts';
import { objectName } from '../../state/api-state.ts';
import type { ResourceState } from '../../state/state.ts';
import { microTime } from '../time.ts';
import { disableSource } from './disable.ts';
import { declaredAt, type Entry, type Projected, perEntry, resourceAnnotations } from './projected.ts';

function perService(
  make: (resource: ComposeResource, row: ResourceState | undefined, at: number) => readonly Projected[],
) {
  return perEntry(({ resource, row }: Entry, world) =>
    resource.kind === 'compose' ? make(resource, row, declaredAt(world)) : [],
  );
}

export const dockerComposeServices = perService((resource, row, createdAt) => {
  const { name, service, images, publishedPorts } = resource;
  const ran = row?.update.kind === 'none' ? undefined : row?.update;
  return [
    {
      name,
      createdAt,
      owned: true,
      annotations: resourceAnnotations(name, {
        'tilt.dev/log-span-id': `dockercompose:${name}`,
        'tilt.dev/managed-by': 'buildcontrol',
      }),
      body: {
        spec: {
          service,
          project: projectOf(resource),
          ...(images.length === 0 ? {} : { imageMaps: images.map(({ ref }) => objectName(ref)) }),
          disableSource: disableSource(name),
        },
        status: {
          ...containerStatus(row),
          ...(publishedPorts.length === 0 ? {} : { portBindings: publishedPorts.map((hostPort) => ({ hostPort })) }),
          ...(ran?.kind === 'failed' ? { applyError: ran.failure.message } : {}),
          lastApplyStartTime: ran === undefined ? null : microTime(ran.startedAt),
          lastApplyFinishTime: ran === undefined || ran.kind === 'running' ? null : microTime(ran.endedAt),
        },
      },
    },
  ];
});

export const dockerComposeLogStreams = perService((resource, row, createdAt) => {
  if (row?.succeeded === undefined) return [];
  const { name, service } = resource;
  return [
    {
      name,
      createdAt: row.succeeded.endedAt ?? createdAt,
      annotations: resourceAnnotations(name, { 'tilt.dev/log-span-id': `dockercompose:${name}` }),
      body: {
        spec: { service, project: projectOf(resource) },
        status: { startedAt: microTime(row.succeeded.endedAt) },
      },
    },
  ];
});

function projectOf({ project }: ComposeResource): object {
  const configPaths = project.files.flatMap((file) => (file.kind === 'path' ? [file.path] : []));
  return {
    name: project.name,
    projectPath: project.folder,
    ...(configPaths.length === 0 ? {} : { configPaths }),
    ...(project.envFile === '' ? {} : { envFile: project.envFile }),
    ...(project.profiles.length === 0 ? {} : { profiles: project.profiles }),
    ...(project.wait ? { wait: true } : {}),
  };
}

function containerStatus(row: ResourceState | undefined): object {
  const runtime = row?.runtime;
  if (runtime === undefined || runtime.kind === 'none' || runtime.report === undefined) return {};
  const { podName, podStatus } = runtime.report;
  return {
    ...(podName === '' ? {} : { containerName: podName }),
    containerState: { status: podStatus, running: runtime.kind === 'ready' || runtime.kind === 'pending' },
  };
}
