import type { BuiltImage } from './built-image.ts';

/** What is in the cluster after an apply. */
export interface Deployed {
  readonly resource: string;
  /** With uid as the server answered. */
  readonly objects: readonly DeployedObject[];
  /** The images that were put into them. */
  readonly images?: readonly BuiltImage[];
}

export interface DeployedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** It says that it is to stay when what was deployed is taken away. */
  readonly isKept?: boolean;
}
