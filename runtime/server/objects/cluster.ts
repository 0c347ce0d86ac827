import type { ClusterState } from '../../state/state.ts';
import type { ClusterSpec, ClusterStatus } from '../wire.ts';
import type { Projector } from './projected.ts';

/** The cluster, once something is for it. */
export const clusters: Projector = function* ({ state }) {
  const { cluster, startedAt } = state;
  if (cluster.kind === 'unused') return;
  const spec: ClusterSpec = { connection: { kubernetes: {} } };
  yield { name: 'default', createdAt: startedAt, body: { spec, status: statusOf(cluster) } };
};

function statusOf(cluster: Exclude<ClusterState, { kind: 'unused' }>): ClusterStatus {
  switch (cluster.kind) {
    case 'connecting':
      return {};
    case 'failed':
      return { error: cluster.failure.message };
    case 'connected': {
      const { context, namespace, product, version, platform, destination } = cluster.info;
      const registry =
        destination.kind === 'registry'
          ? {
              registry: {
                host: destination.pushHost,
                ...(destination.clusterHost === destination.pushHost
                  ? {}
                  : { hostFromContainerRuntime: destination.clusterHost }),
                ...(destination.singleName === '' ? {} : { singleName: destination.singleName }),
              },
            }
          : {};
      return {
        arch: platform.split('/')[1] ?? platform,
        version,
        ...registry,
        connection: { kubernetes: { context, namespace, cluster: context, product } },
      };
    }
  }
}
