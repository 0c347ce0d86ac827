import { liveUpdateTargets } from '../../stdlib/model/live-update-target.ts';
import type { ComposeResource } from '../../stdlib/model/resource.ts';
import type { ContainerEvents } from '../clients/docker/container-events.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { ReachableContainer } from './container-access.ts';
import { dockerAccess } from './docker-access.ts';
import type { Followed } from './followed.ts';

const AGAIN_MS = 1000;

interface Listed {
  readonly Id?: string;
  readonly Names?: readonly string[];
  readonly State?: string;
}

/** Follows the containers of a service of Compose. */
export class ServiceFollower implements Followed {
  readonly #engine: () => Promise<DockerEngine | undefined>;
  readonly #resource: ComposeResource;
  readonly #changed: (trouble: string) => void;
  readonly #over = new AbortController();
  readonly #forget: () => void;
  #containers: readonly ReachableContainer[] = [];
  #told = '';
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    engine: () => Promise<DockerEngine | undefined>,
    events: ContainerEvents,
    resource: ComposeResource,
    changed: (trouble: string) => void,
  ) {
    this.#engine = engine;
    this.#resource = resource;
    this.#changed = changed;
    this.#forget = events.listen({ project: resource.project.name, service: resource.service }, () => this.#look());
    this.#look();
  }

  get containers(): readonly ReachableContainer[] {
    return this.#containers;
  }

  async stop(): Promise<void> {
    this.#forget();
    clearTimeout(this.#timer);
    this.#over.abort();
    await this.#looking;
  }

  /** Looks at the containers, once at a time; once more when something happened meanwhile. */
  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= (async () => {
      while (this.#lookAgain && !this.#over.signal.aborted) {
        this.#lookAgain = false;
        await this.#lookOnce();
      }
    })().finally(() => {
      this.#looking = undefined;
    });
  }

  async #lookOnce(): Promise<void> {
    const { signal } = this.#over;
    const engine = await this.#engine();
    const listed = engine && (await this.#list(engine, signal));
    if (signal.aborted) return;
    if (!engine || !listed) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
      return;
    }
    const [target] = liveUpdateTargets(this.#resource);
    const known = new Map(this.#containers.map((container) => [container.id, container]));
    const running = listed.filter(({ State }) => State === 'running');
    this.#containers = running.flatMap(({ Id: id = '', Names }): readonly ReachableContainer[] => {
      if (target === undefined) return [];
      const name = (Names?.[0] ?? id).replace(/^\//, '');
      const reachable = { id, name, ref: target.image.ref, shortId: id.slice(0, 10) };
      return [known.get(id) ?? { ...reachable, access: dockerAccess(engine, id, name) }];
    });
    const ended = listed.find(({ State }) => State === 'exited' || State === 'dead');
    const isOver = ended !== undefined && this.#containers.length === 0;
    const trouble = isOver ? `Container for live update is stopped. Container: ${ended.Names?.[0]?.slice(1)}` : '';
    const told = JSON.stringify([running.map(({ Id }) => Id), trouble]);
    if (told === this.#told) return;
    this.#told = told;
    this.#changed(trouble);
  }

  async #list(engine: DockerEngine, signal: AbortSignal): Promise<readonly Listed[] | undefined> {
    const { project, service } = this.#resource;
    const label = [
      `com.docker.compose.project=${project.name}`,
      `com.docker.compose.service=${service}`,
      'com.docker.compose.oneoff=False',
    ];
    const query = { all: 'true', filters: JSON.stringify({ label }) };
    const whileDoing = `looking for the containers of service "${service}"`;
    const found = await engine.call({ method: 'GET', path: '/containers/json', query, signal, whileDoing });
    return found.ok && Array.isArray(found.value) ? (found.value as readonly Listed[]) : undefined;
  }
}
