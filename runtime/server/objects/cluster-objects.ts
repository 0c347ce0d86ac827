import { createHash } from 'node:crypto';
import { type ApplyState, apiKey, type DiscoveryState, type OwnObject, ownObjects } from '../../state/api-state.ts';
import { isDisabled } from '../../state/disable-source.ts';
import { type Fields, record } from '../../state/fields.ts';
import type { ForwardState } from '../../state/forward.ts';
import type { State } from '../../state/state.ts';
import { maybeMicroTime, microTime } from '../time.ts';
import { forwardStatus, IGNORED_CONTAINERS, identityYaml } from './kubernetes-parts.ts';
import { ownProjector } from './own.ts';
import type { Projector, World } from './projected.ts';

// Objects for the cluster that clients and the Tiltfile made, and those that follow from them.

export const ownApplies: Projector = (world) =>
  ownProjector('kubernetesapplys', (object) => applyStatus(object, world.state))(world);

function applyStatus(object: OwnObject, state: State): object {
  const disableSource = record(object.body.spec).disableSource;
  const disabled = isDisabled(record(disableSource), state);
  return {
    ...(disabled ? {} : appliedStatus(state.api.applies.get(object.name))),
    ...(disableSource === undefined ? {} : { disableStatus: { state: disabled ? 'Disabled' : 'Enabled', disabled } }),
  };
}

function appliedStatus(apply: ApplyState | undefined): object {
  if (apply === undefined) return { lastApplyStartTime: null, lastApplyTime: null };
  const { startedAt, endedAt, failure, deployed, run } = apply;
  return {
    lastApplyStartTime: microTime(startedAt),
    lastApplyTime: maybeMicroTime(endedAt),
    ...(failure !== undefined && { error: failure.message }),
    ...(deployed !== undefined &&
      failure === undefined && { resultYAML: deployed.objects.map(identityYaml).join('\n---\n') }),
    ...(endedAt !== undefined &&
      failure === undefined && { appliedInputHash: createHash('sha256').update(run).digest('base64') }),
  };
}

/** An apply has a discovery of its name. */
export const ownDiscoveries: Projector = function* (world) {
  const { api } = world.state;
  for (const object of ownObjects(api, 'kubernetesapplys')) {
    const deployed = api.applies.get(object.name)?.deployed;
    if (deployed === undefined) continue;
    const { kubernetesDiscoveryTemplateSpec, portForwardTemplateSpec, podLogStreamTemplateSpec } = record(
      object.body.spec,
    );
    const { extraSelectors } = record(kubernetesDiscoveryTemplateSpec);
    const watches = deployed.objects.map(({ name, namespace, uid }) => ({ name, namespace, uid }));
    const spec = {
      watches,
      ...(extraSelectors !== undefined && { extraSelectors }),
      ...(portForwardTemplateSpec !== undefined && { portForwardTemplateSpec }),
      ...(podLogStreamTemplateSpec !== undefined && { podLogStreamTemplateSpec }),
      cluster: 'default',
    };
    const { name, createdAt, annotations, by } = object;
    const status = discoveryStatus(api.discoveries.get(name));
    yield { name, createdAt, annotations, owned: by === 'tiltfile', body: { spec, status } };
  }
  yield* ownProjector('kubernetesdiscoveries', (object) => discoveryStatus(api.discoveries.get(object.name)))(world);
};

function discoveryStatus(found: DiscoveryState | undefined): object {
  if (found === undefined) return { pods: [], waiting: { reason: 'ClusterUnavailable' } };
  const startTime = microTime(found.startedAt);
  return { monitorStartTime: startTime, pods: found.pods, running: { startTime } };
}

/** The log of each pod that was found. */
export const ownPodLogStreams: Projector = function* (world) {
  for (const { object, found } of discoveries(world)) {
    for (const { name: pod, namespace } of found.pods) {
      const { ignoreContainers = IGNORED_CONTAINERS, ...template } = record(
        record(object.body.spec).podLogStreamTemplateSpec,
      );
      yield {
        name: `${object.name}-${namespace}-${pod}`,
        createdAt: found.startedAt,
        annotations: { ...object.annotations, 'tilt.dev/log-span-id': `pod:${object.name}:${pod}` },
        body: { spec: { pod, namespace, cluster: 'default', ignoreContainers, ...template }, status: {} },
      };
    }
  }
};

/** Those that somebody made, and one for each discovery that forwards ports. */
export const ownForwards: Projector = function* (world) {
  const { api } = world.state;
  yield* ownProjector('portforwards', ({ name, body }) => ({
    forwardStatuses: forwardStatuses(record(body.spec), api.forwards.get(apiKey('portforwards', name))),
  }))(world);
  for (const { object, found } of discoveries(world)) {
    const template = record(record(object.body.spec).portForwardTemplateSpec);
    const pod = found.pods.find(({ deleting }) => !deleting);
    if (pod === undefined || template.forwards === undefined) continue;
    const statuses = forwardStatuses(template, api.forwards.get(apiKey('kubernetesdiscoveries', object.name)));
    yield {
      name: `${object.name}-${pod.name}`,
      createdAt: found.startedAt,
      annotations: object.annotations,
      body: {
        spec: { podName: pod.name, namespace: pod.namespace, cluster: 'default', ...template },
        status: { forwardStatuses: statuses },
      },
    };
  }
};

function forwardStatuses({ forwards }: Fields, states: readonly (ForwardState | undefined)[] = []) {
  return Array.isArray(forwards) ? forwards.map((forward, index) => forwardStatus(record(forward), states[index])) : [];
}

function* discoveries({ state: { api } }: World) {
  for (const [name, found] of api.discoveries) {
    const object =
      api.objects.get(apiKey('kubernetesapplys', name)) ?? api.objects.get(apiKey('kubernetesdiscoveries', name));
    if (object !== undefined) yield { object, found };
  }
}
