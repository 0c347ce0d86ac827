import path from 'node:path';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import { isRecord } from '../state/fields.ts';
import type { ApiKind } from './kinds.ts';
import { misfits } from './schema.ts';
import { objectSchema } from './schemas.ts';
import { badRequest, invalid, Refused, type StatusCause } from './status.ts';

export interface Draft {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata: DraftMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly data?: unknown;
}

export interface DraftMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly resourceVersion?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: unknown;
}

/** What a client sent as an object of a kind, with the fields that the kind has. `strict` refuses fields that it has not. Throws `Refused`. */
export function draftOf(kind: ApiKind, value: unknown, strict: boolean): Draft {
  if (!isRecord(value)) throw new Refused(badRequest('the body of the request must be an object'));
  const metadata = value.metadata ?? {};
  if (!isRecord(metadata)) throw new Refused(badRequest('metadata must be an object'));
  for (const field of ['labels', 'annotations']) {
    const values = metadata[field];
    if (values === undefined || values === null) continue;
    const good = isRecord(values) && Object.values(values).every((one) => typeof one === 'string');
    if (!good) throw new Refused(badRequest(`metadata.${field} must be an object of strings`));
  }
  if (value.kind !== undefined && value.kind !== kind.kind) {
    throw new Refused(
      badRequest(`the object is of kind ${JSON.stringify(value.kind)}, the request is for ${kind.kind}`),
    );
  }
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...body } = value;
  const { unknown, wrong } = misfits(body, objectSchema(kind.plural));
  if (wrong.length > 0) throw new Refused(badRequest(`${kind.kind} cannot be read: ${wrong.join('; ')}`));
  if (unknown.length > 0 && strict) {
    const fields = unknown.map((field) => `unknown field ${JSON.stringify(field)}`).join(', ');
    throw new Refused(badRequest(`strict decoding error: ${fields}`));
  }
  return { ...(body as object), metadata: metadata as DraftMeta };
}

/** Throws `Refused` for an object that makes no sense, whatever its types. */
export function checkOwn(kind: ApiKind, name: string, draft: Draft): void {
  const causes = [...nameProblems(name), ...specProblems(kind, isRecord(draft.spec) ? draft.spec : {})];
  if (causes.length > 0) throw new Refused(invalid(kind.kind, name, causes));
}

function* nameProblems(name: string): Generator<StatusCause> {
  if (name === '') yield required('metadata.name', 'name or generateName is required');
  if (name === '.' || name === '..' || /[/%]/.test(name)) {
    yield wrongValue('metadata.name', name, "must not be '.' or '..', or contain '/' or '%'");
  }
}

function* specProblems({ plural }: ApiKind, spec: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  if (plural === 'uibuttons') yield* buttonProblems(spec);
  if (plural === 'filewatches') {
    const paths = (spec.watchedPaths ?? []) as readonly string[];
    if (paths.length === 0) yield required('spec.watchedPaths', 'cannot be an empty list');
    for (const [index, one] of paths.entries()) {
      if (!path.isAbsolute(one)) yield wrongValue(`spec.watchedPaths[${index}]`, one, 'must be an absolute path');
    }
  }
  if (plural === 'extensions' && (spec.repoName ?? '') === '')
    yield required('spec.repoName', 'an extension has a repository');
  if (plural === 'extensionrepos') {
    const url = String(spec.url ?? '');
    if (!/^(https?|file):\/\//.test(url)) {
      yield wrongValue('spec.url', url, 'URLs must start with http(s):// or file://');
    } else if (url.startsWith('file://') && !path.isAbsolute(url.slice('file://'.length))) {
      yield wrongValue('spec.url', url, 'file:// URLs must be absolute (e.g., file:///home/user/repo)');
    }
  }
  if (plural === 'kubernetesapplys') yield* applyProblems(spec);
  if (plural === 'kubernetesdiscoveries') yield* discoveryProblems(spec);
  if (plural === 'portforwards') yield* forwardProblems(spec);
  if (plural === 'togglebuttons') yield* toggleProblems(spec);
  if (plural === 'cmds' && ((spec.args ?? []) as readonly string[]).length === 0) {
    yield required('spec.args', 'a command needs a program at least');
  }
}

function* buttonProblems(spec: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  if ((spec.text ?? '') === '') yield required('spec.text', 'Button text cannot be empty');
  const { componentID = '', componentType = '' } = (spec.location ?? {}) as Readonly<Record<string, string>>;
  if (componentID === '') yield required('spec.location.componentID', 'Parent component ID is required');
  if (componentType === '') yield required('spec.location.componentType', 'Parent component type is required');
  const icon = String(spec.iconSVG ?? '');
  if (icon !== '' && !icon.includes('<svg')) yield wrongValue('spec.iconSVG', icon, 'Invalid <svg> element');
  const names = new Set<unknown>();
  for (const [index, input] of ((spec.inputs ?? []) as readonly Readonly<Record<string, unknown>>[]).entries()) {
    const field = `spec.inputs[${index}]`;
    if (names.has(input.name)) {
      yield {
        reason: 'FieldValueDuplicate',
        field: `${field}.name`,
        message: `Duplicate value: ${JSON.stringify(input.name)}`,
      };
    }
    names.add(input.name);
    const types = ['text', 'bool', 'hidden', 'choice'].filter((type) => isRecord(input[type]));
    if (types.length !== 1) yield wrongValue(field, input, 'must specify exactly one input type');
    const choices = isRecord(input.choice) ? ((input.choice.choices ?? []) as readonly string[]) : undefined;
    if (choices?.length === 0) yield wrongValue(field, input, 'must specify choices if input type is choice');
  }
}

function* applyProblems(spec: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  const { yaml = '', applyCmd, discoveryStrategy = '', kubernetesDiscoveryTemplateSpec: discovery } = spec;
  const selectors = isRecord(discovery) ? ((discovery.extraSelectors ?? []) as readonly unknown[]) : [];
  yield* selectorProblems(selectors, 'spec.kubernetesDiscoveryTemplateSpec.extraSelectors');
  const strategies = ['default', 'selectors-only'];
  if (discoveryStrategy !== '' && !strategies.includes(String(discoveryStrategy))) {
    const supported = strategies.map((one) => JSON.stringify(one)).join(', ');
    const message = `Unsupported value: ${JSON.stringify(discoveryStrategy)}: supported values: ${supported}`;
    yield { reason: 'FieldValueNotSupported', field: 'spec.discoveryStrategy', message } as const;
  }
  const one = 'must specify exactly ONE of .spec.yaml or .spec.applyCmd';
  if (yaml !== '' && isRecord(applyCmd)) yield wrongValue('spec.applyCmd', applyCmd, one);
  if (yaml === '' && !isRecord(applyCmd)) yield required('spec.yaml', one);
  if (isRecord(applyCmd) && ((applyCmd.args ?? []) as readonly string[]).length === 0) {
    yield required('spec.applyCmd.args', 'args cannot be empty');
  }
}

function* discoveryProblems(spec: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  const watches = (spec.watches ?? []) as readonly Readonly<Record<string, unknown>>[];
  const selectors = (spec.extraSelectors ?? []) as readonly unknown[];
  if (watches.length === 0 && selectors.length === 0) {
    yield required('spec.watches', 'One or more watches or extraSelectors are required');
  }
  for (const [index, { namespace = '' }] of watches.entries()) {
    if (namespace === '') yield required(`spec.watches[${index}]`, 'Namespace must be provided');
  }
  yield* selectorProblems(selectors, 'spec.extraSelectors');
}

function* toggleProblems({ stateSource }: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  const source = isRecord(stateSource) ? stateSource.configMap : undefined;
  if (!isRecord(source)) {
    yield wrongValue('Spec.StateSource', stateSource, 'must specify exactly one kind of StateSource');
    return;
  }
  const { name = '', key = '', onValue = 'true', offValue = 'false' } = source;
  for (const [field, value] of Object.entries({ name, key })) {
    if (value === '') yield required(`spec.stateSource.configMap.${field}`, 'says where the state is kept');
  }
  if (onValue === offValue) yield wrongValue('Spec.StateSource.ConfigMap', source, 'OnValue and OffValue must differ');
}

function* selectorProblems(selectors: readonly unknown[], field: string): Generator<StatusCause> {
  for (const [index, selector] of selectors.entries()) {
    const conditions = isRecord(selector) ? ((selector.matchExpressions ?? []) as readonly Json[]) : [];
    for (const [place, condition] of conditions.entries()) {
      const operator = isRecord(condition) ? condition.operator : undefined;
      if (OPERATORS.includes(String(operator))) continue;
      const at = `${field}[${index}].matchExpressions[${place}].operator`;
      yield wrongValue(at, operator, `not a valid label selector operator: there are ${OPERATORS.join(', ')}`);
    }
  }
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function* forwardProblems(spec: Readonly<Record<string, unknown>>): Generator<StatusCause> {
  if ((spec.podName ?? '') === '') yield required('spec.podName', 'PodName cannot be empty');
  const forwards = (spec.forwards ?? []) as readonly Readonly<Record<string, number | undefined>>[];
  if (forwards.length === 0) yield required('spec.forwards', 'At least one Forward is required');
  const taken = new Set<number>();
  for (const [index, { localPort = 0, containerPort = 0 }] of forwards.entries()) {
    const field = `spec.forwards[${index}]`;
    if (localPort !== 0 && taken.has(localPort)) {
      const message = `Duplicate value: ${localPort}: Cannot bind more than one forward to same LocalPort`;
      yield { reason: 'FieldValueDuplicate', field: `${field}.localPort`, message };
    }
    taken.add(localPort);
    if (localPort < 0 || localPort > 65_535) {
      yield wrongValue(`${field}.localPort`, localPort, 'LocalPort must be in the range [0, 65535]');
    }
    if (containerPort <= 0 || containerPort > 65_535) {
      yield wrongValue(`${field}.containerPort`, containerPort, 'ContainerPort must be in the range (0, 65535]');
    }
  }
}

function required(field: string, detail: string): StatusCause {
  return { reason: 'FieldValueRequired', field, message: `Required value: ${detail}` };
}

function wrongValue(field: string, value: unknown, detail: string): StatusCause {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}
