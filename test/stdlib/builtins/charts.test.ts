import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Command, CommandResult, EffectResult } from '../../../interpreter/broker.ts';
import { type ScriptValue, Tagged } from '../../../interpreter/value.ts';
import { type FakeWorld, fakeWorld } from '../../support/fake-call.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { skipWithout } from '../../support/testbed.ts';
import { callBuiltin, library } from '../../support/tilt-builtins.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

function exits(exitCode: number, stdout: string, stderr = ''): EffectResult<CommandResult> {
  return { ok: true, value: { exitCode, signal: null, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) } };
}

/** A world with programs on its PATH. */
function worldWith(
  files: Record<string, string>,
  programs: readonly string[],
  answer: (command: Command) => EffectResult<CommandResult>,
): FakeWorld {
  const bin = Object.fromEntries(programs.map((name) => [`/bin/${name}`, '']));
  const world = fakeWorld({ '/project/Tiltfile.js': '', ...files, ...bin });
  world.environment.set('PATH', '/usr/none:/bin');
  world.answer = answer;
  return world;
}

function textOf(value: ScriptValue): string {
  assert.ok(value instanceof Tagged && value.tag === 'Blob');
  return String(value.fields.text);
}

const printed = (world: FakeWorld) => world.printed.map(({ text }) => text).join('');

describe('helm', () => {
  const CHART = { '/project/chart/Chart.yaml': 'name: c', '/project/chart/templates/a.yaml': '' };
  const helm = (world: FakeWorld, ...args: ScriptValue[]) => callBuiltin('helm', args, { world });
  const withVersion =
    (version: string, yaml = 'kind: A\n') =>
    ({ argv }: Command) =>
      exits(0, argv[1] === 'version' ? version : yaml);

  test('the command has all that was asked for, and what it reads is watched', () => {
    const world = worldWith({ ...CHART, '/project/values/x': '' }, ['helm'], withVersion('v4.1.4+g1\n', ''));
    helm(world, 'chart', {
      name: 'web',
      namespace: 'blue',
      values: ['dev.yaml', '/etc/v.yaml', 'values'],
      set: ['a=1', 'b=2'],
      kube_version: '1.30',
    });
    const [version, template] = world.commands;
    assert.deepEqual(version?.argv, ['helm', 'version', '--short']);
    assert.deepEqual(template?.argv, [
      ...[
        'helm',
        'template',
        'web',
        '/project/chart',
        '--namespace',
        'blue',
        '--kube-version',
        '1.30',
        '--include-crds',
      ],
      ...['--values', 'dev.yaml', '--values', '/etc/v.yaml', '--values', 'values', '--set', 'a=1', '--set', 'b=2'],
    ]);
    assert.equal(template?.dir, '/project');
    assert.equal(template?.quiet, true);
    assert.match(printed(world), /^Running: helm template web \/project\/chart --namespace blue .* --set b=2\n$/);
    assert.deepEqual(world.recorded, ['/project/chart', '/project/dev.yaml', '/etc/v.yaml']);
  });

  test('by default the release is called chart; skip_crds leaves the CRDs out', () => {
    const world = worldWith(CHART, ['helm'], withVersion('v3.14.0'));
    assert.equal(textOf(helm(world, './chart/')), 'kind: A\n');
    helm(world, 'chart', { skip_crds: true });
    assert.deepEqual(world.commands[1]?.argv, ['helm', 'template', 'chart', '/project/chart', '--include-crds']);
    assert.deepEqual(world.commands[3]?.argv, ['helm', 'template', 'chart', '/project/chart']);
  });

  test('its version is asked for once', () => {
    const world = worldWith(CHART, ['helm'], withVersion('v3.14.0'));
    const run = library({ world });
    run('helm', 'chart');
    run('helm', 'chart', { name: 'other' });
    assert.deepEqual(
      world.commands.map(({ argv }) => argv[1]),
      ['version', 'template', 'template'],
    );
  });

  test('of helm 3.0, which cannot, the CRDs are added from their folder', () => {
    const files = {
      ...CHART,
      '/project/chart/crds/b.yml': 'kind: B',
      '/project/chart/crds/sub/a.YAML': 'kind: C',
      '/project/chart/crds/c.txt': '',
    };
    const world = worldWith(files, ['helm'], withVersion('v3.0.2+g1'));
    assert.equal(textOf(helm(world, 'chart')), 'kind: A\n\n---\nkind: B\n---\nkind: C');
    assert.equal(world.commands[1]?.argv.includes('--include-crds'), false);
  });

  test('subcharts that requirements.yaml names by their folder are watched, and that file is not on its own', () => {
    const text =
      'dependencies:\n- {name: a, repository: file://../a}\n- {name: b, repository: https://b.test}\n- {name: c}\n';
    const world = worldWith({ ...CHART, '/project/chart/requirements.yaml': text }, ['helm'], withVersion('v3.14.0'));
    helm(world, 'chart');
    assert.deepEqual(world.recorded, ['/project/chart', '/a']);
  });

  test('objects without a namespace get the one that was asked for, and the others keep theirs', () => {
    const yaml = [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
      'apiVersion: example.com/v1\nkind: Widget\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: b, namespace: own}\n',
      '# Source: c/templates/tests/t.yaml\napiVersion: v1\nkind: Pod\n',
    ].join('---\n');
    const world = worldWith(CHART, ['helm'], withVersion('v3.14.0', yaml));
    assert.equal(
      textOf(helm(world, 'chart', { namespace: 'blue' })),
      [
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: blue\n',
        'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  namespace: blue\n',
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: b\n  namespace: own\n',
      ].join('\n---\n'),
    );
  });

  const wrong: readonly (readonly [ScriptValue[], string])[] = [
    [[], 'helm: missing argument for paths'],
    [['gone'], 'Could not read Helm chart directory "/project/gone": does not exist'],
    [['chart/Chart.yaml'], 'helm() may only be called on directories with Chart.yaml: "/project/chart/Chart.yaml"'],
    [[['chart']], 'helm: for parameter paths: expected path | string. Actual type: *starlark.List'],
    [
      ['chart', { set: [3] }],
      'helm: for parameter "set": list should contain only strings, but element "3" was of type int',
    ],
    [
      ['chart', { values: 1 }],
      'helm: for parameter "values": value should be a string or List or Tuple of strings, but is of type int',
    ],
    [['chart', { skip_crds: 'x' }], 'helm: for parameter "skip_crds": got string, want bool'],
  ];
  for (const [args, message] of wrong) {
    test(`wrong: ${message.slice(0, 70)}`, () => {
      const world = worldWith(CHART, ['helm'], withVersion('v3.14.0'));
      assert.throws(() => helm(world, ...args), { name: 'Refusal', message });
    });
  }

  test('without helm, or with one that is not known', () => {
    const bare = worldWith(CHART, [], withVersion('v3.14.0'));
    assert.throws(() => helm(bare, 'chart'), {
      message: 'Unable to find Helm installation. Make sure `helm` is on your $PATH.',
    });
    assert.deepEqual(bare.commands, []);
    const old = worldWith(CHART, ['helm'], withVersion('Client: v2.16.1+gbbdfe5e\n'));
    assert.throws(() => helm(old, 'chart'), {
      message: 'could not parse Helm version from string: "Client: v2.16.1+gbbdfe5e\\n"',
    });
  });

  test('a broken requirements.yaml, and a chart that helm refuses', () => {
    const broken = worldWith(
      { ...CHART, '/project/chart/requirements.yaml': 'a: [' },
      ['helm'],
      withVersion('v3.14.0'),
    );
    assert.throws(
      () => helm(broken, 'chart'),
      /^Refusal: reading subchart deps: error converting YAML to JSON: yaml: line 1: /,
    );
    const refused = worldWith(CHART, ['helm'], ({ argv }) =>
      argv[1] === 'version' ? exits(0, 'v3.14.0') : exits(1, 'out', 'Error: no\n'),
    );
    assert.throws(() => helm(refused, 'chart'), {
      message:
        'command "helm template chart /project/chart --include-crds" failed.\nerror: exit status 1\nstdout:\nout\nstderr:\nError: no\n\n',
    });
  });
});

describe('kustomize', () => {
  const FILES = { '/project/k/kustomization.yaml': 'resources: [a.yaml]', '/project/k/a.yaml': '' };
  const kustomize = (world: FakeWorld, ...args: ScriptValue[]) => callBuiltin('kustomize', args, { world });
  const answer = () => exits(0, 'kind: A\n');

  test('kustomize builds, and what the kustomization is made of is watched', () => {
    const world = worldWith(FILES, ['kustomize'], answer);
    assert.equal(textOf(kustomize(world, 'k', { flags: ['--enable-helm', 'x y'] })), 'kind: A\n');
    assert.deepEqual(world.commands[0]?.argv, ['kustomize', 'build', '--enable-helm', 'x y', 'k']);
    assert.equal(world.commands[0]?.dir, '/project');
    assert.equal(printed(world), 'Running: kustomize build --enable-helm "x y" k\n');
    assert.deepEqual(world.recorded, ['/project/k/a.yaml', '/project/k/kustomization.yaml']);
  });

  test('where there is none, kubectl does it', () => {
    const world = worldWith({ '/project/kustomization.yml': '' }, ['kubectl'], answer);
    kustomize(world, '.');
    assert.deepEqual(world.commands[0]?.argv, ['kubectl', 'kustomize', '.']);
    assert.equal(
      printed(world),
      'Falling back to `kubectl kustomize` since `kustomize` was not found in PATH\nRunning: kubectl kustomize .\n',
    );
  });

  test('a program of the project', () => {
    const world = worldWith({ ...FILES, '/project/bin/k5e': '' }, [], answer);
    kustomize(world, 'k', { kustomize_bin: 'bin/k5e' });
    assert.deepEqual(world.commands[0]?.argv, ['/project/bin/k5e', 'build', 'k']);
  });

  const wrong: readonly (readonly [ScriptValue[], string])[] = [
    [[], 'kustomize: missing argument for paths'],
    [[['a', 'b']], 'kustomize: for parameter paths: expected path | string. Actual type: *starlark.List'],
    [['k', { args: ['--x'] }], 'kustomize: unexpected keyword argument "args"'],
    [
      ['k', { flags: '--x' }],
      'kustomize: for parameter "flags": value should be a List or Tuple of strings, but is of type string',
    ],
    [['k', { kustomize_bin: 'gone' }], 'exec: "/project/gone": stat /project/gone: no such file or directory'],
    [['k', { kustomize_bin: 'k' }], 'exec: "/project/k": is a directory'],
    [
      ['other'],
      "resolving deps: unable to find one of [kustomization.yaml kustomization.yml Kustomization] in directory '/project/other'",
    ],
  ];
  for (const [args, message] of wrong) {
    test(`wrong: ${message.slice(0, 70)}`, () => {
      const world = worldWith(FILES, ['kustomize'], answer);
      assert.throws(() => kustomize(world, ...args), { name: 'Refusal', message });
    });
  }

  test('a kustomization that is refused', () => {
    const world = worldWith(FILES, ['kustomize'], () => exits(1, '', 'Error: no\n'));
    assert.throws(() => kustomize(world, 'k'), {
      message: 'command "kustomize build k" failed.\nerror: exit status 1\nstdout:\n\nstderr:\nError: no\n\n',
    });
  });
});

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: shop/web}]}
`;

test('a real helm renders a chart', { skip: skipWithout('helm') }, async () => {
  const { outcome, folder } = await runner.run({
    'Tiltfile.js': "k8s_yaml(helm('chart', { name: 'blue', namespace: 'shop', values: 'dev.yaml', set: 'tag=2' }));",
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'chart/values.yaml': 'tag: "1"\nkind: plain\n',
    'dev.yaml': 'kind: fancy\n',
    'chart/templates/web.yaml': DEPLOYMENT.replace(
      'NAME',
      '"{{ .Release.Name }}-{{ .Values.kind }}-{{ .Values.tag }}"',
    ),
    'chart/templates/tests/t.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: smoke}\nspec: {containers: [{name: c, image: i}]}\n',
    'chart/crds/w.yaml':
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ws.a.test}\nspec: {group: a.test}\n',
  });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const { graph } = outcome.result;
  assert.deepEqual(
    graph.resources.map(({ name }) => name),
    ['blue-fancy-2', 'uncategorized'],
  );
  const [web] = graph.resources;
  assert.ok(web?.kind === 'kubernetes');
  assert.equal(web.objects[0]?.namespace, 'shop');
  assert.deepEqual(
    outcome.record.filesRead.map((file) => file.replace(folder, '$DIR')),
    ['$DIR/Tiltfile.js', '$DIR/chart', '$DIR/dev.yaml'],
  );
});

test('a real kustomize builds an overlay', { skip: skipWithout('kustomize') }, async () => {
  const { outcome, folder } = await runner.run({
    'Tiltfile.js': "k8s_yaml(kustomize('overlays/dev'));",
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': DEPLOYMENT.replace('NAME', 'web'),
    'overlays/dev/kustomization.yaml': 'namePrefix: dev-\nresources: [../../base]\npatches: [{path: p.yaml}]\n',
    'overlays/dev/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n',
  });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const [web] = outcome.result.graph.resources;
  assert.ok(web?.kind === 'kubernetes');
  assert.equal(web.name, 'dev-web');
  const spec = web.objects[0]?.body.spec as { readonly replicas: number } | undefined;
  assert.equal(spec?.replicas, 3);
  assert.deepEqual(outcome.record.filesRead.map((file) => file.replace(folder, '$DIR')).sort(), [
    '$DIR/Tiltfile.js',
    '$DIR/base/kustomization.yaml',
    '$DIR/base/web.yaml',
    '$DIR/overlays/dev/kustomization.yaml',
    '$DIR/overlays/dev/p.yaml',
  ]);
});
