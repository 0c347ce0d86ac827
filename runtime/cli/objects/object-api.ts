import type { IncomingMessage } from 'node:http';
import { ApiError, apiError } from '../../clients/kubernetes/errors.ts';
import type { ApiObject } from '../../report/objects/api-object.ts';
import type { OpenApiSchema } from '../../report/objects/explain-text.ts';
import type { ServerFlags } from '../running/session-address.ts';
import { tellProblem, textOf, type WebApi, type WebRequest, withWebApi } from '../running/web-api.ts';

/** What the API calls a kind of objects. */
export interface KindInfo {
  /** `uiresources` */
  readonly name: string;
  readonly singularName: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly verbs: readonly string[];
}

export const GROUP = 'tilt.dev';
export const VERSION = 'v1alpha1';
const BASE = `/apis/${GROUP}/${VERSION}`;

/** How objects are written. */
export interface WriteFlags extends ServerFlags {
  /** `none`, or `server` or `client`: nothing is changed then, and the answer is what it would come to. */
  readonly dryRun?: string | undefined;
  /** Whose the fields are that are written. */
  readonly fieldManager?: string | undefined;
  /** `strict` (or `true`) refuses fields that a kind does not have; everything else lets them pass. */
  readonly validate?: string | boolean | undefined;
  /** Show who set which field. */
  readonly showManagedFields?: boolean | undefined;
}

/** The objects of a running program. */
export class ObjectApi {
  readonly #client: WebApi;
  readonly #write: URLSearchParams;
  readonly #withManagers: boolean;
  #kinds: Promise<readonly KindInfo[]> | undefined;

  constructor(client: WebApi, flags: WriteFlags = {}) {
    this.#client = client;
    this.#write = writeQuery(flags);
    this.#withManagers = flags.showManagedFields === true;
  }

  kinds(): Promise<readonly KindInfo[]> {
    this.#kinds ??= this.#json<{ resources?: readonly Partial<KindInfo>[] }>(BASE).then(({ resources = [] }) =>
      resources.filter(({ name = '/' }) => !name.includes('/')).map(kindOf),
    );
    return this.#kinds;
  }

  /** The description of all kinds and their fields. */
  openApi(): Promise<OpenApiDocument> {
    return this.#json(`/openapi/v3${BASE}`);
  }

  async get(kind: KindInfo, name: string): Promise<ApiObject> {
    return this.#shown(await this.#json(objectPath(kind, name)));
  }

  async list(kind: KindInfo, query: URLSearchParams = new URLSearchParams()): Promise<ObjectList> {
    const list = await this.#json<RawList>(`${objectPath(kind)}${queryText(query)}`);
    // Lists leave out of their items what holds for all of them.
    const items = (list.items ?? []).map((item) =>
      this.#shown({ ...item, apiVersion: `${GROUP}/${VERSION}`, kind: kind.kind }),
    );
    return { items, resourceVersion: list.metadata?.resourceVersion ?? '' };
  }

  /** The changes since a version, as they come; ends when the server ends it. */
  async *watch(kind: KindInfo, query: URLSearchParams, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    query.set('watch', 'true');
    const stream = await this.#open(`${objectPath(kind)}${queryText(query)}`, { signal });
    stream.setEncoding('utf8');
    let rest = '';
    for await (const chunk of stream) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() === '') continue;
        const { type, object } = JSON.parse(line) as WatchEvent;
        yield { type, object: this.#shown(object) };
      }
    }
  }

  create(kind: KindInfo, object: object): Promise<ApiObject> {
    return this.#change(objectPath(kind), { method: 'POST', body: JSON.stringify(object) });
  }

  replace(kind: KindInfo, name: string, object: object): Promise<ApiObject> {
    return this.#change(objectPath(kind, name), { method: 'PUT', body: JSON.stringify(object) });
  }

  patch(kind: KindInfo, name: string, type: 'json' | 'merge', patch: string): Promise<ApiObject> {
    const contentType = type === 'json' ? 'application/json-patch+json' : 'application/merge-patch+json';
    return this.#change(objectPath(kind, name), { method: 'PATCH', body: patch, contentType });
  }

  /** A server-side apply; `force` takes fields that others set. */
  apply(kind: KindInfo, name: string, object: object, force: boolean): Promise<ApiObject> {
    const request = { method: 'PATCH', body: JSON.stringify(object), contentType: 'application/apply-patch+yaml' };
    return this.#change(objectPath(kind, name), request, { force: String(force) });
  }

  remove(kind: KindInfo, name: string): Promise<unknown> {
    return this.#json(`${objectPath(kind, name)}${queryText(this.#write)}`, { method: 'DELETE' });
  }

  async #change(path: string, request: WebRequest, more: Readonly<Record<string, string>> = {}): Promise<ApiObject> {
    const query = new URLSearchParams([...this.#write, ...Object.entries(more)]);
    return this.#shown(await this.#json(`${path}${queryText(query)}`, request));
  }

  #shown(object: ApiObject): ApiObject {
    if (this.#withManagers || object.metadata === undefined) return object;
    const { managedFields: _, ...metadata } = object.metadata as ApiObject['metadata'] & { managedFields?: unknown };
    return { ...object, metadata };
  }

  async #json<T>(path: string, request: WebRequest = {}): Promise<T> {
    return JSON.parse(await textOf(await this.#open(path, request))) as T;
  }

  /** Throws `ApiError` for what the program refuses. */
  async #open(path: string, request: WebRequest): Promise<IncomingMessage> {
    const answer = await this.#client.open(path, request);
    const status = answer.statusCode ?? 0;
    if (status < 300) return answer;
    throw apiError(status, await textOf(answer));
  }
}

export interface ObjectList {
  readonly items: readonly ApiObject[];
  readonly resourceVersion: string;
}
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ApiObject;
}
interface RawList {
  readonly items?: readonly ApiObject[];
  readonly metadata?: { readonly resourceVersion?: string };
}

/** What of an OpenAPI document counts here. */
export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

function writeQuery({ dryRun = 'none', fieldManager = 'tilt-ts', validate = 'strict' }: WriteFlags): URLSearchParams {
  const query = new URLSearchParams({ fieldManager });
  if (dryRun !== 'none') query.set('dryRun', 'All');
  if (validate === 'strict' || String(validate) === 'true') query.set('fieldValidation', 'Strict');
  return query;
}

function kindOf({ name = '', singularName = '', kind = '', shortNames = [], verbs = [] }: Partial<KindInfo>): KindInfo {
  return { name, singularName: singularName || kind.toLowerCase(), kind, shortNames, verbs };
}

function objectPath(kind: KindInfo, name = ''): string {
  return `${BASE}/${kind.name}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

function queryText(query: URLSearchParams): string {
  return query.size === 0 ? '' : `?${query}`;
}

/**
 * Does something with the objects of the running program, and tells what went wrong on stderr. Answers the exit code: what `run` says,
 * 4 when no program answers, 1 when it refuses.
 */
export function withObjects(flags: WriteFlags, run: (api: ObjectApi) => Promise<number>): Promise<number> {
  return withWebApi(flags, async (api) => {
    try {
      return await run(new ObjectApi(api, flags));
    } catch (error) {
      if (error instanceof ApiError) return tellProblem(serverWords(error));
      throw error;
    }
  });
}

/** As kubectl prefixes what a server refuses. */
export function serverWords({ reason, message }: ApiError): string {
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}
