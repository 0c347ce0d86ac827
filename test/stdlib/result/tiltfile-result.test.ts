import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goDuration } from '../../../stdlib/result/go-duration.ts';
import { objectIdentifier } from '../../../stdlib/result/object-identifier.ts';
import { tiltfileResultJson } from '../../../stdlib/result/tiltfile-result.ts';
import { parseUrl } from '../../../stdlib/schema/go-url.ts';
import { pod, Tiltfile } from '../assembly/assembled.ts';

/** As scripts read it: through JSON, without what is empty. */
function result(tiltfile: Tiltfile): { readonly [key: string]: unknown } {
  const json = tiltfileResultJson({
    graph: tiltfile.graph(),
    warnings: [],
    registered: [],
    extensions: { loaded: [], unusedPins: [] },
  });
  return withoutEmpty(JSON.parse(JSON.stringify(json))) as { readonly [key: string]: unknown };
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, withoutEmpty(member)] as const);
  const isEmpty = (member: unknown) =>
    !member || (typeof member === 'object' && Object.keys(member as object).length === 0);
  return Object.fromEntries(entries.filter(([, member]) => !isEmpty(member)));
}

test('an empty Tiltfile has settings all the same', () => {
  assert.deepEqual(result(new Tiltfile()), {
    ConfigFiles: ['/p/.tiltignore', '/p/Tiltfile.js'],
    DockerPruneSettings: { Enabled: true, MaxAge: 21600000000000, Interval: 3600000000000, KeepRecent: 2 },
    FeatureFlags: {
      multiple_containers_per_pod: true,
      events: true,
      snapshots: true,
      facets: true,
      labels: true,
      live_update_v2: true,
      disable_resources: true,
      offline_snapshot_creation: true,
    },
    VersionSettings: { CheckUpdates: true },
    CISettings: { timeout: '30m0s', readinessTimeout: '5m0s' },
  });
});

test('a local resource', () => {
  const url = parseUrl('localhost:80/x');
  assert.ok(url.ok);
  const tiltfile = new Tiltfile().local('web', {
    serve: { argv: ['serve'], dir: '/p', env: ['A=1'] },
    deps: ['/p/a'],
    ignores: ['*.md'],
    labels: ['front'],
    links: [{ url: url.url, name: 'it' }],
    triggerMode: 'manual',
    autoInit: false,
    readinessProbe: { action: { kind: 'http', port: 80, path: '/up' }, periodSecs: 2 },
  });
  assert.deepEqual(result(tiltfile).Manifests, [
    {
      Name: 'web',
      DeployTarget: {
        Name: 'web',
        UpdateCmdSpec: { args: ['true'], dir: '/p' },
        ServeCmd: { Argv: ['serve'], Dir: '/p', Env: ['A=1'] },
        Links: [{ URL: { Scheme: 'localhost', Opaque: '80/x' }, Name: 'it' }],
        Deps: ['/p/a'],
        FileWatchIgnores: [{ basePath: '/p', patterns: ['*.md'] }],
        ReadinessProbe: { httpGet: { path: '/up', port: 80 }, periodSeconds: 2 },
      },
      TriggerMode: 2,
      Labels: { front: 'front' },
    },
  ]);
});

test('a Kubernetes resource with an image', () => {
  const tiltfile = new Tiltfile()
    .image('shop/web:1', {
      buildArgs: { B: '', A: '1' },
      entrypoint: ['/run'],
      containerArgs: ['x'],
      matchInEnvVars: true,
    })
    .yaml(pod('web', 'shop/web:1'))
    .resource({
      workload: 'web',
      portForwards: [{ localPort: 8080, containerPort: 80, host: '', name: 'it', linkPath: 'up' }],
      extraPodSelectors: [{ app: 'x' }],
    });
  const [manifest] = result(tiltfile).Manifests as readonly { readonly [key: string]: unknown }[];
  assert.deepEqual(manifest?.ImageTargets, [
    {
      selector: 'shop/web:1',
      matchExact: true,
      matchInEnvVars: true,
      overrideCommand: { command: ['/run'] },
      overrideArgs: { args: ['x'] },
      DockerImageName: 'web:shop_web:1',
      BuildDetails: {
        dockerfileContents: 'FROM scratch',
        context: '/p/src',
        args: ['A=1', 'B'],
        contextIgnores: [{ basePath: '/p/Tiltfile.js' }],
      },
      FileWatchIgnores: [{ basePath: '/p/Tiltfile.js' }, { basePath: '/p/src/Dockerfile' }],
    },
  ]);
  assert.ok(manifest);
  const { yaml, ...target } = manifest.DeployTarget as { readonly [key: string]: unknown };
  assert.equal(JSON.parse(String(yaml)).kind, 'Pod');
  assert.deepEqual(target, {
    Name: 'web',
    imageMaps: ['shop_web:1'],
    timeout: '30s',
    cluster: 'default',
    PodReadinessMode: 'wait',
    podLogStreamTemplateSpec: { ignoreContainers: ['istio-init', 'istio-proxy', 'linkerd-proxy', 'linkerd-init'] },
    kubernetesDiscoveryTemplateSpec: { extraSelectors: [{ matchLabels: { app: 'x' } }] },
    portForwardTemplateSpec: {
      forwards: [{ localPort: 8080, containerPort: 80, host: 'localhost', name: 'it', path: 'up' }],
    },
  });
});

test('a Compose service that Compose builds, and one that this program builds', () => {
  const tiltfile = new Tiltfile()
    .image('shop_api')
    .service('api')
    .service('web', {
      build: { context: '/p/src', dockerfile: 'Dockerfile.dev' },
      mounts: ['/p/src/static', 'data', ''],
    });
  const project = { name: 'shop', projectPath: '/p', configPaths: ['/p/compose.yml'] };
  const [api, web] = result(tiltfile).Manifests as readonly { readonly [key: string]: unknown }[];
  assert.deepEqual(api?.DeployTarget, {
    Name: 'api',
    ServiceYAML: 'image: api\n',
    Spec: { service: 'api', project, imageMaps: ['shop_api'] },
  });
  assert.deepEqual(web, {
    Name: 'web',
    DeployTarget: {
      Name: 'web',
      ServiceYAML: 'image: web\n',
      Spec: { service: 'web', project, imageMaps: ['shop_web'] },
    },
    ImageTargets: [
      {
        selector: 'shop_web',
        BuildDetails: { Service: 'web', Context: '/p/src' },
        FileWatchIgnores: [
          { basePath: '/p/src/Dockerfile.dev' },
          { basePath: '/p/src/static' },
          { basePath: 'data' },
          {},
        ],
      },
    ],
  });
});

for (const [ms, text] of [
  [0, '0s'],
  [30_000, '30s'],
  [300_000, '5m0s'],
  [1_800_000, '30m0s'],
  [3_661_500, '1h1m1.5s'],
  [250, '250ms'],
  [0.5, '500µs'],
] as const) {
  test(`${ms} ms are ${text}`, () => assert.equal(goDuration(ms), text));
}

test('identifiers hold no slashes and are not too long', () => {
  assert.equal(objectIdentifier('a/b%c:d'), 'a_b_c:d');
  assert.equal(objectIdentifier('..'), '__');
  const long = objectIdentifier('x'.repeat(300));
  assert.equal(long.length, 253);
  assert.match(long, /^x{244}-[0-9a-f]{8}$/);
});
