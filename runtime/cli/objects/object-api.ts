import path from 'node:path';
import { KubernetesClient } from '../../clients/kubernetes/client.ts';
import { ApiError, UnreachableError } from '../../clients/kubernetes/errors.ts';
import type { ApiObject } from '../../report/objects/api-object.ts';
import { devFolder } from '../../server/dev-folder.ts';
import { ExitCode } from '../exit-code.ts';

/** Which running program a command talks to. */
export interface ServerFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** The port of the program's server: as the flag says, else `TILT_PORT`, else Tilt's own. */
export function serverPort(flags: ServerFlags, env: NodeJS.ProcessEnv = process.env): number {
  const asked = flags.port ?? Number(env.TILT_PORT ?? '');
  return Number.isInteger(asked) && asked > 0 ? asked : 10350;
}

/** The host on which the program's server listens. */
export function serverHost(flags: ServerFlags, env: NodeJS.ProcessEnv = process.env): string {
  return flags.host || env.TILT_HOST || 'localhost';
}

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

/** The objects of a running program. */
export class ObjectApi {
  readonly #client: KubernetesClient;
  #kinds: Promise<readonly KindInfo[]> | undefined;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  kinds(): Promise<readonly KindInfo[]> {
    this.#kinds ??= this.#client
      .json<{ resources?: readonly Partial<KindInfo>[] }>(BASE)
      .then(({ resources = [] }) => resources.filter(({ name = '/' }) => !name.includes('/')).map(kindOf));
    return this.#kinds;
  }

  get(kind: KindInfo, name: string): Promise<ApiObject> {
    return this.#client.json(objectPath(kind, name));
  }

  async list(kind: KindInfo, query: URLSearchParams = new URLSearchParams()): Promise<ObjectList> {
    const list = await this.#client.json<RawList>(`${objectPath(kind)}${queryText(query)}`);
    // Lists leave out of their items what holds for all of them.
    const items = (list.items ?? []).map((item) => ({ ...item, apiVersion: `${GROUP}/${VERSION}`, kind: kind.kind }));
    return { items, resourceVersion: list.metadata?.resourceVersion ?? '' };
  }

  /** The changes since a version, as they come; ends when the server ends it. */
  async *watch(kind: KindInfo, query: URLSearchParams, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    query.set('watch', 'true');
    const stream = await this.#client.stream(`${objectPath(kind)}${queryText(query)}`, { signal });
    stream.setEncoding('utf8');
    let rest = '';
    for await (const chunk of stream) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as WatchEvent;
    }
  }

  create(kind: KindInfo, object: object): Promise<ApiObject> {
    return this.#client.json(objectPath(kind), { method: 'POST', body: JSON.stringify(object) });
  }

  replace(kind: KindInfo, name: string, object: object): Promise<ApiObject> {
    return this.#client.json(objectPath(kind, name), { method: 'PUT', body: JSON.stringify(object) });
  }

  patch(kind: KindInfo, name: string, type: 'json' | 'merge', patch: string): Promise<ApiObject> {
    const contentType = type === 'json' ? 'application/json-patch+json' : 'application/merge-patch+json';
    return this.#client.json(objectPath(kind, name), { method: 'PATCH', body: patch, contentType });
  }

  remove(kind: KindInfo, name: string): Promise<unknown> {
    return this.#client.json(objectPath(kind, name), { method: 'DELETE' });
  }

  close(): Promise<void> {
    return this.#client.close();
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

function kindOf({ name = '', singularName = '', kind = '', shortNames = [], verbs = [] }: Partial<KindInfo>): KindInfo {
  return { name, singularName: singularName || kind.toLowerCase(), kind, shortNames, verbs };
}

function objectPath(kind: KindInfo, name = ''): string {
  return `${BASE}/${kind.name}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

function queryText(query: URLSearchParams): string {
  return query.size === 0 ? '' : `?${query}`;
}

/** What stands in the way of a command; `message` is all that people get to read. */
export class CommandProblem extends Error {}

/**
 * Does something with the objects of the running program, and tells what went wrong on stderr. Answers the exit code: what `run` says,
 * 4 when no program answers, 1 when it refuses.
 */
export async function withObjects(flags: ServerFlags, run: (api: ObjectApi) => Promise<number>): Promise<number> {
  const port = serverPort(flags);
  const env = { ...process.env, KUBECONFIG: path.join(devFolder(process.env), 'config') };
  const api = new ObjectApi(new KubernetesClient({ env, context: `tilt-${port}` }));
  try {
    return await run(api);
  } catch (error) {
    if (error instanceof CommandProblem) return fail(error.message);
    if (error instanceof ApiError) return fail(serverWords(error));
    if (error instanceof UnreachableError) {
      const help = 'Start tilt-ts up in another terminal, or say --port if it listens on another one.';
      return fail(`No tilt-ts found that runs on port ${port}.\n${help}`, ExitCode.unreachable);
    }
    throw error;
  } finally {
    await api.close();
  }
}

function fail(message: string, code: number = ExitCode.resourceFailed): number {
  process.stderr.write(`${message.startsWith('Error') ? '' : 'Error: '}${message}\n`);
  return code;
}

/** As kubectl prefixes what a server refuses. */
export function serverWords({ reason, message }: ApiError): string {
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}
