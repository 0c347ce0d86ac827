import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { Session } from '../engine/session.ts';
import { apiKey, type FieldManager, ownObjects } from '../state/api-state.ts';
import { TILTFILE_ID } from '../state/event.ts';
import { isRecord } from '../state/fields.ts';
import { toggleOf } from '../state/toggles.ts';
import type { ApiKind } from './kinds.ts';
import type { Draft } from './object-checks.ts';
import { TRIGGER_QUEUE } from './objects/configmap.ts';
import { DISABLE_KEY, disableName, TOGGLE_INPUT, TOGGLE_OFF, TOGGLE_ON, toggleName } from './objects/disable.ts';
import { faceName } from './objects/toggle-buttons.ts';
import { stopName } from './objects/uibutton.ts';
import { badRequest, methodNotAllowed, Refused } from './status.ts';

// What a write to an object of the API does to the session.

type Names = ReadonlyMap<string, string>;

/** Which resource an object belongs to that every resource has one of. */
function byName(session: Session, nameOf: (resource: string) => string): Names {
  return new Map((session.state.graph?.resources ?? []).map(({ name }) => [nameOf(name), name]));
}

/** Whether a client or the Tiltfile made the object. */
export function isOwn(session: Session, kind: ApiKind, name: string): boolean {
  return session.state.api.objects.has(apiKey(kind.plural, name));
}

/** Makes the session as the object says. Throws `Refused` for what cannot be written. */
export function put(
  session: Session,
  kind: ApiKind,
  name: string,
  draft: Draft,
  managers: readonly FieldManager[],
  isNew: boolean,
  now: number,
): void {
  const labels = draft.metadata.labels ?? {};
  const annotations = draft.metadata.annotations ?? {};
  const object = { resource: kind.plural, name, labels, annotations };
  if (kind.writes === 'args') {
    const args = isRecord(draft.spec) ? draft.spec.args : undefined;
    session.setArgs((args ?? []) as readonly string[]);
    return;
  }
  if (kind.writes === 'metadata') {
    session.dispatch({ at: now, kind: 'object-put', object: { ...object, body: {} } });
    return;
  }
  const resource = kind.plural === 'configmaps' ? byName(session, disableName).get(name) : undefined;
  if (resource !== undefined) {
    session.setEnabled([resource], !isDisabledBy(draft));
    return;
  }
  if (!isNew && !isOwn(session, kind, name)) throw new Refused(notYours(kind, name));
  const body: Record<string, Json> = {};
  for (const field of ['spec', 'data'] as const) {
    // It was checked against the schema: plain JSON.
    if (draft[field] !== undefined) body[field] = draft[field] as Json;
  }
  session.dispatch({ at: now, kind: 'object-put', object: { ...object, body, managers } });
}

function isDisabledBy({ data }: Draft): boolean {
  const value = isRecord(data) ? data[DISABLE_KEY] : undefined;
  if (value !== 'true' && value !== 'false') {
    throw new Refused(badRequest(`data.${DISABLE_KEY} must be "true" or "false", got ${JSON.stringify(value)}`));
  }
  return value === 'true';
}

function notYours(kind: ApiKind, name: string) {
  const why =
    name === TRIGGER_QUEUE
      ? 'ask for an update with POST /api/trigger'
      : `"${name}" follows from what the Tiltfile declares and cannot be changed`;
  return methodNotAllowed(kind.plural, why);
}

/** Deletes an object that somebody made. Throws `Refused` for others. */
export function remove(session: Session, kind: ApiKind, name: string, now: number): void {
  if (kind.writes !== 'own' || !isOwn(session, kind, name)) throw new Refused(notYours(kind, name));
  session.dispatch({ at: now, kind: 'object-removed', resource: kind.plural, name });
}

/** When the client clicked, as it wrote that, and with which inputs. */
export interface ClickRequest {
  readonly stamp: string;
  readonly inputs: readonly Json[];
}

/** A click on a button: those that resources have by themselves do what they say, others start commands. */
export function click(session: Session, name: string, { stamp, inputs }: ClickRequest, now: number): void {
  const toggled = byName(session, toggleName).get(name);
  const own = [...ownObjects(session.state.api, 'togglebuttons')].find((object) => faceName(object.name) === name);
  if (toggled !== undefined) {
    // The button turns the disabling on and off.
    session.setEnabled([toggled], !isTurnedOn(inputs));
  } else if (own !== undefined) {
    const { configMap, key, onValue, offValue } = toggleOf(own, session.state);
    setConfigValue(session, configMap, key, isTurnedOn(inputs) ? onValue : offValue, now);
  } else {
    const stopped = name === stopName(TILTFILE_ID) ? TILTFILE_ID : byName(session, stopName).get(name);
    if (stopped !== undefined) session.cancel(stopped);
  }
  session.dispatch({ at: now, kind: 'button-clicked', button: name, stamp, inputs });
}

/** What a click on a toggle button says. Throws `Refused` when it says nothing. */
function isTurnedOn(inputs: readonly Json[]): boolean {
  const wanted = inputs.map((input) => (isRecord(input) && input.name === TOGGLE_INPUT ? input.hidden : undefined));
  const value = wanted.map((hidden) => (isRecord(hidden) ? hidden.value : undefined)).find((one) => one !== undefined);
  if (value === TOGGLE_ON || value === TOGGLE_OFF) return value === TOGGLE_ON;
  const message = `the input "${TOGGLE_INPUT}" of the click must be "${TOGGLE_ON}" or "${TOGGLE_OFF}"`;
  throw new Refused(badRequest(message));
}

function setConfigValue(session: Session, name: string, key: string, value: string, now: number): void {
  const resource = byName(session, disableName).get(name);
  if (resource !== undefined && key === DISABLE_KEY) {
    session.setEnabled([resource], value !== 'true');
    return;
  }
  const before = session.state.api.objects.get(apiKey('configmaps', name));
  const { labels = {}, annotations = {}, managers } = before ?? {};
  const data = { ...(isRecord(before?.body.data) ? before.body.data : {}), [key]: value } as Readonly<
    Record<string, Json>
  >;
  const object = { resource: 'configmaps', name, labels, annotations, body: { data }, ...(managers && { managers }) };
  session.dispatch({ at: now, kind: 'object-put', object });
}
