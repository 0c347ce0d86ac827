import { commandText } from '../../../stdlib/model/command-text.ts';
import { formatDuration } from '../../engine/duration.ts';
import type { PlannedCommand, PlannedImage, PlannedPortForward, PlannedResource } from './plan.ts';

/** What a resource is, as names and texts for people; what is as usual is left out. */
export type Lines = readonly (readonly [name: string, text: string])[];

export function resourceLines(resource: PlannedResource): Lines {
  return [
    ...ownLines(resource),
    ...line('links', resource.links.map(({ url, name }) => (name === '' ? url : `${name} (${url})`)).join(', ')),
    ...line('labels', resource.labels.join(', ')),
    ...line('depends on', resource.dependsOn.join(', ')),
    ...line('needed by', resource.neededBy.join(', ')),
    ...line('updates', triggerText(resource)),
    ...line('limits', limitsText(resource)),
    ['declared at', resource.declaredAt],
  ];
}

function ownLines(resource: PlannedResource): Lines {
  switch (resource.kind) {
    case 'local':
      return [
        ...line('runs', plannedCommandText(resource.update)),
        ...line('serves', plannedCommandText(resource.serve)),
        ...line('ready when', probeText(resource.readinessProbe)),
        ...line('watches', resource.watches.join(', ')),
        ...line('keeps', resource.cache?.outputs.join(', ')),
      ];
    case 'kubernetes':
      return [
        ...line('images', resource.images.join(', ')),
        ...line(
          'objects',
          resource.objects
            .map(({ kind, name, namespace }) => `${kind} ${name}${namespace && ` in ${namespace}`}`)
            .join(', '),
        ),
        ...line('deployed by', plannedCommandText(resource.customDeploy?.apply ?? null)),
        ...line('ports', resource.portForwards.map(portText).join(', ')),
        ...line('ready when', resource.podReadiness === 'wait' ? '' : READINESS[resource.podReadiness]),
      ];
    case 'compose':
      return [
        ['service', `${resource.service} of ${resource.project.files.join(', ')}`],
        ...line('runs image', resource.runs),
        ...line('images', resource.images.join(', ')),
        ...line('built by Compose', resource.build?.context),
        ...line('ports', resource.publishedPorts.join(', ')),
        ...line('ready when', resource.runsToEnd ? 'it has ended well' : ''),
        ...line('watches', resource.watches.join(', ')),
      ];
  }
}

const READINESS: Readonly<Record<string, string>> = {
  ignore: 'applied, whatever its pods do',
  succeeded: 'its pods have ended well',
};

export function imageLines(image: PlannedImage): Lines {
  const { build, dependsOn, neededBy, declaredAt, onlyLiveUpdate } = image;
  return [
    ...line('build', onlyLiveUpdate ? '' : buildText(build)),
    ...line('live update', liveUpdateText(image)),
    ...line('built from', dependsOn.join(', ')),
    ...line('needed by', neededBy.join(', ')),
    ['declared at', declaredAt],
  ];
}

function buildText(build: PlannedImage['build']): string {
  switch (build.kind) {
    case 'docker': {
      const stage = build.target === '' ? '' : `, stage ${build.target}`;
      return `docker, context ${build.context}, ${build.dockerfile ?? 'a Dockerfile in the Tiltfile'}${stage}`;
    }
    case 'command':
      return plannedCommandText(build.command);
  }
}

function liveUpdateText({ liveUpdate }: PlannedImage): string {
  if (liveUpdate === null) return '';
  const { syncs, runs, restart } = liveUpdate;
  return [
    ...syncs.map(({ localPath, containerPath }) => `${localPath} to ${containerPath}`),
    ...runs.map(({ argv }) => `then ${commandText({ argv })}`),
    ...(restart ? ['then restart'] : []),
  ].join(', ');
}

function line(name: string, text: string | undefined): Lines {
  return text === undefined || text === '' ? [] : [[name, text]];
}

export function plannedCommandText(command: PlannedCommand | null): string {
  if (command === null) return '';
  const where = command.dir === '.' ? '' : ` (in ${command.dir})`;
  const env = Object.entries(command.env).map(([name, value]) => `${name}=${value}`);
  const [first = '', ...others] = commandText(command).split('\n');
  return `${first}${others.length > 0 ? ' …' : ''}${where}${env.length > 0 ? ` with ${env.join(' ')}` : ''}`;
}

/** As a Tiltfile writes it: `8080:80`, `127.0.0.2:8080:80`. */
export function portText({ name, host, localPort, containerPort }: PlannedPortForward): string {
  const from = localPort === 0 ? containerPort : localPort;
  const to = containerPort === 0 ? '' : `:${containerPort}`;
  return `${host && `${host}:`}${from}${to}${name && ` (${name})`}`;
}

function triggerText({ triggerMode, autoInit }: PlannedResource): string {
  if (triggerMode === 'auto') return autoInit ? '' : 'not at the start, only on changes';
  return autoInit ? 'at the start, then when asked to' : 'only when asked to';
}

function limitsText({ limits: { timeoutMs, readinessTimeoutMs, retries } }: PlannedResource): string {
  return [
    ...(timeoutMs === undefined ? [] : [formatDuration(timeoutMs)]),
    ...(readinessTimeoutMs === undefined ? [] : [`${formatDuration(readinessTimeoutMs)} to be ready`]),
    ...(retries === undefined ? [] : [`${retries} ${retries === 1 ? 'retry' : 'retries'}`]),
  ].join(', ');
}

function probeText(probe: unknown): string {
  if (typeof probe !== 'object' || probe === null || !('action' in probe)) return '';
  const action = probe.action as Readonly<Record<string, unknown>>;
  const host = action.host ?? 'localhost';
  switch (action.kind) {
    case 'exec':
      return `${commandText({ argv: action.command as readonly string[] })} succeeds`;
    case 'http':
      return `${String(action.scheme ?? 'http').toLowerCase()}://${host}:${action.port}${action.path ?? '/'} answers`;
    default:
      return `${host}:${action.port} takes connections`;
  }
}
