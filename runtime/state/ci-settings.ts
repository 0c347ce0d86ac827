import type { CiSettings } from '../../stdlib/model/settings.ts';
import type { State } from './state.ts';

const known = new WeakMap<CiSettings, { readonly given: Partial<CiSettings>; readonly merged: CiSettings }>();

/** What holds for a `ci` session: what the command line says, else the Tiltfile; `undefined` before that is loaded. */
export function ciSettingsOf({ graph, given }: Pick<State, 'graph' | 'given'>): CiSettings | undefined {
  if (graph === undefined) return undefined;
  const { ci } = graph.settings;
  const before = known.get(ci);
  if (before?.given === given) return before.merged;
  const merged = { ...ci, ...given };
  known.set(ci, { given, merged });
  return merged;
}
