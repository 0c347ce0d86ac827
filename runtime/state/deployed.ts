/** What is in the cluster after an apply. */
export interface Deployed {
  readonly resource: string;
  /** With uid as the server answered. */
  readonly objects: readonly DeployedObject[];
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
