import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CommandResult } from '../../../interpreter/broker.ts';
import { Tagged } from '../../../interpreter/value.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import type { ComposeResource } from '../../../stdlib/model/resource.ts';
import { type FakeWorld, fakeWorld } from '../../support/fake-call.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { skipWithout } from '../../support/testbed.ts';
import { library } from '../../support/tilt-builtins.ts';

const skip = skipWithout('compose');
const runner = tiltfileRunner();
after(() => runner.dispose());

async function run(script: string, files: Record<string, string> = {}) {
  return runner.run({ 'Tiltfile.js': script, ...files });
}

async function graphOf(script: string, files: Record<string, string> = {}): Promise<Graph> {
  const { outcome } = await run(script, files);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.result.graph;
}

async function servicesOf(script: string, files: Record<string, string> = {}): Promise<readonly ComposeResource[]> {
  const { resources } = await graphOf(script, files);
  return resources.filter((resource) => resource.kind === 'compose');
}

async function refusalOf(script: string, files: Record<string, string> = {}): Promise<string> {
  const { outcome, folder } = await run(script, files);
  assert.ok(!outcome.ok, 'the script was not refused');
  assert.ok(outcome.failure.position, 'the failure has no place');
  return outcome.failure.message.replaceAll(folder, '$DIR');
}

const TWO = 'services:\n  web: {image: shop/web, depends_on: [db]}\n  db: {image: "postgres:16"}\n';

test('services come in the order of their dependencies, and wait for them', { skip }, async () => {
  const chain = `services:
  a: {image: i, depends_on: [b]}
  b: {image: i, depends_on: [c]}
  c: {image: i, depends_on: [d, e, f]}
  d: {image: i, depends_on: [f, e]}
  e: {image: i, depends_on: [f]}
  f: {image: i}
`;
  const services = await servicesOf("docker_compose('c.yml')", { 'c.yml': chain });
  assert.deepEqual(
    services.map(({ name, resourceDeps }) => `${name}: ${resourceDeps.join(' ')}`),
    ['f: ', 'e: f', 'd: e f', 'c: d e f', 'b: c', 'a: b'],
  );
});

test('what a service waits for to complete runs to its end; a health check does not', { skip }, async () => {
  const text = `services:
  web:
    image: i
    depends_on: {migrate: {condition: service_completed_successfully}, db: {condition: service_healthy}}
  migrate: {image: i}
  db: {image: i, healthcheck: {test: [CMD, "true"]}}
`;
  const services = await servicesOf("docker_compose('c.yml')", { 'c.yml': text });
  assert.deepEqual(
    services.filter(({ runsToEnd }) => runsToEnd).map(({ name }) => name),
    ['migrate'],
  );
});

test('a docker_build takes the place of a build section; other services keep theirs', { skip }, async () => {
  const [api, web] = await servicesOf("docker_build('shop/web', '.');\ndocker_compose('c.yml')", {
    Dockerfile: 'FROM busybox\n',
    'c.yml':
      'services:\n  web: {image: shop/web, build: ./x}\n  api: {build: {context: ./api, dockerfile: Dev}, volumes: [./api/src:/src, data:/d]}\nvolumes: {data: {}}\n',
  });
  assert.deepEqual(
    [web?.images.map(({ ref }) => ref), web?.deployedImages, web?.build],
    [['shop/web'], ['shop/web'], undefined],
  );
  const { ref, service, context, dockerfile } = api?.build ?? assert.fail('no build');
  assert.deepEqual([service, context, dockerfile], ['api', api?.project.folder.concat('/api'), `${context}/Dev`]);
  assert.equal(ref, `${api?.project.name}_api`);
  assert.equal(api?.runs, `${api?.project.name}-api`);
  assert.deepEqual(api?.watchPaths, [context]);
  assert.deepEqual(
    api?.ignores.map(({ basePath }) => basePath),
    [`${context}/src`],
  );
});

test('live updates of what a service runs are checked, and containers may be restarted', { skip }, async () => {
  const files = { Dockerfile: 'FROM busybox\n', 'c.yml': 'services: {web: {image: shop/web}}\n' };
  const script = (steps: string) =>
    `docker_build('shop/web', '.', { live_update: [${steps}] });\ndocker_compose('c.yml')`;
  const [web] = await servicesOf(script("sync('./src', '/src'), restart_container()"), files);
  assert.equal(web?.images[0]?.liveUpdate?.restart, true);
  assert.match(
    await refusalOf(script("sync('/elsewhere', '/src')"), files),
    /^sync step source '\/elsewhere' is not a child of any watched/,
  );
});

test('services that name the same image share the build of the first', { skip }, async () => {
  const [one, two] = await servicesOf("docker_compose('c.yml')", {
    'c.yml': 'services:\n  one: {image: shop/app, build: .}\n  two: {image: shop/app, build: ., command: work}\n',
  });
  assert.equal(one?.build?.service, 'one');
  assert.deepEqual(two?.build, one?.build);
});

test('an included file has its services in its own folder', { skip }, async () => {
  const [api] = await servicesOf("include('./backend/Tiltfile.js');\ndc_resource('api', { labels: 'outer' });", {
    'backend/Tiltfile.js': "docker_compose('compose.yml');",
    'backend/compose.yml': 'services: {api: {build: .}}\n',
  });
  assert.equal(api?.project.name, 'backend');
  assert.equal(api?.build?.context, api?.project.folder);
  assert.deepEqual(api?.labels, ['outer']);
});

test('a service has as many containers as its file says', { skip }, async () => {
  const text =
    'services:\n  a: {image: i}\n  b: {image: i, deploy: {replicas: 3}}\n  c: {image: i, deploy: {replicas: 0}}\n  d: {image: i, scale: 2}\n';
  const services = await servicesOf("docker_compose('c.yml')", { 'c.yml': text });
  assert.deepEqual(
    services.map(({ name, replicas }) => `${name} ${replicas}`),
    ['a 1', 'b 3', 'c 0', 'd 2'],
  );
});

test('ports that are published lead to a service', { skip }, async () => {
  const [web] = await servicesOf("docker_compose('c.yml')", {
    'c.yml': 'services:\n  web: {image: i, ports: ["8080:80", "127.0.0.1:9000:90", "70", "5000-5001:5000-5001"]}\n',
  });
  assert.deepEqual(web?.publishedPorts, [8080, 9000, 5000, 5001]);
});

test('a dollar that Compose writes twice is one', { skip }, async () => {
  const [web] = await servicesOf("docker_compose('c.yml')", {
    'c.yml': 'services:\n  web: {image: i, environment: {A: "$$HOME"}}\n',
  });
  assert.match(web?.yaml ?? '', /A: \$HOME/);
});

test('blobs are read as one, from the folder of the Tiltfile', { skip }, async () => {
  const services = await servicesOf(
    "docker_compose([blob('---\\nservices: {a: {image: i}}\\n...\\n'), blob('# more\\n---\\nservices: {a: {build: ./x}, b: {image: i}}')])",
  );
  const [a, b] = services;
  assert.deepEqual([a?.name, b?.name], ['a', 'b']);
  assert.equal(a?.build?.context, `${a?.project.folder}/x`);
  assert.deepEqual(
    a?.project.files.map(({ kind }) => kind),
    ['text', 'text'],
  );
});

test('a second call for the same project adds its files, and what was said about services stays', {
  skip,
}, async () => {
  const [extra, web] = await servicesOf(
    "docker_compose('a.yml');\ndc_resource('web', { labels: 'kept' });\ndocker_compose(['a.yml', 'b.yml'], 'vars.env')",
    {
      'a.yml': 'services: {web: {image: i}}\n',
      'b.yml': 'services: {extra: {image: "i:$TAG"}}\n',
      'vars.env': 'TAG=7\n',
    },
  );
  assert.equal(extra?.runs, 'i:7');
  assert.deepEqual(web?.labels, ['kept']);
  assert.equal(web?.project.files.length, 2);
});

test('what a script sets in its environment goes with the project', { skip }, async () => {
  const [web] = await servicesOf("os.environ.TAG = '3';\ndocker_compose(blob('services: {web: {image: \"i:$TAG\"}}'))");
  assert.equal(web?.runs, 'i:3');
  assert.deepEqual(web?.project.variables, { TAG: '3' });
});

test('Compose files, files of variables and env files of services load the Tiltfile again', { skip }, async () => {
  const { outcome, folder } = await run(
    "os.environ.STAGE = 'dev';\ndocker_compose('sub/c.yml', { env_file: 'vars.env' })",
    {
      'sub/c.yml':
        'services:\n  web: {image: i, env_file: [web.env, {path: "$STAGE.env", required: false}]}\n  off: {image: i, profiles: [x], env_file: [web.env]}\n  base: {extends: {file: base.yml, service: base}}\n',
      'sub/base.yml': 'services: {base: {image: i, env_file: base.env}}\n',
      'sub/web.env': 'A=1\n',
      'sub/base.env': 'B=1\n',
      'vars.env': '',
    },
  );
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const read = outcome.record.filesRead.map((file) => file.replace(`${folder}/`, ''));
  for (const file of ['sub/c.yml', 'vars.env', 'sub/web.env', 'sub/dev.env', 'sub/base.env']) {
    assert.ok(read.includes(file), `${file} is not in ${read.join(' ')}`);
  }
});

test('profiles: those of the call, else those of the environment, else none', { skip }, async () => {
  const files = {
    'c.yml':
      'services:\n  always: {image: i}\n  dev: {image: i, profiles: [dev]}\n  load: {image: i, profiles: [load]}\n',
    '.env': 'COMPOSE_PROFILES=load\n',
  };
  const names = async (script: string) =>
    (await servicesOf(script, files))
      .map(({ name }) => name)
      .sort()
      .join(' ');
  assert.equal(await names("docker_compose('c.yml')"), 'always');
  assert.equal(await names("docker_compose('c.yml', { profiles: 'dev' })"), 'always dev');
  assert.equal(await names("docker_compose('c.yml', { profiles: ['dev', 'load'] })"), 'always dev load');
  assert.equal(await names("os.environ.COMPOSE_PROFILES = 'load';\ndocker_compose('c.yml')"), 'always load');
  assert.equal(
    await names("os.environ.COMPOSE_PROFILES = 'load';\ndocker_compose('c.yml', { profiles: [] })"),
    'always',
  );
  const { printed } = await run(
    "os.environ.COMPOSE_PROFILES = 'load';\ndocker_compose('c.yml', { project_name: 'p' })",
    files,
  );
  assert.match(printed, /Compose project "p" loading profiles from environment: load/);
});

for (const [script, message] of [
  ['docker_compose([])', 'Nothing to compose'],
  ['docker_compose(null)', 'Nothing to compose'],
  ['docker_compose(true)', 'expected blob | path (string). Actual type: starlark.Bool'],
  ['docker_compose([{ services: {} }])', 'expected blob | path (string). Actual type: *starlark.Dict'],
  [
    "docker_compose('c.yml', { profiles: 3 })",
    'docker_compose: for parameter "profiles": value should be a string or List or Tuple of strings, but is of type int',
  ],
  [
    "docker_compose('c.yml', { env_file: 3 })",
    'docker_compose: for parameter "env_file": expected path | string. Actual type: starlark.Int',
  ],
  [
    "docker_compose('c.yml', { wait: 'yes' })",
    'docker_compose: for parameter "wait": expected starlark.Bool or None, got starlark.String',
  ],
  [
    "docker_compose([blob('a: 1'), 'c.yml', blob('b: 1')], { project_name: 'p' })",
    'docker_compose: the Blobs of project "p" have a file between them. Put them next to each other: Compose reads them as one.',
  ],
] as const) {
  test(`refused: ${script}`, async () => {
    assert.equal(await refusalOf(script), message);
  });
}

test('what Compose refuses is told with its command and its words', { skip }, async () => {
  const message = await refusalOf("docker_compose('none.yml', { project_name: 'p' })");
  assert.match(
    message,
    /^command \["docker" "compose" "--project-name" "p" "--project-directory" "\$DIR" "-f" "\$DIR\/none\.yml" "config"\] failed\.\nerror: exit status \d+\nstdout: ""\nstderr: '[\s\S]*no such file or directory/,
  );
});

test('an image name that is none is refused with its service', { skip }, async () => {
  assert.equal(
    await refusalOf("docker_compose('c.yml')", { 'c.yml': 'services: {web: {image: "Shop/Web Site"}}\n' }),
    'getting service web: Error parsing image name "Shop/Web Site": invalid reference format: repository name (Web Site) must be lowercase',
  );
});

for (const [before, after, message] of [
  ["local_resource('db', 'true');", '', 'local_resource named "db" already exists'],
  ['', "local_resource('db', 'true');", 'dc_resource named "db" already exists'],
  ['', "docker_compose('c.yml', { project_name: 'other' });", 'dc_resource named "db" already exists'],
] as const) {
  test(`a name that is taken is refused: ${before || after}`, { skip }, async () => {
    const script = `${before}\ndocker_compose('c.yml', { project_name: 'p' });\n${after}`;
    assert.equal(await refusalOf(script, { 'c.yml': TWO }), message);
  });
}

/** A world in which programs answer as the test says. */
function worldOf(answers: (argv: readonly string[]) => Partial<CommandResult> | 'missing'): FakeWorld {
  const world = fakeWorld({ '/project/c.yml': 'services: {}' });
  world.answer = ({ argv }) => {
    const answer = answers(argv);
    if (answer === 'missing') {
      return { ok: false, error: { code: 'ENOENT', message: `spawn ${argv[0]} ENOENT`, subject: argv[0] ?? '' } };
    }
    const none = Buffer.alloc(0);
    return { ok: true, value: { exitCode: 0, signal: null, stdout: none, stderr: none, ...answer } };
  };
  return world;
}

test('without the plugin the program docker-compose is taken', () => {
  const world = worldOf(([program]) =>
    program === 'docker'
      ? { exitCode: 125, stderr: Buffer.from('unknown flag: --project-name') }
      : { stdout: Buffer.from('services: {}') },
  );
  library({ world })('docker_compose', 'c.yml');
  assert.deepEqual(world.commands.at(-1)?.argv.slice(0, 3), ['docker-compose', '--project-name', 'project']);
});

test('without Compose the refusal says what to install', () => {
  const world = worldOf(() => 'missing');
  assert.throws(() => library({ world })('docker_compose', 'c.yml'), {
    message:
      /^docker_compose needs Docker Compose, and neither .*"docker": executable file not found in \$PATH.*Install Docker/,
  });
});

test('the first Docker Compose is too old', () => {
  const world = worldOf(([program]) => (program === 'docker' ? 'missing' : { stdout: Buffer.from('1.29.2\n') }));
  assert.throws(() => library({ world })('docker_compose', 'c.yml'), {
    message: /needs Docker Compose v2 or newer, and "docker-compose" is 1\.29\.2/,
  });
});

test('TILT_DOCKER_COMPOSE_CMD names another program', () => {
  const world = worldOf(() => ({ stdout: Buffer.from('services: {}') }));
  world.environment.set('TILT_DOCKER_COMPOSE_CMD', '/opt/compose');
  library({ world })('docker_compose', new Tagged('Blob', { text: 'services: {}' }));
  assert.deepEqual(world.commands[0]?.argv, [
    '/opt/compose',
    ...['--project-name', 'project', '--project-directory', '/project', '-f', '-', 'config'],
  ]);
  assert.equal(world.commands[0]?.stdin, 'services: {}');
});
