import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { ScriptValue } from '../../../interpreter/value.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { tiltfileResultJson } from '../../../stdlib/result/tiltfile-result.ts';
import { fakeWorld } from '../../support/fake-call.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { callBuiltin, library } from '../../support/tilt-builtins.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

async function graphOf(script: string, files: Record<string, string> = {}): Promise<{ graph: Graph; folder: string }> {
  const { outcome, folder } = await runner.run({ 'Tiltfile.js': script, ...files });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return { graph: outcome.result.graph, folder };
}

test('watch_settings adds up, each pattern relative to its file', async () => {
  const { graph, folder } = await graphOf(
    "watch_settings({ ignore: '**/*.log' });watch_settings(['build', '!build/keep']);watch_settings({ ignore: [] });watch_settings();include('web/T.js');",
    { 'web/T.js': "watch_settings({ ignore: 'node_modules' });", '.tiltignore': 'tmp\n' },
  );
  assert.deepEqual(
    graph.globalIgnores.map(({ basePath, patterns, source }) => [
      basePath.replace(folder, '$DIR'),
      patterns,
      source.replace(folder, '$DIR'),
    ]),
    [
      ['$DIR', ['tmp'], '$DIR/.tiltignore'],
      ['$DIR', ['**/*.log'], 'watch_settings()'],
      ['$DIR', ['build', '!build/keep'], 'watch_settings()'],
      ['$DIR/web', ['node_modules'], 'watch_settings()'],
    ],
  );
});

test('docker_prune_settings: the last call counts, and keeps what it does not name', async () => {
  const { graph } = await graphOf(
    'docker_prune_settings({ max_age_mins: 10, num_builds: 3, keep_recent: 0 });docker_prune_settings({ interval_hrs: 2 });',
  );
  assert.deepEqual(graph.settings.dockerPrune, {
    enabled: true,
    maxAgeMs: 600_000,
    numBuilds: 0,
    intervalMs: 7_200_000,
    keepRecent: 0,
  });
  const { graph: off } = await graphOf('docker_prune_settings(true);');
  assert.equal(off.settings.dockerPrune.enabled, false);
});

test('what is set reaches the graph and the result', async () => {
  const { graph } = await graphOf(
    "secret_settings(true);version_settings({ check_updates: false });set_team('t1');enable_feature('cluster_refresh');" +
      "disable_snapshots();analytics_settings(false);update_settings({ k8s_server_side_apply: 'true' });",
  );
  assert.equal(graph.settings.scrubSecrets, false);
  assert.equal(graph.settings.update.k8sServerSideApply, 'true');
  const result = tiltfileResultJson({
    graph,
    warnings: [],
    registered: [],
    extensions: { loaded: [], unusedPins: [] },
  });
  const { TeamID, AnalyticsOpt, VersionSettings, FeatureFlags } = result;
  assert.deepEqual([TeamID, AnalyticsOpt, VersionSettings], ['t1', 1, { CheckUpdates: false }]);
  const features = FeatureFlags as Record<string, boolean>;
  assert.deepEqual([features.cluster_refresh, features.snapshots, features.labels], [true, false, true]);
});

test('the last of several calls of secret_settings and analytics_settings counts', async () => {
  const { graph } = await graphOf(
    'secret_settings(true);secret_settings({ disable_scrub: false });analytics_settings(false);analytics_settings(true);',
  );
  assert.equal(graph.settings.scrubSecrets, true);
  assert.equal(graph.settings.tilt.analytics, 'in');
});

test('features of old are named in a warning, and so is what does nothing', () => {
  const world = fakeWorld();
  const run = library({ world });
  run('enable_feature', 'labels');
  run('disable_feature', 'snapshots');
  run('experimental_metrics_settings', { enabled: true });
  run('experimental_analytics_report', { team: 'web' });
  assert.deepEqual(world.printed, [
    { text: 'Obsolete feature flag: labels\n', level: 'warn' },
    { text: 'experimental_metrics_settings() is deprecated\n', level: 'warn' },
  ]);
});

test('experimental_telemetry_cmd is accepted with a warning', async () => {
  const { outcome } = await runner.run({ 'Tiltfile.js': "experimental_telemetry_cmd('send', { period: '5m' });" });
  assert.ok(outcome.ok);
  assert.match(outcome.result.warnings.join(), /experimental_telemetry_cmd does nothing in tilt-ts/);
});

test('constraints that Tilt of this version fulfils', () => {
  for (const constraint of ['', '>=0.22.1', '<0.10.0 || >=0.20.0', '>0.22.1 !0.30.0', '0.37.x']) {
    assert.equal(callBuiltin('version_settings', [{ constraint }]), undefined, constraint);
  }
});

const wrong: readonly (readonly [string, readonly ScriptValue[], string])[] = [
  [
    'watch_settings',
    [{ ignore: 1 }],
    'watch_settings: for parameter "ignore": value should be a string or List or Tuple of strings, but is of type int',
  ],
  [
    'watch_settings',
    [['a', 1]],
    'watch_settings: for parameter ignore: list should contain only strings, but element "1" was of type int',
  ],
  ['secret_settings', [], 'secret_settings: missing argument for disable_scrub'],
  ['secret_settings', ['no'], 'secret_settings: for parameter disable_scrub: got string, want bool'],
  [
    'docker_prune_settings',
    [{ num_builds: 5, interval_hrs: 2 }],
    "can't specify both 'prune every X builds' and 'prune every Y hours'; please pass only one of `num_builds` and `interval_hrs`",
  ],
  ['docker_prune_settings', [{ keep_recent: '2' }], 'got string, want int'],
  ['docker_prune_settings', [{ keep_recent: null }], 'got NoneType, want int'],
  ['docker_prune_settings', [{ keep_recent: 2 ** 40 }], '1099511627776 out of range'],
  [
    'docker_prune_settings',
    [{ max_age_mins: 1.5 }],
    'docker_prune_settings: for parameter "max_age_mins": got float, want int',
  ],
  [
    'version_settings',
    [{ constraint: 'at least 0.20' }],
    'error parsing version constraint: Could not get version from string: "at"',
  ],
  [
    'version_settings',
    [{ constraint: '<0.20.0' }],
    "you are running Tilt version 0.37.6, which doesn't match the version constraint specified in your Tiltfile: '<0.20.0'",
  ],
  ['version_settings', [{ check_updates: 1 }], 'version_settings: for parameter "check_updates": got int, want bool'],
  ['analytics_settings', [{ enable: 'off' }], 'analytics_settings: for parameter "enable": got string, want bool'],
  ['set_team', [''], 'team_id cannot be empty'],
  ['set_team', [], 'set_team: missing argument for team_id'],
  ['enable_feature', ['time_travel'], 'Unknown feature flag: time_travel'],
  ['disable_feature', ['toString'], 'Unknown feature flag: toString'],
  ['enable_feature', [], 'enable_feature: missing argument for msg'],
  ['disable_snapshots', [true], 'disable_snapshots: got 1 arguments, want at most 0'],
  ['experimental_telemetry_cmd', [''], 'cmd cannot be empty'],
  [
    'experimental_telemetry_cmd',
    ['a', { period: 5 }],
    'experimental_telemetry_cmd: for parameter "period": Expected string. Got: int',
  ],
  [
    'experimental_analytics_report',
    ['x'],
    'experimental_analytics_report: for parameter tags: expected dict, got starlark.String',
  ],
  ['local_git_repo', ['gone'], 'Reading paths /project/gone: stat /project/gone: no such file or directory'],
  ['local_git_repo', ['plain'], "/project/plain isn't a valid git repo: it doesn't have a .git/ directory"],
  ['local_git_repo', [1], 'local_git_repo: for parameter paths: got int, want string'],
];

describe('wrong calls', () => {
  for (const [name, args, message] of wrong) {
    test(`${name}: ${message.slice(0, 70)}`, () => {
      const world = fakeWorld({ '/project/plain/a': '' });
      assert.throws(() => callBuiltin(name, args, { world }), { name: 'Refusal', message });
    });
  }

  test('what can be said once', () => {
    const run = library();
    run('set_team', 'one');
    assert.throws(() => run('set_team', 'two'), { message: "team_id set multiple times (to 'one' and 'two')" });
    run('experimental_telemetry_cmd', 'a b');
    assert.throws(() => run('experimental_telemetry_cmd', 'c'), {
      message: 'experimental_telemetry_cmd called multiple times; already set to a b',
    });
  });
});

test('a checkout stands for its folder', async () => {
  const { outcome, printed, folder } = await runner.run({
    'shop/.git/HEAD': 'ref: refs/heads/main\n',
    'shop/web/a.txt': 'A',
    'Tiltfile.js': `
      const repo = local_git_repo('shop');
      print(repo, repo.paths('web/../web/'), read_file(repo.paths('web/a.txt')), listdir(repo.paths('web')).length);
      local_resource('x', 'true', { deps: [repo, repo.paths('web')] });
      try { repo.paths(); } catch (error) { print(error.message); }
      try { repo.paths(1); } catch (error) { print(error.message); }
      try { repo.folder = 'x'; } catch (error) { print(error.constructor.name, repo.folder.endsWith('shop')); }
    `,
  });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.equal(
    printed,
    "[git.Repo] '$DIR/shop' $DIR/shop/web A 1\n" +
      'paths: missing argument for paths\npaths: for parameter paths: got int, want string\nTypeError True\n',
  );
  const [resource] = outcome.result.graph.resources;
  assert.ok(resource?.kind === 'local');
  assert.deepEqual(
    resource.watchPaths.map((one) => one.replace(folder, '$DIR')),
    ['$DIR/shop', '$DIR/shop/web'],
  );
});

test('experimental_metrics_settings takes any keywords of Starlark too', async () => {
  const { outcome, printed } = await runner.run({ Tiltfile: "experimental_metrics_settings('x', enabled=True)\n" });
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message);
  assert.match(printed, /experimental_metrics_settings\(\) is deprecated/);
});
