import type { IncomingMessage } from 'node:http';
import { Collection } from './collection.ts';
import { Discovery } from './discovery.ts';
import { apiError, UnreachableError } from './errors.ts';
import type { KubeTarget } from './kubeconfig.ts';
import { findTarget } from './kubeconfig-files.ts';
import type { ApiObject } from './objects.ts';
import { Owners } from './owners.ts';
import { type ConnectOptions, createTransport, type RequestOptions, type Transport } from './transport.ts';

export interface ClientOptions {
  /** Default: the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: the kubeconfig's current one. */
  readonly context?: string;
  /** Default: the context's. */
  readonly namespace?: string;
}

/**
 * One API server, as the kubeconfig says. Reads the kubeconfig at the first use and then keeps to it.
 * Requests throw `UnreachableError` when there is no answer, `ApiError` when the answer is a refusal.
 */
export class KubernetesClient {
  readonly env: NodeJS.ProcessEnv;
  readonly discovery = new Discovery((path, signal) => this.json(path, { signal }));
  readonly owners = new Owners(this);
  readonly #context: string;
  readonly #namespace: string;
  readonly #collections = new Map<string, Collection<ApiObject>>();
  #opened: Promise<{ readonly target: KubeTarget; readonly transport: Transport }> | undefined;
  #clockOffsetMs = 0;

  constructor(options: ClientOptions = {}) {
    this.env = options.env ?? process.env;
    this.#context = options.context ?? '';
    this.#namespace = options.namespace ?? '';
  }

  async target(): Promise<KubeTarget> {
    return (await this.#open()).target;
  }

  /** The namespace of objects that name none. */
  async namespace(): Promise<string> {
    return (await this.target()).namespace || 'default';
  }

  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.stream(path, options);
    let text = '';
    answer.setEncoding('utf8');
    try {
      for await (const chunk of answer) text += chunk;
    } catch (error) {
      options.signal?.throwIfAborted();
      throw new UnreachableError('the connection was cut', { cause: error });
    }
    return JSON.parse(text) as T;
  }

  /** The body as it comes. Throws `ApiError` for status codes of 300 and above. */
  async stream(path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    const { transport } = await this.#open();
    const answer = await transport.send(path, options);
    this.#setClock(answer.headers.date);
    const status = answer.statusCode ?? 0;
    if (status < 300) return answer;
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    throw apiError(status, Buffer.concat(chunks).toString('utf8'));
  }

  async connectOptions(path: string): Promise<ConnectOptions> {
    return (await this.#open()).transport.connectOptions(path);
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
    const opened = this.#opened;
    for (const collection of this.#collections.values()) collection.stop();
    await opened?.then(({ transport }) => transport.close()).catch(() => {});
  }

  #open() {
    this.#opened ??= (async () => {
      const selected = await findTarget(this.env, this.#context);
      if (!selected.ok) throw new UnreachableError(selected.message);
      const { namespace } = selected.target;
      const target = { ...selected.target, namespace: this.#namespace || namespace };
      return { target, transport: createTransport(target) };
    })();
    return this.#opened;
  }

  #setClock(date: string | undefined): void {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return;
    // The header holds whole seconds, so smaller differences mean nothing.
    const offset = server + 500 - Date.now();
    this.#clockOffsetMs = Math.abs(offset) > 1500 ? offset : 0;
  }
}
