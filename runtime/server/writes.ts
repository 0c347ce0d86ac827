import type { ServerResponse } from 'node:http';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { Session } from '../engine/session.ts';
import { apiKey, type FieldManager } from '../state/api-state.ts';
import { isRecord } from '../state/fields.ts';
import { sameData } from '../state/same-data.ts';
import type { ApiObject, Catalogue } from './catalogue.ts';
import { type ClickRequest, click, put, remove } from './effects.ts';
import { applied, conflictCause, updated, type Writer, writtenManagers } from './field-managers.ts';
import { type ApiKind, GROUP, GROUP_VERSION } from './kinds.ts';
import { checkOwn, type Draft, draftOf } from './object-checks.ts';
import { patched } from './patch.ts';
import { sendJson } from './reply.ts';
import { selectorOf } from './selectors.ts';
import { alreadyExists, applyConflict, badRequest, conflict, methodNotAllowed, notFound, Refused } from './status.ts';

/** A request that changes something. */
export interface Write {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly kind: ApiKind;
  /** What the body of the request says, and what it is written in. */
  readonly body: unknown;
  readonly type: string;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly now: number;
  /** Who writes, for the ownership of fields. */
  readonly manager: string;
}

export async function createObject(write: Write): Promise<void> {
  const { catalogue, kind } = write;
  if (kind.writes !== 'own') throw new Refused(methodNotAllowed(kind.plural, 'such objects follow from the Tiltfile'));
  const draft = draftOf(kind, write.body, isStrict(write.query));
  const { generateName } = draft.metadata;
  const name = draft.metadata.name ?? (generateName === undefined ? '' : `${generateName}${randomSuffix()}`);
  checkOwn(kind, name, draft);
  if (catalogue.get(kind, name) !== undefined) throw new Refused(alreadyExists(kind.plural, name));
  await applyDraft(write, name, draft, undefined, 201);
}

/** `part` is `status` when only that is written. */
export async function replaceObject(write: Write, name: string, part: string): Promise<void> {
  const { catalogue, kind, query } = write;
  const before = catalogue.get(kind, name)?.object;
  if (before === undefined) throw new Refused(notFound(kind.plural, name));
  const draft = draftOf(kind, write.body, isStrict(query));
  await change(write, name, part, before, draft);
}

export async function patchObject(write: Write, name: string, part: string): Promise<void> {
  const { catalogue, kind, type, body: patch, query } = write;
  const before = catalogue.get(kind, name)?.object;
  const isApply = type === 'application/apply-patch+yaml';
  if (isApply && part === '' && kind.writes === 'own' && isOwnOrNew(write, name, before)) {
    await applyObject(write, name, before);
    return;
  }
  if (before === undefined) {
    if (!isApply) throw new Refused(notFound(kind.plural, name));
    throw new Refused(methodNotAllowed(kind.plural, 'such objects follow from the Tiltfile'));
  }
  await change(write, name, part, before, draftOf(kind, patched(before, patch, type), isStrict(query)));
}

function isOwnOrNew({ session, kind }: Write, name: string, before: ApiObject | undefined): boolean {
  return before === undefined || session.state.api.objects.has(apiKey(kind.plural, name));
}

/** A server-side apply. */
async function applyObject(write: Write, name: string, before: ApiObject | undefined): Promise<void> {
  const { kind, query, body } = write;
  const config = draftOf(kind, body, isStrict(query));
  checkName(config, name);
  if (config.metadata.managedFields !== undefined) throw new Refused(badRequest('metadata.managedFields must be nil'));
  const { uid } = config.metadata;
  if (uid !== undefined && uid !== before?.metadata.uid) throw new Refused(conflict(kind.plural, name));
  const live = before ?? { metadata: {} };
  const result = applied(live, managersOf(write, name), config, writerOf(write), query.get('force') === 'true');
  if (!result.ok) throw new Refused(applyConflict(kind.plural, name, result.conflicts.map(conflictCause)));
  const draft = draftOf(kind, { ...result.object, kind: kind.kind }, false);
  checkOwn(kind, name, draft);
  await applyDraft(write, name, draft, before, before === undefined ? 201 : 200, result.managers);
}

function managersOf({ session, kind }: Write, name: string): readonly FieldManager[] {
  const object = session.state.api.objects.get(apiKey(kind.plural, name));
  if (object === undefined || object.managers !== undefined) return object?.managers ?? [];
  // What the Tiltfile made is all its own.
  const { labels, annotations, body, createdAt } = object;
  return updated(undefined, [], { metadata: { labels, annotations }, ...body }, { manager: 'tilt', at: createdAt });
}

function writerOf({ manager, now }: Write): Writer {
  return { manager, at: now };
}

function checkName({ metadata }: Draft, name: string): void {
  if (metadata.name === undefined || metadata.name === name) return;
  const message = `the name of the object (${metadata.name}) does not match the name on the URL (${name})`;
  throw new Refused(badRequest(message));
}

export async function deleteObject(write: Write, name: string): Promise<void> {
  const { session, catalogue, kind, query, response, now } = write;
  const before = catalogue.get(kind, name)?.object;
  if (before === undefined) throw new Refused(notFound(kind.plural, name));
  const options = write.body;
  const conditions = isRecord(options) && isRecord(options.preconditions) ? options.preconditions : {};
  const { uid, resourceVersion } = conditions;
  if (uid !== undefined && uid !== before.metadata.uid) throw new Refused(conflict(kind.plural, name));
  if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion) {
    throw new Refused(conflict(kind.plural, name));
  }
  if (!isDryRun(query)) {
    remove(session, kind, name, now);
    await reduced();
  }
  sendJson(response, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, group: GROUP, kind: kind.plural, uid: before.metadata.uid },
  });
}

/** Deletes what clients and the Tiltfile made, as far as the request selects it. */
export async function deleteObjects(write: Write): Promise<void> {
  const { session, catalogue, kind, query, response, now } = write;
  if (kind.writes !== 'own') throw new Refused(methodNotAllowed(kind.plural, 'such objects follow from the Tiltfile'));
  const selects = selectorOf(query);
  const chosen = catalogue.list(kind).filter(({ object }) => selects(object));
  const own = chosen.filter(({ object }) => session.state.api.objects.has(apiKey(kind.plural, object.metadata.name)));
  if (!isDryRun(query)) {
    for (const { object } of own) remove(session, kind, object.metadata.name, now);
    await reduced();
  }
  const metadata = { resourceVersion: String(catalogue.version) };
  sendJson(response, {
    kind: `${kind.kind}List`,
    apiVersion: GROUP_VERSION,
    metadata,
    items: own.map(({ object }) => object),
  });
}

async function change(write: Write, name: string, part: string, before: ApiObject, draft: Draft): Promise<void> {
  const { session, catalogue, kind, response, query, now } = write;
  if (kind.writes === 'none') throw new Refused(methodNotAllowed(kind.plural, 'such objects follow from the Tiltfile'));
  const { metadata } = draft;
  checkName(draft, name);
  const { resourceVersion, uid } = metadata;
  const isOld =
    resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== before.metadata.resourceVersion;
  if (isOld || (uid !== undefined && uid !== before.metadata.uid)) throw new Refused(conflict(kind.plural, name));
  if (part === 'status') {
    if (kind.plural !== 'uibuttons') {
      throw new Refused(methodNotAllowed(kind.plural, 'the session itself writes the status'));
    }
    const clicked = clickOf(before, draft);
    if (clicked !== undefined && !isDryRun(query)) {
      click(session, name, clicked, now);
      await reduced();
    }
    sendJson(response, catalogue.get(kind, name)?.json ?? before);
    return;
  }
  if (kind.writes === 'own') checkOwn(kind, name, draft);
  await applyDraft(write, name, draft, before, 200);
}

/** The click that the status says; nothing when it is no new one. */
function clickOf(before: ApiObject, draft: Draft): ClickRequest | undefined {
  const status = isRecord(draft.status) ? draft.status : {};
  const old = isRecord(before.status) ? before.status.lastClickedAt : undefined;
  const { lastClickedAt, inputs } = status;
  if (typeof lastClickedAt !== 'string' || lastClickedAt === old) return undefined;
  return { stamp: lastClickedAt, inputs: (inputs ?? []) as readonly Json[] };
}

async function applyDraft(
  write: Write,
  name: string,
  draft: Draft,
  before: ApiObject | undefined,
  code: number,
  owners?: readonly FieldManager[],
): Promise<void> {
  const { session, catalogue, kind, query, response, now } = write;
  const known = managersOf(write, name);
  const managers = owners ?? writtenBy(draft, before, now) ?? updated(before, known, draft, writerOf(write));
  const same = before !== undefined && sameWrite(before, draft) && sameData(known, managers);
  if (!same && !isDryRun(query)) {
    put(session, kind, name, draft, managers, before === undefined, now);
    await reduced();
  }
  const after = catalogue.get(kind, name)?.json;
  const { status: _status, ...written } = draft;
  const told = { apiVersion: GROUP_VERSION, kind: kind.kind, ...written, metadata: { ...draft.metadata, name } };
  sendJson(response, isDryRun(query) ? told : (after ?? told), code);
}

/** The owners that a client wrote itself, in place of those that there were. */
function writtenBy({ metadata }: Draft, before: ApiObject | undefined, now: number) {
  const written = metadata.managedFields;
  if (written === undefined || sameData(written, before?.metadata.managedFields)) return undefined;
  return writtenManagers(written, now);
}

function sameWrite(before: ApiObject, draft: Draft): boolean {
  const content = ({
    metadata,
    spec,
    data,
  }: Pick<ApiObject, 'spec' | 'data'> & { readonly metadata: Draft['metadata'] }) =>
    JSON.stringify([metadata.labels ?? {}, metadata.annotations ?? {}, spec, data]);
  return content(before) === content(draft);
}

/** Events are reduced in the next turn of the loop. */
function reduced(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isDryRun(query: URLSearchParams): boolean {
  return query.get('dryRun') === 'All';
}

/** Clients that leave it to the server say so. */
function isStrict(query: URLSearchParams): boolean {
  return query.get('fieldValidation') === 'Strict';
}

function randomSuffix(): string {
  return Math.random().toString(36).slice(2, 7).padEnd(5, 'x');
}
