import type { Graph } from './graph.ts';
import type { Json } from './kubernetes.ts';

/** A value of a Kubernetes Secret, which logs must not show. */
export interface SecretValue {
  /** The name of the Secret. */
  readonly name: string;
  readonly key: string;
  /** The value itself, plain. `undefined` when it is no text. */
  readonly text: string | undefined;
  readonly base64: string;
}

/** The values of all Secrets in a graph; none when the Tiltfile wants them shown. */
export function secretsOf({ resources, settings }: Graph): readonly SecretValue[] {
  if (!settings.scrubSecrets) return [];
  const values: SecretValue[] = [];
  for (const resource of resources) {
    if (resource.kind !== 'kubernetes') continue;
    for (const { apiVersion, kind, name, body } of resource.objects) {
      if (kind !== 'Secret' || apiVersion !== 'v1') continue;
      for (const [key, data] of entries(body.data)) values.push(secretValue(name, key, Buffer.from(data, 'base64')));
      for (const [key, text] of entries(body.stringData)) values.push(secretValue(name, key, Buffer.from(text)));
    }
  }
  return values;
}

function entries(fields: Json | undefined): readonly (readonly [string, string])[] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

function secretValue(name: string, key: string, bytes: Buffer): SecretValue {
  return { name, key, text: textOf(bytes), base64: bytes.toString('base64') };
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
