import type { Command } from '../../stdlib/model/command.ts';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { Probe, ProbeAction } from '../../stdlib/model/probe.ts';
import { apiKey, type Click, type OwnObject, ownObjects } from '../state/api-state.ts';
import { isDisabled } from '../state/disable-source.ts';
import { type Fields, record, strings, text } from '../state/fields.ts';
import type { State } from '../state/state.ts';
import { buttonEnvironment } from './button-inputs.ts';

/** A command of the API that should run, or have run. */
export interface PlannedCommand {
  readonly name: string;
  /** Another one means: stop what runs, and start it anew. */
  readonly run: string;
  readonly command: Command;
  readonly probe: Probe | undefined;
  /** The resource in whose log it writes; empty for none. */
  readonly resource: string;
}

/** Which commands of the API should run now: those that nothing holds back, and those that a button or a changed file started. */
export function plannedCommands(state: State): readonly PlannedCommand[] {
  const planned: PlannedCommand[] = [];
  for (const object of ownObjects(state.api, 'cmds')) {
    const plan = planOf(object, state);
    if (plan !== undefined) planned.push(plan);
  }
  return planned;
}

function planOf(object: OwnObject, state: State): PlannedCommand | undefined {
  const spec = record(object.body.spec);
  const argv = strings(spec.args);
  if (argv.length === 0 || isDisabled(record(spec.disableSource), state)) return undefined;
  const last = lastTrigger(spec, object, state);
  if (spec.startOn !== undefined && last === undefined) return undefined;
  const inputs = last?.button === undefined ? [] : buttonEnvironment(last.button, last.inputs);
  const { args, dir, env, readinessProbe } = spec;
  return {
    name: object.name,
    run: JSON.stringify([args, dir, env, readinessProbe, last?.at, last?.stamp]),
    command: { argv, dir: text(dir), env: [...strings(env), ...inputs] },
    probe: probeOf(record(readinessProbe)),
    resource: object.annotations['tilt.dev/resource'] ?? '',
  };
}

interface Trigger {
  readonly at: number;
  readonly stamp: string;
  readonly button: OwnObject | undefined;
  readonly inputs: Click['inputs'];
}

/** The newest click or change of files since the object is there that starts what it asks for, or starts it again. */
export function lastTrigger(spec: Fields, { createdAt }: OwnObject, { api }: State): Trigger | undefined {
  const startOn = record(spec.startOn);
  const restartOn = record(spec.restartOn);
  const startAfter = typeof startOn.startAfter === 'string' ? Date.parse(startOn.startAfter) : 0;
  const triggers: Trigger[] = [];
  for (const [names, after] of [
    [strings(startOn.uiButtons), startAfter],
    [strings(restartOn.uiButtons), 0],
  ] as const) {
    for (const name of names) {
      const click = api.clicks.get(name);
      const button = api.objects.get(apiKey('uibuttons', name));
      if (click !== undefined && click.at > after)
        triggers.push({ at: click.at, stamp: click.stamp, button, inputs: click.inputs });
    }
  }
  for (const name of strings(restartOn.fileWatches)) {
    const seen = api.watches.get(name)?.events.at(-1);
    if (seen !== undefined) triggers.push({ at: seen.at, stamp: '', button: undefined, inputs: [] });
  }
  return triggers
    .filter(({ at }) => at >= createdAt)
    .reduce<Trigger | undefined>((one, other) => (one !== undefined && one.at >= other.at ? one : other), undefined);
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function probeOf(spec: Fields): Probe | undefined {
  const action = actionOf(spec);
  if (action === undefined) return undefined;
  const numbers = {
    initialDelaySecs: number(spec.initialDelaySeconds),
    timeoutSecs: number(spec.timeoutSeconds),
    periodSecs: number(spec.periodSeconds),
    successThreshold: number(spec.successThreshold),
    failureThreshold: number(spec.failureThreshold),
  };
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return { action, ...Object.fromEntries(given) };
}

function actionOf({ exec, httpGet, tcpSocket }: Fields): ProbeAction | undefined {
  if (exec !== undefined) return { kind: 'exec', command: strings(record(exec).command) };
  const at = record(httpGet ?? tcpSocket);
  const { port, host } = at;
  if (typeof port !== 'number') return undefined;
  const where = { port, ...(typeof host === 'string' ? { host } : {}) };
  if (httpGet === undefined) return { kind: 'tcp', ...where };
  return {
    kind: 'http',
    ...where,
    ...(typeof at.path === 'string' ? { path: at.path } : {}),
    ...(typeof at.scheme === 'string' ? { scheme: at.scheme } : {}),
  };
}
