import type { Bridge, LibraryLayout } from './bridge.ts';
import { type StarlarkApi, startStarlark } from './start.ts';

/** Starts the run-time for a library that needs nothing of its own in Starlark's realm. */
export function start(bridge: Bridge, layout: LibraryLayout): StarlarkApi {
  return startStarlark(bridge, layout, () => undefined);
}
