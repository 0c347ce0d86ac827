import { hasStatus, verbsOf } from './discovery.ts';
import { type ApiKind, GROUP, GROUP_VERSION, KINDS, VERSION } from './kinds.ts';
import type { Schema } from './schema.ts';
import { bodySchema } from './schemas.ts';

// OpenAPI of the kinds: for `explain`, and for clients that check objects before they send them.

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const PREFIX = 'dev.tilt.v1alpha1';

/** What fields mean, by their paths: `cmds.spec.args`. */
export type FieldDocs = Readonly<Record<string, string>>;

/** Of the parts that all kinds have. */
const PARTS: FieldDocs = { spec: 'What it is to be.', status: 'What became of it.', data: 'The values.' };

/** `/openapi/v3`: where the document of each group version is. */
export function openApiRoot(): object {
  return { paths: { [`apis/${GROUP_VERSION}`]: { serverRelativeURL: `/openapi/v3/apis/${GROUP_VERSION}` } } };
}

export function openApi3(version: string, docs: FieldDocs = {}): object {
  return {
    openapi: '3.0.0',
    info: { title: 'tilt-ts', version },
    paths: paths((schema) => ({
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
    })),
    components: { schemas: definitions('#/components/schemas/', docs) },
  };
}

export function openApi2(version: string, docs: FieldDocs = {}): object {
  return {
    swagger: '2.0',
    info: { title: 'tilt-ts', version },
    paths: paths((schema) => ({ schema: { $ref: `#/definitions/${schema}` } })),
    definitions: definitions('#/definitions/', docs),
  };
}

function schemaName(kind: ApiKind): string {
  return `${PREFIX}.${kind.kind}`;
}

function paths(content: (schema: string) => object): Record<string, object> {
  const all: Record<string, object> = {};
  for (const kind of KINDS.values()) {
    const base = `/apis/${GROUP_VERSION}/${kind.plural}`;
    const verbs = new Set(verbsOf(kind));
    const answer = { 200: { description: 'OK', ...content(schemaName(kind)) } };
    const operation = (action: string, more: object = {}) => ({
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': { group: GROUP, version: VERSION, kind: kind.kind },
      responses: answer,
      ...more,
    });
    // By these parameters clients know that the server checks fields, so that they need not.
    const checks = { parameters: [queryParameter('fieldValidation'), queryParameter('dryRun')] };
    all[base] = {
      get: operation('list'),
      ...(verbs.has('create') ? { post: operation('post', checks) } : {}),
    };
    all[`${base}/{name}`] = {
      get: operation('get'),
      ...(verbs.has('patch') ? { patch: operation('patch', checks), put: operation('put', checks) } : {}),
      ...(verbs.has('delete') ? { delete: operation('delete') } : {}),
    };
    if (hasStatus(kind)) all[`${base}/{name}/status`] = { get: operation('get') };
  }
  return all;
}

function queryParameter(name: string): object {
  return { name, in: 'query', schema: { type: 'string', uniqueItems: true } };
}

function definitions(prefix: string, docs: FieldDocs): Record<string, object> {
  const all: Record<string, object> = {
    [META]: {
      description: 'What every object has.',
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Names the object among those of its kind.' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        annotations: { type: 'object', additionalProperties: { type: 'string' } },
        uid: { type: 'string' },
        resourceVersion: { type: 'string' },
        creationTimestamp: { type: 'string', format: 'date-time' },
      },
    },
  };
  for (const kind of KINDS.values()) {
    const properties: Record<string, object> = {
      apiVersion: { type: 'string', description: `Always ${GROUP_VERSION}.` },
      kind: { type: 'string', description: `Always ${kind.kind}.` },
      metadata: { description: 'What every object has.', allOf: [{ $ref: `${prefix}${META}` }] },
    };
    for (const [field, schema] of Object.entries(bodySchema(kind.plural))) {
      const described = jsonSchema(schema, docs, `${kind.plural}.${field}`);
      properties[field] = { description: PARTS[field], ...described };
    }
    all[schemaName(kind)] = {
      description: kind.doc,
      type: 'object',
      properties,
      'x-kubernetes-group-version-kind': [{ group: GROUP, version: VERSION, kind: kind.kind }],
    };
  }
  return all;
}

/** `path` is where it stands: in lists and maps that of the list. */
function jsonSchema(schema: Schema, docs: FieldDocs, path: string): object {
  const description = docs[path];
  return { ...typeSchema(schema, docs, path), ...(description === undefined ? {} : { description }) };
}

function typeSchema(schema: Schema, docs: FieldDocs, path: string): object {
  if (typeof schema === 'string') {
    switch (schema) {
      case 'time':
        return { type: 'string', format: 'date-time' };
      case 'duration':
        return { type: 'string' };
      default:
        return { type: schema };
    }
  }
  if ('list' in schema) return { type: 'array', items: typeSchema(schema.list, docs, path) };
  if ('map' in schema) return { type: 'object', additionalProperties: typeSchema(schema.map, docs, path) };
  const properties = Object.entries(schema.fields).map(([name, field]) => [
    name,
    jsonSchema(field, docs, `${path}.${name}`),
  ]);
  return { type: 'object', properties: Object.fromEntries(properties) };
}
