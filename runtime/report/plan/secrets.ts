import { createHash } from 'node:crypto';
import type { Json } from '../../../stdlib/model/kubernetes.ts';

// A plan ends up in pull requests and in logs of pipelines: it says that a secret changed, not what it is.

const TELLING_NAME =
  /(^|[_-])(pass|passwd|password|passphrase|pw|pwd|secrets?|tokens?|credentials?|auth|apikey|key)($|[_-])/i;

/** The first sixteen digits of the text's SHA-256: enough to see that it changed. */
export function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** Values by name, those whose names tell of a secret hidden. */
export function withoutSecrets(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      TELLING_NAME.test(name) && value !== '' ? hidden(value) : value,
    ]),
  );
}

/** An object of the cluster as it is; of a Secret the values are hidden. */
export function withoutSecretData(kind: string, body: { readonly [key: string]: Json }): Json {
  if (kind !== 'Secret') return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key === 'data' || key === 'stringData' ? hiddenValues(value) : value,
    ]),
  );
}

function hiddenValues(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hidden(JSON.stringify(value));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hidden(JSON.stringify(member))]));
}

function hidden(text: string): string {
  return `(hidden, ${digest(text)})`;
}
