import { parseAllDocuments } from 'yaml';
import type { Manifest } from './findings.ts';

/** What a file of Kubernetes objects declares; `undefined` when it holds something else. */
export function manifestOf(text: string): Omit<Manifest, 'file'> | undefined {
  // Most files are told apart without being parsed.
  if (!/^\s*"?apiVersion"?:/m.test(text) || text.includes('{{')) return undefined;
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const objects = documents.map((document) => document.toJS() as unknown).filter((object) => object !== null);
  if (objects.length === 0 || !objects.every(isObjectOfKubernetes)) return undefined;
  return {
    objects: objects.map(({ kind, metadata }) => `${kind}/${metadata.name}/${metadata.namespace ?? ''}`),
    workloads: objects.flatMap((object) => {
      const containers = containersOf(object);
      if (containers.length === 0) return [];
      const images = containers.map(({ image }) => image).filter((image) => typeof image === 'string');
      return [{ name: object.metadata.name, images, ports: containers.flatMap(({ ports }) => portsOf(ports)) }];
    }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface ObjectOfKubernetes extends Fields {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: unknown };
}

function isObjectOfKubernetes(value: unknown): value is ObjectOfKubernetes {
  if (!isFields(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false;
  return isFields(value.metadata) && typeof value.metadata.name === 'string';
}

/** Wherever the pod's template stands: in a Pod, a Deployment, a CronJob. */
function containersOf(value: unknown): readonly Fields[] {
  if (!isFields(value)) return [];
  if (Array.isArray(value.containers)) return value.containers.filter(isFields);
  return ['spec', 'template', 'jobTemplate'].flatMap((name) => containersOf(value[name]));
}

function portsOf(ports: unknown): readonly number[] {
  if (!Array.isArray(ports)) return [];
  return ports
    .map((port) => (isFields(port) ? port.containerPort : undefined))
    .filter((port) => typeof port === 'number');
}
