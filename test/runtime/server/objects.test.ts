import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiObject, Catalogue } from '../../../runtime/server/catalogue.ts';
import { KINDS } from '../../../runtime/server/kinds.ts';
import { worldOf } from '../../../runtime/server/objects/projected.ts';
import { misfits } from '../../../runtime/server/schema.ts';
import { objectSchema } from '../../../runtime/server/schemas.ts';
import { failure } from '../../../runtime/state/failure.ts';
import type { PodReport } from '../../../runtime/state/pod-report.ts';
import { compose, graph, image, kubernetes, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const ABOUT = { mode: 'up', version: '1.2.3', pid: 4711, tiltfilePath: '/project/Tiltfile' } as const;

// biome-ignore lint/suspicious/noExplicitAny: statuses of many kinds, which the assertions look at.
type Loose = any;

function catalogueOf(session: Replay): Catalogue {
  return new Catalogue(() => worldOf(session.state, ABOUT), KINDS);
}

function objects(catalogue: Catalogue, plural: string): readonly ApiObject[] {
  const kind = KINDS.get(plural);
  assert.ok(kind !== undefined, plural);
  return catalogue.list(kind).map(({ object }) => object);
}

function one(catalogue: Catalogue, plural: string, name: string): Loose {
  const found = objects(catalogue, plural).find(({ metadata }) => metadata.name === name);
  const names = objects(catalogue, plural).map(({ metadata }) => metadata.name);
  assert.ok(found !== undefined, `${plural} has no ${name}, but ${names.join(', ')}`);
  return found;
}

const LIVE = {
  basePath: '/project',
  stopPaths: ['stop.txt'],
  syncs: [{ localPath: 'src', containerPath: '/src' }],
  runs: [{ argv: ['sh', '-c', 'make'], triggers: ['Makefile'], echoOff: false }],
  restart: true,
  initialSync: false,
  containerName: '',
};

/** A session in which everything that there is has happened. */
function everything(): Replay {
  const button = {
    resource: 'uibuttons' as const,
    name: 'go',
    labels: {},
    annotations: {},
    body: { spec: { text: 'Go', location: { componentID: 'web', componentType: 'Resource' } } },
    position: { file: '/project/Tiltfile', line: 1, column: 1 },
  };
  const declared = graph([
    local('lint', { update: shell('exit 3'), watchPaths: ['/project/src'], labels: ['checks'] }),
    local('srv', { update: undefined, serve: shell('serve'), readinessProbe: { action: { kind: 'tcp', port: 80 } } }),
    kubernetes('web', {
      images: [image('example/web', { liveUpdate: LIVE })],
      portForwards: [{ localPort: 8080, containerPort: 80, host: '', name: 'site', linkPath: 'a' }],
      links: [{ url: 'http://example.com', name: 'docs' }],
    }),
    kubernetes('tool', { images: [image('example/tool', { build: COMMAND_BUILD })], trigger: MANUAL }),
    compose('db', { publishedPorts: [5432], watchPaths: ['/project/db'] }),
  ]);
  return new Replay(1_767_261_600_000).load({ ...declared, apiObjects: [button] });
}

const COMMAND_BUILD = {
  kind: 'command',
  command: { argv: ['make', 'image'], dir: '/project', env: ['A=1'] },
  tag: 'dev',
  output: 'local-docker',
  outputsImageRefTo: '',
} as const;
const MANUAL = { onChange: false, atStart: false };
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'dev', uid: 'u-1' };

const POD: PodReport = {
  uid: 'p-1',
  name: 'web-1',
  namespace: 'dev',
  createdAt: '2026-01-01T10:00:00Z',
  phase: 'Running',
  deleting: false,
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T10:00:01Z' }],
  initContainers: [
    {
      name: 'prepare',
      id: 'c-0',
      ready: true,
      image: 'busybox',
      restarts: 0,
      state: {
        waiting: null,
        running: null,
        terminated: { startedAt: '2026-01-01T10:00:00Z', finishedAt: '2026-01-01T10:00:01Z', exitCode: 0 },
      },
      ports: [],
    },
  ],
  containers: [
    {
      name: 'main',
      id: 'c-1',
      ready: true,
      image: 'example/web:1',
      restarts: 2,
      state: { waiting: null, running: { startedAt: '2026-01-01T10:00:01Z' }, terminated: null },
      ports: [80],
    },
  ],
  ancestorUID: 'u-1',
  podTemplateSpecHash: 'abc',
  status: 'Running',
  errors: [],
  owner: { name: 'web-579', apiVersion: 'apps/v1', kind: 'ReplicaSet', creationTimestamp: '2026-01-01T10:00:00Z' },
};

function brought(): Replay {
  const session = everything().connect();
  while (session.start().length > 0) {
    for (const { resource, update } of [...session.state.resources]) {
      if (update.kind !== 'running') continue;
      if (resource.name === 'lint') session.fail('lint');
      else session.succeed(resource.name, resource.name === 'web' ? [WEB] : []);
    }
  }
  const update = session.row('web').succeeded?.update ?? 0;
  const report = { state: { status: 'ready' }, podName: 'web-1', podStatus: 'Running', restarts: 2 } as const;
  return session
    .event({ kind: 'workload-changed', resource: 'web', update, report })
    .event({ kind: 'pods-changed', resource: 'web', update, pods: [POD] })
    .event({ kind: 'forward-listening', resource: 'web', forward: 0, localPort: 8080 });
}

test('the names of objects are those of Tilt', () => {
  const catalogue = catalogueOf(brought());
  const names = (plural: string) => objects(catalogue, plural).map(({ metadata }) => metadata.name);
  assert.deepEqual(names('uiresources'), ['(Tiltfile)', 'db', 'lint', 'srv', 'tool', 'web']);
  assert.deepEqual(names('sessions'), ['Tiltfile']);
  assert.deepEqual(names('uisessions'), ['Tiltfile']);
  assert.deepEqual(names('tiltfiles'), ['(Tiltfile)']);
  assert.deepEqual(names('clusters'), ['default']);
  assert.deepEqual(names('cmds'), ['lint:update', 'srv-serve-1']);
  assert.deepEqual(names('kubernetesapplys'), ['tool', 'web']);
  assert.deepEqual(names('kubernetesdiscoveries'), ['web']);
  assert.deepEqual(names('imagemaps'), ['example_tool', 'example_web']);
  assert.deepEqual(names('dockerimages'), ['web:example_web']);
  assert.deepEqual(names('cmdimages'), ['tool:example_tool']);
  assert.deepEqual(names('liveupdates'), ['web:example_web']);
  assert.deepEqual(names('podlogstreams'), ['web-dev-web-1']);
  assert.deepEqual(names('portforwards'), ['web-web-1']);
  assert.deepEqual(names('filewatches'), [
    'configs:(Tiltfile)',
    'docker-compose:db',
    'image:example_tool',
    'image:example_web',
    'local:lint',
  ]);
  assert.deepEqual(names('dockercomposeservices'), ['db']);
  assert.ok(names('configmaps').includes('tilt-trigger-queue'));
  assert.ok(names('configmaps').includes('web-disable'));
  assert.ok(names('togglebuttons').includes('web-disable'));
  for (const button of ['go', 'toggle-web-disable', 'web-stopbuild', '(Tiltfile)-stopbuild']) {
    assert.ok(names('uibuttons').includes(button), button);
  }
});

test('every object has only the fields that its kind has, in each stage of a session', () => {
  const stages = [new Replay(), everything(), everything().connect(), brought()];
  const problems: string[] = [];
  let count = 0;
  for (const stage of stages) {
    const catalogue = catalogueOf(stage);
    for (const plural of KINDS.keys()) {
      for (const object of objects(catalogue, plural)) {
        count++;
        const { apiVersion: _version, kind: _kind, metadata, ...body } = object;
        const plain: unknown = JSON.parse(JSON.stringify(body));
        const { unknown, wrong } = misfits(plain, objectSchema(plural));
        for (const text of [...unknown.map((field) => `unknown ${field}`), ...wrong]) {
          problems.push(`${plural}/${metadata.name}: ${text}`);
        }
      }
    }
  }
  assert.ok(count > 100, `only ${count} objects`);
  assert.deepEqual([...new Set(problems)], []);
});

test('a workload that is ready', () => {
  const catalogue = catalogueOf(brought());
  const { metadata, status } = one(catalogue, 'uiresources', 'web');
  assert.equal(metadata.annotations['tilt.dev/resource'], 'web');
  assert.equal(metadata.ownerReferences[0].uid, one(catalogue, 'tiltfiles', '(Tiltfile)').metadata.uid);
  assert.equal(status.updateStatus, 'ok');
  assert.equal(status.runtimeStatus, 'ok');
  assert.deepEqual(
    status.conditions.map(({ type, status: holds }: Loose) => [type, holds]),
    [
      ['UpToDate', 'True'],
      ['Ready', 'True'],
    ],
  );
  assert.deepEqual(status.endpointLinks, [
    { url: 'http://example.com', name: 'docs' },
    { url: 'http://localhost:8080/a', name: 'site' },
  ]);
  assert.deepEqual(status.specs, [
    { id: 'image:example_web', type: 'image', hasLiveUpdate: true },
    { id: 'k8s:web', type: 'k8s' },
  ]);
  assert.equal(status.k8sResourceInfo.podName, 'web-1');
  assert.equal(status.k8sResourceInfo.podRestarts, 2);
  assert.equal(status.k8sResourceInfo.allContainersReady, true);
  const { spec, status: found } = one(catalogue, 'kubernetesdiscoveries', 'web');
  assert.deepEqual(spec.watches, [{ name: 'web', namespace: 'dev', uid: 'u-1' }]);
  assert.deepEqual(found.pods, [POD]);
});

test('a command that failed, one that nobody started, a server', () => {
  const catalogue = catalogueOf(brought());
  const failed = one(catalogue, 'uiresources', 'lint').status;
  assert.equal(failed.updateStatus, 'error');
  assert.equal(failed.runtimeStatus, 'not_applicable');
  assert.match(failed.buildHistory[0].error, /exit status 1/);
  assert.equal(failed.conditions[0].reason, 'UpdateError');
  assert.deepEqual(one(catalogue, 'uiresources', 'lint').metadata.labels, { checks: 'checks' });
  const idle = one(catalogue, 'uiresources', 'tool').status;
  assert.equal(idle.updateStatus, 'none');
  assert.equal(idle.runtimeStatus, 'none');
  assert.equal(idle.triggerMode, 2);
  const server = one(catalogue, 'uiresources', 'srv').status;
  assert.equal(server.updateStatus, 'not_applicable');
  assert.equal(server.runtimeStatus, 'pending');
  assert.equal(server.conditions[1].reason, 'RuntimePending');
});

test('what waits says for what', () => {
  const session = new Replay().load(graph([local('one'), local('two', { resourceDeps: ['one'] })]));
  session.start();
  const { status } = one(catalogueOf(session), 'uiresources', 'two');
  assert.equal(status.updateStatus, 'pending');
  assert.deepEqual(status.waiting, {
    reason: 'waiting-for-dep',
    message: 'waits for one',
    on: [{ group: 'tilt.dev', apiVersion: 'v1alpha1', kind: 'UIResource', name: 'one' }],
  });
  const running = one(catalogueOf(session), 'uiresources', 'one').status;
  assert.equal(running.updateStatus, 'in_progress');
  assert.equal(running.currentBuild.spanID, 'build:1');
  assert.deepEqual(running.currentBuild.causes, ['Initial Build']);
  assert.deepEqual(status.dependencies, ['one']);
});

test('a disabled resource is shown as such, everywhere', () => {
  const session = brought().event({ kind: 'resources-enabled', names: ['web'], enabled: false });
  const catalogue = catalogueOf(session);
  const { status } = one(catalogue, 'uiresources', 'web');
  assert.equal(status.disableStatus.state, 'Disabled');
  assert.equal(status.updateStatus, 'none');
  assert.equal(status.conditions[0].reason, 'Disabled');
  assert.deepEqual(one(catalogue, 'configmaps', 'web-disable').data, { isDisabled: 'true' });
  assert.equal(one(catalogue, 'uibuttons', 'toggle-web-disable').spec.text, 'Enable Resource');
  const targets = one(catalogue, 'sessions', 'Tiltfile').status.targets as Loose[];
  assert.deepEqual(targets.find(({ name }) => name === 'web:runtime').state, { disabled: {} });
});

test('the session says what it waits for', () => {
  const { spec, status } = one(catalogueOf(brought()), 'sessions', 'Tiltfile');
  assert.equal(spec.exitCondition, 'manual');
  assert.deepEqual(spec.ci, { timeout: '30m0s', readinessTimeout: '5m0s' });
  const states = Object.fromEntries(
    status.targets.map(({ name, type, state }: Loose) => [name, [type, Object.keys(state)[0]]]),
  );
  assert.deepEqual(states['lint:update'], ['job', 'terminated']);
  assert.deepEqual(states['web:runtime'], ['server', 'active']);
  assert.deepEqual(states['tool:update'], ['job', undefined]);
  assert.deepEqual(states['tiltfile:update'], ['job', 'terminated']);
});

test('a Tiltfile that failed is an error of its resource', () => {
  const session = new Replay()
    .event({ kind: 'tiltfile-load-started' })
    .event({ kind: 'tiltfile-load-failed', failures: [failure('tiltfile', 'x is not defined')], configFiles: [] });
  const { status } = one(catalogueOf(session), 'uiresources', '(Tiltfile)');
  assert.equal(status.updateStatus, 'error');
  assert.equal(status.buildHistory[0].error, 'x is not defined');
});

test('objects keep their version until they change', () => {
  const session = brought();
  const catalogue = catalogueOf(session);
  const before = one(catalogue, 'uiresources', 'db').metadata.resourceVersion;
  const web = one(catalogue, 'uiresources', 'web').metadata.resourceVersion;
  session.event({ kind: 'files-changed', id: 'web', paths: ['/project/example/web/a'] });
  assert.equal(one(catalogue, 'uiresources', 'db').metadata.resourceVersion, before);
  assert.notEqual(one(catalogue, 'uiresources', 'web').metadata.resourceVersion, web);
});
