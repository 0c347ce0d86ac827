import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Collection } from './collection.ts';
import { Discovery } from './discovery.ts';
import { Endpoint } from './endpoint.ts';
import { type ApiError, apiError, ConnectionError, UnreachableError } from './errors.ts';
import { Gate } from './gate.ts';
import type { KubeTarget } from './kubeconfig.ts';
import type { ApiObject } from './objects.ts';
import { Owners } from './owners.ts';
import type { ConnectOptions, RequestOptions } from './transport.ts';
import { warningTexts } from './warning-header.ts';

export interface ClientOptions {
  /** Default: the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: the kubeconfig's current one. */
  readonly context?: string;
  /** Default: the context's. */
  readonly namespace?: string;
}

/** Requests that change something, at a time: more of them would be put off by the server's own limits. */
const CHANGES_AT_ONCE = 24;
/** How often a request is put off by the server before its refusal counts. */
const POSTPONED_TIMES = 10;

/**
 * One API server, as the kubeconfig says. Reads the kubeconfig at the first use and then keeps to the context that it found.
 * Requests throw `UnreachableError` when there is no answer, `ApiError` when the answer is a refusal.
 */
export class KubernetesClient {
  readonly env: NodeJS.ProcessEnv;
  readonly discovery = new Discovery((path, signal) => this.json(path, { signal }));
  readonly owners = new Owners(this);
  readonly #endpoint: Endpoint;
  readonly #changes = new Gate(CHANGES_AT_ONCE);
  readonly #collections = new Map<string, Collection<ApiObject>>();
  #clockOffsetMs = 0;

  constructor(options: ClientOptions = {}) {
    this.env = options.env ?? process.env;
    this.#endpoint = new Endpoint(this.env, options.context ?? '', options.namespace ?? '');
  }

  async target(): Promise<KubeTarget> {
    return (await this.#endpoint.open()).target;
  }

  /** The namespace of objects that name none. */
  async namespace(): Promise<string> {
    return (await this.target()).namespace || 'default';
  }

  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const text = await (options.method === undefined
      ? this.#text(path, options)
      : this.#changes.pass(() => this.#text(path, options)));
    return JSON.parse(text) as T;
  }

  async #text(path: string, options: RequestOptions): Promise<string> {
    const answer = await this.stream(path, options);
    let text = '';
    answer.setEncoding('utf8');
    try {
      for await (const chunk of answer) text += chunk;
    } catch (error) {
      options.signal?.throwIfAborted();
      throw new ConnectionError('the connection was cut', { cause: error });
    }
    return text;
  }

  /** The body as it comes. Throws `ApiError` for status codes of 300 and above; a server that is busy is asked again when it says. */
  async stream(path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    for (let postponed = 0; ; postponed++) {
      const answer = await this.#send(path, options);
      this.#setClock(answer.headers.date);
      const warning = answer.headers.warning;
      if (options.onWarning) for (const text of warningTexts(warning)) options.onWarning(text);
      const status = answer.statusCode ?? 0;
      if (status < 300) return answer;
      const error = await refusal(answer, status);
      if (error.retryAfterMs === undefined || postponed === POSTPONED_TIMES) throw error;
      await delay(error.retryAfterMs, undefined, options.signal ? { signal: options.signal } : {});
    }
  }

  async connectOptions(path: string): Promise<ConnectOptions> {
    return (await this.#endpoint.open()).transport.connectOptions(path);
  }

  /** After a connection of one's own was answered by 401: whatever is asked for next looks for another login, if there is one. */
  async renewLogin(): Promise<void> {
    await this.json('/version').catch(() => undefined);
  }

  /**
   * Objects at a path, listed and followed as long as someone subscribes; one connection however many do. `keep`, the
   * same for all who name the path, answers what of an object is needed.
   */
  collection<T extends ApiObject>(path: string, keep?: (object: T) => T | undefined): Collection<T> {
    const known = this.#collections.get(path);
    if (known) return known as unknown as Collection<T>;
    const collection = new Collection<T>(this, path, keep);
    this.#collections.set(path, collection as unknown as Collection<ApiObject>);
    return collection;
  }

  /** The cluster's clock, in milliseconds since the epoch, to about a second. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** Closes all connections; requests that are under way fail. */
  async close(): Promise<void> {
    for (const collection of this.#collections.values()) collection.stop();
    await this.#endpoint.close();
  }

  /** Once more when the kubeconfig has another address or login by now. */
  async #send(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const opened = await this.#endpoint.open();
    try {
      const answer = await opened.transport.send(path, options);
      if (answer.statusCode !== 401 || !(await this.#endpoint.renew(opened))) return answer;
      answer.resume();
    } catch (error) {
      if (!(error instanceof UnreachableError) || !(await this.#endpoint.renew(opened))) throw error;
    }
    return (await this.#endpoint.open()).transport.send(path, options);
  }

  #setClock(date: string | undefined): void {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return;
    // The header holds whole seconds, so smaller differences mean nothing.
    const offset = server + 500 - Date.now();
    this.#clockOffsetMs = Math.abs(offset) > 1500 ? offset : 0;
  }
}

async function refusal(answer: IncomingMessage, status: number): Promise<ApiError> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk);
  } catch (error) {
    throw new ConnectionError('the connection was cut', { cause: error });
  }
  return apiError(status, Buffer.concat(chunks).toString('utf8'), answer.headers['retry-after']);
}
