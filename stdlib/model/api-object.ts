import type { Json } from './kubernetes.ts';
import type { SourcePosition } from './position.ts';

/** The kinds of objects of the API, by the plural names that Tilt's API has for them. */
export type ApiResource =
  | 'cmds'
  | 'configmaps'
  | 'extensionrepos'
  | 'extensions'
  | 'filewatches'
  | 'kubernetesapplys'
  | 'kubernetesdiscoveries'
  | 'uibuttons';

/** An object of Tilt's API (`tilt.dev/v1alpha1`), as a Tiltfile registers it. */
export interface ApiObject {
  readonly resource: ApiResource;
  /** Unique among the objects of its kind. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** What stands beside `metadata`: `{ spec: … }`, and `{ data: … }` of a config map. Field names and zero values as in Tilt's JSON. */
  readonly body: { readonly [key: string]: Json };
  readonly position: SourcePosition;
}
