import type { LocalResource } from '../../../stdlib/model/resource.ts';
import type { CacheLookup, Output, ResultCache } from '../../engine/ports.ts';
import { cacheKey } from './cache-key.ts';
import { CacheEntries } from './entries.ts';

export interface ResultCacheOptions {
  /** Absolute path. */
  readonly folder: string;
  /** What commands inherit. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export function createResultCache({ folder, environment = process.env }: ResultCacheOptions): ResultCache {
  return new FolderCache(folder, environment);
}

/** Digits of a key that people see. */
const SHOWN = 12;
const MISS: CacheLookup = { isHit: false, keep: async () => {} };

class FolderCache implements ResultCache {
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #entries: CacheEntries;
  #swept: Promise<void> | undefined;

  constructor(folder: string, environment: Readonly<Record<string, string | undefined>>) {
    this.#folder = folder;
    this.#environment = environment;
    this.#entries = new CacheEntries(folder);
  }

  async lookUp(resource: LocalResource, output: Output): Promise<CacheLookup> {
    const rule = resource.cache;
    if (rule === undefined) return MISS;
    const keyNow = () => cacheKey(resource, rule, this.#environment, this.#folder);
    try {
      const key = await keyNow();
      if (await this.#entries.has(key)) {
        const found = await this.#entries.restore(key, rule.outputs);
        if (found === 'restored') {
          output.write(`Its inputs are those of an earlier run: what that left is put back (${key.slice(0, SHOWN)})\n`);
          return { isHit: true };
        }
        output.write(`What an earlier run left is damaged, and passed over (${key.slice(0, SHOWN)})\n`, 'warn');
      }
      return {
        isHit: false,
        keep: () => this.#keep(key, rule.outputs, keyNow, output).catch((error: unknown) => tell(error, output)),
      };
    } catch (error) {
      tell(error, output);
      return MISS;
    }
  }

  async #keep(key: string, outputs: readonly string[], keyNow: () => Promise<string>, output: Output): Promise<void> {
    if ((await keyNow()) !== key) {
      output.write('Its result is not kept: the inputs changed while it ran\n', 'warn');
      return;
    }
    const problem = await this.#entries.keep(key, outputs);
    if (problem !== undefined) {
      output.write(`Its result is not kept: "${problem.missing}" is one of the outputs, and is not there\n`, 'warn');
    }
    this.#swept ??= this.#entries.sweep(Date.now());
    await this.#swept;
  }
}

/** A cache that does not work costs time, no more. */
function tell(error: unknown, output: Output): void {
  output.write(`The cache is of no use here: ${error instanceof Error ? error.message : String(error)}\n`, 'warn');
}
