import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../engine/session.ts';
import type { Catalogue } from './catalogue.ts';
import { CORE_VERSIONS, GROUPS, OWN_GROUP, resourceList, serverVersion } from './discovery.ts';
import { GROUP, GROUP_VERSION, KINDS } from './kinds.ts';
import { type FieldDocs, openApi2, openApi3, openApiRoot } from './openapi.ts';
import { readObject, readObjects } from './reads.ts';
import { contentType, parsedBody, sendJson, sendText } from './reply.ts';
import { methodNotAllowed, noSuchPath, Refused } from './status.ts';
import { createObject, deleteObject, deleteObjects, patchObject, replaceObject } from './writes.ts';

export interface ApiParts {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly version: string;
  readonly now: () => number;
  /** What fields mean, for the description of the API. */
  readonly docs?: (() => Promise<FieldDocs>) | undefined;
}

/** Answers requests for objects in the style of Kubernetes. */
export class ApiRequests {
  readonly #parts: ApiParts;
  /** Writes happen one after the other: each sees what the one before did. */
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** Whether the path is one of those that Kubernetes has. */
  static answers(path: string): boolean {
    return /^\/(api|apis(\/.*)?|openapi\/.*|version|healthz|livez|readyz)$/.test(path);
  }

  /** Whether the answer says nothing of the session. */
  static isPublic(path: string): boolean {
    return /^\/(version|healthz|livez|readyz)$/.test(path);
  }

  async answer(
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const known = await this.#document(path);
    if (known !== undefined) {
      if (typeof known === 'string') sendText(response, 200, known);
      else sendJson(response, known);
      return;
    }
    const match = /^\/apis\/tilt\.dev\/v1alpha1\/([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?$/.exec(path);
    const [, plural = '', encoded, part = ''] = match ?? [];
    const kind = KINDS.get(plural);
    if (kind === undefined || (part !== '' && part !== 'status')) throw new Refused(noSuchPath());
    const name = encoded === undefined ? undefined : decodeURIComponent(encoded);
    const { session, catalogue, now } = this.#parts;
    const method = request.method ?? 'GET';
    if (method === 'GET' || method === 'HEAD') {
      if (name === undefined) readObjects(catalogue, kind, request, response, query);
      else readObject(catalogue, kind, name, request, response, query);
      return;
    }
    const body = await parsedBody(request);
    const manager = managerOf(request, query);
    const write = { session, catalogue, kind, body, type: contentType(request), response, query, now: now(), manager };
    await this.#exclusively(async () => {
      if (method === 'POST' && name === undefined) await createObject(write);
      else if (method === 'PUT' && name !== undefined) await replaceObject(write, name, part);
      else if (method === 'PATCH' && name !== undefined) await patchObject(write, name, part);
      else if (method === 'DELETE' && name !== undefined && part === '') await deleteObject(write, name);
      else if (method === 'DELETE' && name === undefined) await deleteObjects(write);
      else throw new Refused(methodNotAllowed(plural, `${method} is not possible here`));
    });
  }

  #exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#lastWrite.then(task);
    this.#lastWrite = run.catch(() => {});
    return run;
  }

  async #document(path: string): Promise<object | string | undefined> {
    const { version, docs } = this.#parts;
    switch (path) {
      case '/api':
        return CORE_VERSIONS;
      case '/apis':
        return GROUPS;
      case `/apis/${GROUP}`:
        return OWN_GROUP;
      case `/apis/${GROUP_VERSION}`:
        return resourceList();
      case '/openapi/v2':
        return openApi2(version, await docs?.());
      case '/openapi/v3':
        return openApiRoot();
      case `/openapi/v3/apis/${GROUP_VERSION}`:
        return openApi3(version, await docs?.());
      case '/version':
        return serverVersion(version);
      case '/healthz':
      case '/livez':
      case '/readyz':
        return 'ok';
      default:
        return undefined;
    }
  }
}

/** As the client names itself, else by its program. */
function managerOf({ headers }: IncomingMessage, query: URLSearchParams): string {
  return query.get('fieldManager') || (headers['user-agent'] ?? '').split('/', 1)[0] || 'unknown';
}
