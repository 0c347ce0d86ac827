import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { LoadedTiltfile } from '../../../stdlib/declarations.ts';
import type { ComposeResource } from '../../../stdlib/model/resource.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { skipWithout } from '../../support/testbed.ts';

const skip = skipWithout('compose');
const runner = tiltfileRunner();
after(() => runner.dispose());

const FILES = {
  'c.yml':
    'services:\n  web: {image: shop/web, depends_on: [api, db]}\n  api: {image: shop/api, depends_on: [db]}\n  db: {image: "postgres:16"}\n',
  Dockerfile: 'FROM busybox\n',
};

async function load(script: string): Promise<LoadedTiltfile> {
  const { outcome } = await runner.run({
    'Tiltfile.js': `docker_compose('c.yml', { project_name: 'shop' });\n${script}`,
    ...FILES,
  });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.result;
}

async function service(script: string, name = 'web'): Promise<ComposeResource> {
  const found = (await load(script)).graph.resources.find((resource) => resource.name === name);
  assert.ok(found?.kind === 'compose', `no service ${name}`);
  return found;
}

test('all of it', { skip }, async () => {
  const web = await service(`
    local_resource('setup', 'true');
    dc_resource('web', { trigger_mode: TRIGGER_MODE_MANUAL, resource_deps: ['setup'], infer_links: false,
      links: [link('http://localhost:8080', 'shop')], labels: ['app'], auto_init: false, project_name: 'shop' });`);
  assert.deepEqual(web.trigger, { onChange: false, atStart: false });
  assert.deepEqual(web.resourceDeps, ['api', 'db', 'setup']);
  assert.equal(web.inferLinks, false);
  assert.deepEqual(
    web.links.map(({ url, name }) => [url, name]),
    [['http://localhost:8080', 'shop']],
  );
  assert.deepEqual(web.labels, ['app']);
});

test('several calls add up; what a later one leaves open stays', { skip }, async () => {
  const web = await service(`
    dc_resource('web', { labels: 'a', links: 'http://a.test', trigger_mode: TRIGGER_MODE_MANUAL, auto_init: false });
    dc_resource('web', { labels: ['b', 'a'], links: 'http://b.test' });`);
  assert.deepEqual(web.labels, ['a', 'b']);
  assert.equal(web.links.length, 2);
  assert.deepEqual(web.trigger, { onChange: false, atStart: false });
});

test('image= chooses the image that the service runs', { skip }, async () => {
  const web = await service("docker_build('local/web', '.');\ndc_resource('web', 'local/web');");
  assert.deepEqual(web.deployedImages, ['local/web']);
  assert.equal(web.runs, 'shop/web');
});

test('services follow the new name of what they depend on', { skip }, async () => {
  const script = "dc_resource('db', { new_name: 'database' });\ndc_resource('database', { labels: 'infra' });";
  const { graph } = await load(script);
  assert.deepEqual(
    graph.resources.map(({ name, resourceDeps, labels }) => [name, ...resourceDeps, ...labels].join(' ')),
    ['database infra', 'api database', 'web api database'],
  );
  assert.equal((await service(script, 'database')).service, 'db');
});

test('a dependency on what does not exist is left out with a warning', { skip }, async () => {
  const { graph, warnings } = await load("dc_resource('db', { resource_deps: ['nowhere'] });");
  assert.deepEqual(graph.resources[0]?.resourceDeps, []);
  assert.match(warnings.join(), /resource db specified a dependency on unknown resource nowhere/);
});

for (const [script, message] of [
  ["dc_resource('')", 'dc_resource: `name` must not be empty'],
  ["dc_resource('wbe')", 'no Docker Compose service found with name "wbe". Found these instead:\n\tdb; api; web'],
  [
    "dc_resource('web', { project_name: 'other' })",
    'no Docker Compose service found with name "web". Found these instead:\n\t',
  ],
  ["dc_resource('web', { image: 3 })", 'image arg must be a string; got starlark.Int'],
  ["dc_resource('web', 'Not/An Image')", 'invalid reference format: repository name (An Image) must be lowercase'],
  [
    "dc_resource('web', { resource_deps: 'db' })",
    'dc_resource: for parameter "resource_deps": got string, want starlark.Sequence',
  ],
  ["dc_resource('web', { resource_deps: [1] })", "dc_resource: resource_deps: '1' is a starlark.Int, not a string"],
  ["dc_resource('web', { new_name: 'db' })", 'dc_resource named "db" already exists'],
  ["local_resource('x', 'true');\ndc_resource('web', { new_name: 'x' })", 'local_resource named "x" already exists'],
  ["dc_resource('db', { resource_deps: ['api'] })", 'cycle detected in resource dependency graph: db -> api -> db'],
  ["default_registry('r.test')", 'default_registry is not supported with docker compose'],
  [
    "docker_build('shop/web', '.', { entrypoint: '/bin/x' })",
    'docker_build/custom_build.entrypoint not supported for Docker Compose resources',
  ],
] as const) {
  test(`refused: ${script}`, { skip }, async () => {
    const { outcome } = await runner.run({
      'Tiltfile.js': `docker_compose('c.yml', { project_name: 'shop' });\n${script};`,
      ...FILES,
    });
    assert.ok(!outcome.ok, 'the script was not refused');
    assert.equal(outcome.failure.message, message);
  });
}

test('an image that no service runs is named in a warning', { skip }, async () => {
  const { warnings } = await load("docker_build('shop/wbe', '.');");
  assert.match(
    warnings.join(),
    /Image not used in any Docker Compose config:\n {4}✕ shop\/wbe\nImages in the Docker Compose config: .*shop\/web/,
  );
});
