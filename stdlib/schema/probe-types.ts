import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import type { Probe, ProbeAction } from '../model/probe.ts';
import type { ParameterType } from './parameter.ts';
import { tagged } from './scalar-types.ts';

const probeValue = tagged('Probe', 'Probe');

/** A value of `probe()`, as the graph holds it; `null` is none. */
export const readinessProbe: ParameterType<Probe | undefined> = {
  typescript: probeValue.typescript,
  takesObject: false,
  read(value, call) {
    const found = probeValue.read(value, call);
    return found === undefined ? undefined : probeOf(found);
  },
};

function probeOf(value: Tagged): Probe {
  const { fields } = value;
  return {
    action: actionOf(value),
    ...number('initialDelaySecs', fields.initial_delay_secs),
    ...number('timeoutSecs', fields.timeout_secs),
    ...number('periodSecs', fields.period_secs),
    ...number('successThreshold', fields.success_threshold),
    ...number('failureThreshold', fields.failure_threshold),
  };
}

/** Zero is what Tilt has for "not given". */
function number<K extends string>(key: K, value: ScriptValue): { [P in K]?: number } {
  return typeof value === 'number' && value !== 0 ? ({ [key]: value } as { [P in K]: number }) : {};
}

function actionOf({ fields }: Tagged): ProbeAction {
  const { exec, http_get, tcp_socket } = fields;
  if (exec instanceof Tagged) return { kind: 'exec', command: [...(exec.fields.command as readonly string[])] };
  if (http_get instanceof Tagged) {
    const { host, port, scheme, path } = http_get.fields;
    return {
      kind: 'http',
      port: Number(port),
      ...string('scheme', String(scheme).toUpperCase()),
      ...string('host', host),
      ...string('path', path),
    };
  }
  const { host, port } = (tcp_socket as Tagged).fields;
  return { kind: 'tcp', port: Number(port), ...string('host', host) };
}

function string<K extends string>(key: K, value: ScriptValue): { [P in K]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as { [P in K]: string }) : {};
}
