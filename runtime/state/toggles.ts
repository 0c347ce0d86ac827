import type { OwnObject } from './api-state.ts';
import { configValue } from './disable-source.ts';
import { record } from './fields.ts';
import type { State } from './state.ts';

// Toggle buttons that clients made: they show the value of a config map, and a click sets it.

export interface Toggle {
  readonly isOn: boolean;
  /** What is wrong; empty when nothing is. */
  readonly error: string;
  readonly configMap: string;
  readonly key: string;
  readonly onValue: string;
  readonly offValue: string;
}

export function toggleOf({ body }: OwnObject, state: State): Toggle {
  const { defaultOn, stateSource } = record(body.spec);
  const { name, key, onValue = 'true', offValue = 'false' } = record(record(stateSource).configMap);
  const source = { configMap: String(name), key: String(key), onValue: String(onValue), offValue: String(offValue) };
  const value = configValue(state, source.configMap, source.key);
  if (value === source.onValue) return { ...source, isOn: true, error: '' };
  if (value === source.offValue) return { ...source, isOn: false, error: '' };
  const expected = `expected "${source.onValue}" or "${source.offValue}"`;
  const unknown = `ConfigMap "${source.configMap}" key "${source.key}" has unknown value "${value}". ${expected}`;
  return { ...source, isOn: defaultOn === true, error: value === undefined ? '' : unknown };
}
