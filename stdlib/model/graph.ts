import type { ApiObject } from './api-object.ts';
import type { IgnoreRule } from './ignore.ts';
import type { ClusterSettings } from './kubernetes.ts';
import type { Resource } from './resource.ts';
import type { Settings } from './settings.ts';

/** All that a Tiltfile declares, checked: plain data that can be cloned and compared. */
export interface Graph {
  /** In the order in which Tilt lists them. Every name in a `resourceDeps` exists, and there are no cycles. */
  readonly resources: readonly Resource[];
  /** Names of the resources that this session runs, a subset of `resources`. */
  readonly enabled: readonly string[];
  readonly settings: Settings;
  readonly cluster: ClusterSettings;
  /** Absolute paths whose changes reload the Tiltfile. */
  readonly configFiles: readonly string[];
  /** Files that never start anything when they change (.tiltignore, watch_settings). */
  readonly globalIgnores: readonly IgnoreRule[];
  /** Objects of Tilt's API, in the order in which they were registered. */
  readonly apiObjects: readonly ApiObject[];
}
