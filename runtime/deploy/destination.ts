import type { ClusterProduct } from '../../stdlib/model/cluster-product.ts';
import type { DefaultRegistry } from '../../stdlib/model/kubernetes.ts';
import type { ImageDestination } from '../engine/ports.ts';
import type { LocalRegistry } from './local-registry.ts';
import type { MinikubeEngine } from './minikube.ts';

export interface DestinationFacts {
  readonly product: ClusterProduct;
  readonly context: string;
  readonly clusterName: string;
  /** The first node's, such as `containerd://1.6.20`. */
  readonly runtime: string;
  /** The address of the engine that builds. */
  readonly engineUrl: string;
  /** `DOCKER_HOST`; empty when not set. */
  readonly dockerHost: string;
  /** Of a minikube whose nodes run containers with Docker. */
  readonly minikube?: MinikubeEngine | undefined;
  readonly localRegistry: LocalRegistry | undefined;
  readonly defaultRegistry: DefaultRegistry | undefined;
}

/** A registry that the cluster announces comes before the Tiltfile's default, as in Tilt: it is nearer. */
export function chooseDestination(facts: DestinationFacts): ImageDestination {
  const { localRegistry, defaultRegistry, minikube } = facts;
  const environment = minikube?.kind === 'found' ? minikube.environment : undefined;
  // Whoever sets DOCKER_HOST to another engine wants to build there.
  if (environment && (facts.dockerHost === '' || facts.dockerHost === environment.DOCKER_HOST)) {
    return { kind: 'engine', environment };
  }
  if (sharesEngine(facts)) return { kind: 'engine' };
  if (localRegistry) {
    const clusterHost = localRegistry.hostFromCluster || localRegistry.host;
    return { kind: 'registry', pushHost: localRegistry.host, clusterHost, singleName: '' };
  }
  if (defaultRegistry && defaultRegistry.host !== '') {
    const { host, hostFromCluster, singleName } = defaultRegistry;
    return { kind: 'registry', pushHost: host, clusterHost: hostFromCluster || host, singleName };
  }
  if (facts.product === 'kind') return { kind: 'kind-load', clusterName: facts.clusterName.replace(/^kind-/, '') };
  return minikube?.kind === 'failed' ? { kind: 'own-name', note: minikube.message } : { kind: 'own-name' };
}

/** Whether the nodes run containers with the very Docker engine that builds. */
function sharesEngine({ product, context, runtime, engineUrl }: DestinationFacts): boolean {
  if (!runtime.startsWith('docker://')) return false;
  switch (product) {
    case 'docker-desktop':
    case 'rancher-desktop':
      return isUsualHost(engineUrl);
    case 'orbstack':
      return isUsualHost(engineUrl) || engineUrl.endsWith('/.orbstack/run/docker.sock');
    case 'colima':
      return (
        isUsualHost(engineUrl) ||
        colimaProfile(engineUrl) === (context === 'colima' ? 'default' : context.replace(/^colima-/, ''))
      );
    default:
      return false;
  }
}

function isUsualHost(host: string): boolean {
  if (host === '' || host === 'unix:///var/run/docker.sock' || host.startsWith('npipe:////./pipe/docker')) return true;
  if (/^tcp:\/\/(localhost|127\.0\.0\.1):237[56]$/.test(host)) return true;
  return /^unix:\/\/.*\/(\.docker\/desktop|\.docker\/run|\.rd)\/docker\.sock$/.test(host);
}

/** The profile whose socket it is: `~/.colima/test/docker.sock`, before 0.4 `~/.colima-test/docker.sock`. */
function colimaProfile(host: string): string | undefined {
  const match = /\/\.(?:config\/)?colima(?:-([^/]+))?(?:\/([^/]+))?\/docker\.sock$/.exec(host);
  return match ? (match[1] ?? match[2] ?? 'default') : undefined;
}
