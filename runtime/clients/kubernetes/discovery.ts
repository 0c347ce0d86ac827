import { isApiError } from './errors.ts';

/** Where objects of a kind live in the API. */
export interface KindPath {
  /** Such as `/apis/apps/v1`. */
  readonly base: string;
  /** Such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Finds the paths of kinds, and remembers them; a kind that is not known is asked for anew each time. */
export class Discovery {
  readonly #get: (path: string, signal?: AbortSignal) => Promise<unknown>;
  readonly #lists = new Map<string, Promise<ResourceList>>();

  constructor(get: (path: string, signal?: AbortSignal) => Promise<unknown>) {
    this.#get = get;
  }

  /** `undefined` when the cluster does not know the kind. Throws what the request throws. */
  async find(apiVersion: string, kind: string, signal?: AbortSignal): Promise<KindPath | undefined> {
    const known = this.#lists.has(apiVersion);
    const found = pick(apiVersion, kind, await this.#list(apiVersion, signal));
    if (found || !known) return found;
    this.#lists.delete(apiVersion);
    return pick(apiVersion, kind, await this.#list(apiVersion, signal));
  }

  #list(apiVersion: string, signal?: AbortSignal): Promise<ResourceList> {
    const known = this.#lists.get(apiVersion);
    if (known) return known;
    const asked = this.#get(basePath(apiVersion), signal).then(
      (list) => list as ResourceList,
      (error: unknown) => {
        this.#lists.delete(apiVersion);
        if (isApiError(error, 404)) return {};
        throw error;
      },
    );
    this.#lists.set(apiVersion, asked);
    return asked;
  }
}

function basePath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function pick(apiVersion: string, kind: string, list: ResourceList): KindPath | undefined {
  const entry = list.resources?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  return entry && { base: basePath(apiVersion), plural: entry.name, namespaced: entry.namespaced };
}

/** The path of the collection, or of one object in it when `name` is given. */
export function objectPath(kind: KindPath, namespace: string, name = ''): string {
  const scope = kind.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${kind.base}${scope}/${kind.plural}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}
