// Failures as Kubernetes says them.

export interface Status {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: StatusDetails;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly StatusCause[];
}

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** Thrown by handlers of requests to end one with a failure. */
export class Refused extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.status = status;
  }
}

export function statusJson({ code, reason, message, details }: Status): string {
  return `${JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  })}\n`;
}

const GROUP = 'tilt.dev';

export function notFound(plural: string, name: string): Status {
  const message = `${plural}.${GROUP} "${name}" not found`;
  return { code: 404, reason: 'NotFound', message, details: { name, group: GROUP, kind: plural } };
}

export function noSuchPath(): Status {
  return { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' };
}

export function alreadyExists(plural: string, name: string): Status {
  const message = `${plural}.${GROUP} "${name}" already exists`;
  return { code: 409, reason: 'AlreadyExists', message, details: { name, group: GROUP, kind: plural } };
}

export function conflict(plural: string, name: string): Status {
  const message = `Operation cannot be fulfilled on ${plural}.${GROUP} "${name}": the object has been modified; please apply your changes to the latest version and try again`;
  return { code: 409, reason: 'Conflict', message, details: { name, group: GROUP, kind: plural } };
}

/** A server-side apply that would take fields from others. */
export function applyConflict(plural: string, name: string, causes: readonly StatusCause[]): Status {
  const [first] = causes;
  const list = causes.map(({ message, field }) => `- ${message}: ${field}`).join('\n');
  const told = causes.length === 1 ? ` ${first?.message}: ${first?.field}` : `\n${list}`;
  const message = `Apply failed with ${causes.length} conflict${causes.length === 1 ? '' : 's'}:${told}`;
  return { code: 409, reason: 'Conflict', message, details: { name, group: GROUP, kind: plural, causes } };
}

export function invalid(kind: string, name: string, causes: readonly StatusCause[]): Status {
  const lines = causes.map(({ field, message }) => `${field}: ${message}`);
  const told = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const message = `${kind}.${GROUP} "${name}" is invalid: ${told}`;
  return { code: 422, reason: 'Invalid', message, details: { name, group: GROUP, kind, causes } };
}

export function badRequest(message: string): Status {
  return { code: 400, reason: 'BadRequest', message };
}

/** `why` says what to do instead. */
export function methodNotAllowed(plural: string, why: string): Status {
  const message = `the server does not allow this method on the requested resource: ${why}`;
  return { code: 405, reason: 'MethodNotAllowed', message, details: { group: GROUP, kind: plural } };
}

export function forbidden(message: string): Status {
  return { code: 403, reason: 'Forbidden', message };
}

export function expired(version: number): Status {
  return { code: 410, reason: 'Expired', message: `too old resource version: ${version}` };
}

export function unsupportedType(type: string, accepted: readonly string[]): Status {
  const message = `the body of the request was in an unknown format (${type === '' ? 'none given' : type}) - accepted media types include: ${accepted.join(', ')}`;
  return { code: 415, reason: 'UnsupportedMediaType', message };
}

export function tooLarge(limit: number): Status {
  const message = `the body of the request is larger than ${limit} bytes`;
  return { code: 413, reason: 'RequestEntityTooLarge', message };
}
