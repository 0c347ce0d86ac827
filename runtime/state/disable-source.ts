import { apiKey } from './api-state.ts';
import { type Fields, record } from './fields.ts';
import type { State } from './state.ts';

/** Whether the config maps that switch a thing off say so. */
export function isDisabled(source: Fields, state: State): boolean {
  const one = source.configMap === undefined ? [] : [record(source.configMap)];
  const every = Array.isArray(source.everyConfigMap) ? source.everyConfigMap.map(record) : [];
  const sources = [...one, ...every];
  return (
    sources.length > 0 && sources.every(({ name, key }) => configValue(state, String(name), String(key)) === 'true')
  );
}

const DISABLE = '-disable';

/** What a config map has under a key, also that of a resource, which switches it off. */
export function configValue(state: State, name: string, key: string): string | undefined {
  const resource = name.endsWith(DISABLE) ? name.slice(0, -DISABLE.length) : '';
  if (key === 'isDisabled' && state.graph?.resources.some((declared) => declared.name === resource)) {
    return String(!state.resources.has(resource));
  }
  const value = record(state.api.objects.get(apiKey('configmaps', name))?.body.data)[key];
  return typeof value === 'string' ? value : undefined;
}
