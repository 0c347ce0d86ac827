import type { DeployedObject } from '../engine/ports.ts';

type Named = Pick<DeployedObject, 'apiVersion' | 'kind' | 'name' | 'namespace'>;

/** `web:deployment`, with namespace and group appended where that is not unique. */
export function displayNames(objects: readonly Named[]): readonly string[] {
  const candidates = objects.map(({ apiVersion, kind, name, namespace }) => {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
    const parts = [name, kind, namespace || 'default', group].map((part) => part.toLowerCase().replaceAll(':', '\\:'));
    return [2, 3, 4].map((length) => parts.slice(0, length).join(':'));
  });
  const counts = new Map<string, number>();
  for (const name of candidates.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return candidates.map((names) => names.find((name) => counts.get(name) === 1) ?? names[names.length - 1] ?? '');
}
