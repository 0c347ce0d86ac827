import type { Json } from '../../../stdlib/model/kubernetes.ts';

/** An object of a Kubernetes-like API, as it came over the wire. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly creationTimestamp?: string | null;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: Json | undefined;
  };
  readonly [field: string]: unknown;
}

/** Objects of one kind, with what the server calls the kind in paths: `uiresources`, in the group `tilt.dev`. */
export interface ObjectGroup {
  readonly resource: string;
  readonly singular: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly objects: readonly ApiObject[];
}

/** `uiresource.tilt.dev/web` */
export function qualifiedName({ singular, group }: Pick<ObjectGroup, 'singular' | 'group'>, name: string): string {
  return `${qualifiedKind(singular, group)}/${name}`;
}

/** `uiresource.tilt.dev` */
export function qualifiedKind(kind: string, group: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}
