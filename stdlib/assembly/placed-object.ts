import type { KubernetesObjectDeclaration } from '../declarations.ts';
import type { Json, KubernetesObject } from '../model/kubernetes.ts';
import type { SourcePosition } from '../model/position.ts';

/** An object and the call that declared it. */
export interface PlacedObject {
  readonly object: KubernetesObject;
  readonly position: SourcePosition;
}

export function placedObject({ body, position }: KubernetesObjectDeclaration): PlacedObject {
  return { object: kubernetesObject(body), position };
}

/** What identifies an object, taken from its body; what is missing there is empty. */
export function kubernetesObject(body: { readonly [key: string]: Json }): KubernetesObject {
  const metadata = typeof body.metadata === 'object' && body.metadata !== null ? body.metadata : {};
  const named = metadata as { readonly name?: Json; readonly namespace?: Json };
  return {
    apiVersion: textOf(body.apiVersion),
    kind: textOf(body.kind),
    name: textOf(named.name),
    namespace: textOf(named.namespace),
    body,
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
