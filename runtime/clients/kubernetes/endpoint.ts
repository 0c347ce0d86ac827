import { isDeepStrictEqual } from 'node:util';
import { UnreachableError } from './errors.ts';
import type { KubeTarget } from './kubeconfig.ts';
import { findTarget } from './kubeconfig-files.ts';
import { createTransport, type Transport } from './transport.ts';

export interface OpenEndpoint {
  readonly target: KubeTarget;
  readonly transport: Transport;
}

const READ_AGAIN_MS = 500;

/**
 * The API server and the login of one context of the kubeconfig. It keeps to the context that it began with, whatever
 * becomes the current one later, and follows what the kubeconfig says of that context when requests begin to fail.
 */
export class Endpoint {
  readonly #env: NodeJS.ProcessEnv;
  readonly #context: string;
  readonly #namespace: string;
  #opened: Promise<OpenEndpoint> | undefined;
  #renewal: Promise<boolean> | undefined;
  #readAt = 0;

  /** Context and namespace are empty where the kubeconfig's own count. */
  constructor(env: NodeJS.ProcessEnv, context: string, namespace: string) {
    this.#env = env;
    this.#context = context;
    this.#namespace = namespace;
  }

  /** Throws `UnreachableError` when the kubeconfig leads nowhere; the next call looks again. */
  open(): Promise<OpenEndpoint> {
    this.#opened ??= this.#read(this.#context).then(
      (target) => ({ target, transport: createTransport(target) }),
      (error: unknown) => {
        this.#opened = undefined;
        throw error;
      },
    );
    return this.#opened;
  }

  /**
   * After a request that had no answer, or whose credentials were refused: looks whether the kubeconfig says something
   * else by now. Answers whether trying again can help.
   */
  async renew(failed: OpenEndpoint): Promise<boolean> {
    if ((await this.open()) !== failed) return true;
    this.#renewal ??= this.#renew(failed).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async close(): Promise<void> {
    await this.#opened?.then(({ transport }) => transport.close()).catch(() => {});
  }

  async #renew(failed: OpenEndpoint): Promise<boolean> {
    if (Date.now() - this.#readAt < READ_AGAIN_MS) return false;
    const { target, transport } = failed;
    const now = await this.#read(target.context).catch(() => undefined);
    // Under another cluster's name it may be anything, also what nobody allowed.
    if (now === undefined || now.clusterName !== target.clusterName || isDeepStrictEqual(now, target)) return false;
    this.#opened = Promise.resolve({ target: now, transport: createTransport(now) });
    transport.close();
    return true;
  }

  async #read(context: string): Promise<KubeTarget> {
    this.#readAt = Date.now();
    const selected = await findTarget(this.#env, context);
    if (!selected.ok) throw new UnreachableError(selected.message);
    return { ...selected.target, namespace: this.#namespace || selected.target.namespace };
  }
}
