import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Plan } from '../../../runtime/report/plan/plan.ts';
import type { PlanDiff } from '../../../runtime/report/plan/plan-diff.ts';
import { MAIN, makeProject, runProgram } from '../../support/program.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example/web }] }
`;
const FILES = {
  'Tiltfile.js': `
docker_build('example/web', 'web');
k8s_yaml('web.yaml');
k8s_resource('web', { port_forwards: 8080, resource_deps: ['migrate'] });
local_resource('migrate', 'npm run migrate', { labels: os.getenv('STAGE', 'dev') });
print('a word of the script', local('echo ran').trim());
`,
  'web/Dockerfile': 'FROM scratch\n',
  'web.yaml': DEPLOYMENT,
};

/** A machine without Docker, a cluster, or any program. */
const NOTHING = {
  DOCKER_HOST: 'tcp://127.0.0.1:1',
  KUBECONFIG: '/nonexistent/kubeconfig',
  PATH: '/nonexistent:/bin',
};

test('a project for Docker and Kubernetes is planned without either', async (t) => {
  const cwd = makeProject(t, FILES);
  const run = await runProgram(t, ['plan'], { cwd, env: { ...NOTHING, HOME: cwd } });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^Tiltfile\.js: 2 resources, 1 image\n/);
  assert.match(run.stdout, /\n {2}1 {2}migrate {2}local\n {7}runs {9}npm run migrate\n/);
  assert.match(run.stdout, /\n {2}2 {2}web {2}kubernetes\n {7}images {7}example\/web\n {7}objects {6}Deployment web\n/);
  assert.match(run.stdout, /\n {2}ran {8}echo ran\n/);
  assert.match(run.stdout, /\n {2}asked for {2}\$STAGE\n/);
  assert.doesNotMatch(run.stdout, /a word of the script/);
  assert.match(run.stderr, /a word of the script ran/);
});

test('what is planned as JSON is compared with what it becomes', async (t) => {
  const cwd = makeProject(t, FILES);
  const env = { ...NOTHING, HOME: cwd };
  const before = await runProgram(t, ['plan', '--json'], { cwd, env });
  assert.equal(before.code, 0, before.stderr);
  const plan = JSON.parse(before.stdout) as Plan;
  assert.deepEqual([plan.format, plan.version, plan.tiltfile], ['tilt-ts plan', 1, 'Tiltfile.js']);
  assert.deepEqual(plan.startOrder, [['migrate'], ['web']]);
  assert.deepEqual(plan.evaluation.filesRead, ['Tiltfile.js', 'web.yaml', 'web/.dockerignore', 'web/Dockerfile']);
  assert.deepEqual(plan.evaluation.commandsRun, [['sh', '-c', 'echo ran']]);
  writeFileSync(path.join(cwd, 'before.json'), before.stdout);

  const args = ['plan', '--diff', 'before.json', '--exit-code'];
  const same = await runProgram(t, args, { cwd, env });
  assert.deepEqual([same.code, same.stdout], [0, 'No difference: the Tiltfile comes to the same.\n'], same.stderr);

  // The same in a folder of another name.
  const elsewhere = path.join(makeProject(t, {}), 'checkout');
  mkdirSync(elsewhere);
  cpSync(cwd, elsewhere, { recursive: true });
  writeFileSync(path.join(elsewhere, 'web.yaml'), DEPLOYMENT.replace('replicas: 1', 'replicas: 3'));
  const changed = await runProgram(t, args, { cwd: elsewhere, env });
  assert.equal(changed.code, 1, changed.stderr);
  assert.equal(
    changed.stdout,
    '~ web  kubernetes\n    objects[Deployment/web].spec.replicas: 1 → 3\n\n1 resource changed.\n',
  );
  const quiet = await runProgram(t, ['plan', '--diff', 'before.json', '--json'], { cwd: elsewhere, env });
  assert.equal(quiet.code, 0, 'without --exit-code a difference is no failure');
  const diff = JSON.parse(quiet.stdout) as PlanDiff;
  assert.deepEqual([diff.format, diff.version, diff.differs], ['tilt-ts plan diff', 1, true]);
  assert.deepEqual(diff.resources.changed, [
    {
      name: 'web',
      kind: 'kubernetes',
      fields: [{ path: 'objects[Deployment/web].body.spec.replicas', before: 1, after: 3 }],
    },
  ]);
});

test('the other plan may come from stdin', (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'make');" });
  const tiltTs = (args: readonly string[], input: string) =>
    spawnSync(process.execPath, [MAIN, ...args], {
      cwd,
      input,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
  const before = tiltTs(['plan', '--json'], '').stdout;
  writeFileSync(path.join(cwd, 'Tiltfile.js'), "local_resource('a', 'make all');");
  const run = tiltTs(['plan', '--diff', '-'], before);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout, '~ a  local\n    update.argv: make → make all\n\n1 resource changed.\n');
});

test('names choose what starts', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "local_resource('a', 'a', { resource_deps: ['b'] });\nlocal_resource('b', 'b');\nlocal_resource('c', 'c');",
  });
  const run = await runProgram(t, ['plan', 'a'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(
    run.stdout,
    /1 {2}b {2}local[\s\S]*2 {2}a {2}local[\s\S]*Not asked for on the command line\n {2}c {2}local/,
  );
});

test('words after -- reach the Tiltfile, which sees that it is planned', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "config.define_string('stage');\nprint(config.parse().stage, config.tilt_subcommand);\nlocal_resource('a', 'a');",
  });
  const run = await runProgram(t, ['plan', '--', '--stage=dev'], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /dev plan\n/);
  assert.match(run.stdout, /1 {2}a {2}local/);
});

const PRODUCTION = `apiVersion: v1
kind: Config
current-context: prod
contexts: [{ name: prod, context: { cluster: far, user: me } }]
clusters: [{ name: far, cluster: { server: 'https://127.0.0.1:1' } }]
users: [{ name: me, user: {} }]
`;

test('a context that may be production is planned with a note, and no command runs against it', async (t) => {
  const cwd = makeProject(t, {
    kubeconfig: PRODUCTION,
    'web.yaml': DEPLOYMENT,
    'Tiltfile.js': "k8s_yaml('web.yaml');",
    'runs.js': "local('touch ran');",
    'allowed.js': "allow_k8s_contexts('prod');\nlocal('touch allowed');\nk8s_yaml('web.yaml');",
  });
  const env = { KUBECONFIG: path.join(cwd, 'kubeconfig') };
  const run = await runProgram(t, ['plan'], { cwd, env });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /1 {2}web {2}kubernetes/);
  assert.match(run.stdout, /Notes\n {2}up and ci would refuse to deploy: Stop! prod might be production\.\n/);
  assert.match(run.stdout, /allow_k8s_contexts\('prod'\)/);

  const refused = await runProgram(t, ['plan', '-f', 'runs.js'], { cwd, env });
  assert.equal(refused.code, 5);
  assert.match(refused.stderr, /Refusing to run 'local' because prod might be a production kube context/);
  assert.throws(() => readFileSync(path.join(cwd, 'ran')), /ENOENT/);

  const allowed = await runProgram(t, ['plan', '-f', 'allowed.js', '--json'], { cwd, env });
  const plan = JSON.parse(allowed.stdout) as Plan;
  assert.deepEqual(plan.cluster, { allowedContexts: ['prod'], defaultRegistry: null, refusal: null });
  readFileSync(path.join(cwd, 'allowed'));
});

test('wrong usage and a wrong plan exit with 2, a wrong Tiltfile with 5', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "fail('no');", 'other.json': '{}' });
  const cases: readonly (readonly [args: readonly string[], code: number, says: RegExp])[] = [
    [['--exit-code'], 2, /--exit-code says whether two plans are different: give the other one with --diff/],
    [['--diff', 'nope.json'], 2, /Cannot read the plan "nope\.json": no such file\./],
    [['--diff', 'other.json'], 2, /Cannot read the plan "other\.json": it does not say "format": "tilt-ts plan"/],
    [['--jsn'], 2, /unknown option '--jsn'/],
    [[], 5, /Error: no[\s\S]*Tiltfile\.js:1:1/],
  ];
  for (const [args, code, says] of cases) {
    const run = await runProgram(t, ['plan', ...args], { cwd });
    assert.equal(run.code, code, run.stderr);
    assert.match(run.stderr, says);
    assert.equal(run.stdout, '');
  }
});
