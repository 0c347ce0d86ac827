import type { Command } from '../../../stdlib/model/command.ts';
import type { Probe } from '../../../stdlib/model/probe.ts';
import type { LocalResource } from '../../../stdlib/model/resource.ts';
import type { ApiState, CommandState, OwnObject } from '../../state/api-state.ts';
import type { ResourceState } from '../../state/state.ts';
import { microTime } from '../time.ts';
import { disableSource } from './disable.ts';
import { both, ownProjector } from './own.ts';
import { type Entry, type Projected, type Projector, perEntry, resourceAnnotations } from './projected.ts';

/** The commands of local resources as far as they were started. */
const resourceCmds = perEntry(({ resource, row }: Entry): readonly Projected[] => {
  if (resource.kind !== 'local' || row === undefined) return [];
  return [...updateCmd(resource, row), ...serveCmd(resource, row)];
});

function* updateCmd(resource: LocalResource, { update, history }: ResourceState): Generator<Projected> {
  if (resource.update === undefined || update.kind === 'none') return;
  const name = `${resource.name}:update`;
  const startedAt = microTime(update.startedAt);
  const status =
    update.kind === 'running'
      ? update.pid === undefined
        ? { waiting: { reason: 'starting' } }
        : { running: { pid: update.pid, startedAt }, ready: true }
      : {
          terminated: {
            pid: 0,
            exitCode: update.kind === 'succeeded' ? 0 : 1,
            startedAt,
            finishedAt: microTime(update.endedAt),
            ...(update.kind === 'failed' ? { reason: update.failure.message } : {}),
          },
        };
  yield cmd(name, resource, resource.update, undefined, status, history[0]?.startedAt ?? update.startedAt);
}

function* serveCmd(resource: LocalResource, row: ResourceState): Generator<Projected> {
  const { runtime, succeeded } = row;
  if (resource.serve === undefined || succeeded === undefined) return;
  // Tilt numbers the servers of a resource: the page sees a new one as another object.
  const name = `${resource.name}-serve-${row.history.filter(({ kind }) => kind === 'succeeded').length || 1}`;
  const startedAt = microTime(succeeded.endedAt);
  const running = { pid: runtime.kind === 'none' ? 0 : (runtime.pid ?? 0), startedAt };
  const status =
    runtime.kind === 'failed'
      ? {
          terminated: {
            pid: 0,
            exitCode: 1,
            startedAt,
            finishedAt: microTime(runtime.since),
            reason: runtime.failure.message,
          },
        }
      : running.pid === 0
        ? { waiting: { reason: 'starting' } }
        : { running, ...(runtime.kind === 'ready' ? { ready: true } : {}) };
  yield cmd(name, resource, resource.serve, resource.readinessProbe, status, succeeded.endedAt);
}

function cmd(
  name: string,
  resource: LocalResource,
  { argv, dir, env }: Command,
  probe: Probe | undefined,
  status: object,
  createdAt: number,
): Projected {
  return {
    name,
    createdAt,
    owned: true,
    annotations: resourceAnnotations(resource.name, {
      'tilt.dev/log-span-id': `cmd:${name}`,
      'tilt.dev/managed-by': 'local_resource',
    }),
    body: {
      spec: {
        args: argv,
        dir,
        ...(env.length === 0 ? {} : { env }),
        ...(probe === undefined ? {} : { readinessProbe: probeSpec(probe) }),
        disableSource: disableSource(resource.name),
      },
      status,
    },
  };
}

function probeSpec({ action, ...numbers }: Probe): object {
  return {
    ...(numbers.initialDelaySecs === undefined ? {} : { initialDelaySeconds: numbers.initialDelaySecs }),
    ...(numbers.timeoutSecs === undefined ? {} : { timeoutSeconds: numbers.timeoutSecs }),
    ...(numbers.periodSecs === undefined ? {} : { periodSeconds: numbers.periodSecs }),
    ...(numbers.successThreshold === undefined ? {} : { successThreshold: numbers.successThreshold }),
    ...(numbers.failureThreshold === undefined ? {} : { failureThreshold: numbers.failureThreshold }),
    ...probeHandler(action),
  };
}

function probeHandler(action: Probe['action']): object {
  switch (action.kind) {
    case 'exec':
      return { exec: { command: action.command } };
    case 'http': {
      const { kind: _kind, ...httpGet } = action;
      return { httpGet };
    }
    case 'tcp': {
      const { kind: _kind, ...tcpSocket } = action;
      return { tcpSocket };
    }
  }
}

const WAITS_FOR_START = { waiting: { reason: 'cmd StartOn has not been triggered' } };
const NOT_STARTED = { waiting: { reason: 'not started' } };
const statuses = new WeakMap<CommandState, object>();

function ownStatus({ name, body }: OwnObject, { commands }: ApiState): object {
  const command = commands.get(name);
  if (command === undefined) {
    return (body.spec as { readonly startOn?: object } | undefined)?.startOn === undefined
      ? NOT_STARTED
      : WAITS_FOR_START;
  }
  let status = statuses.get(command);
  if (status === undefined) {
    status = runStatus(command);
    statuses.set(command, status);
  }
  return status;
}

function runStatus(command: CommandState): object {
  const { pid } = command;
  const startedAt = microTime(command.startedAt);
  if (command.kind === 'running') return { running: { pid, startedAt }, ...(command.ready ? { ready: true } : {}) };
  const { exitCode, endedAt, reason } = command;
  const finishedAt = microTime(endedAt);
  return { terminated: { pid, exitCode, startedAt, finishedAt, ...(reason === '' ? {} : { reason }) } };
}

export const cmds: Projector = both(resourceCmds, ownProjector('cmds', ownStatus));
