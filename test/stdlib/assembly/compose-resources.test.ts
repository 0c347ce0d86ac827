import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImageReference } from '../../../stdlib/model/image-reference.ts';
import { deployment, files, outline, pod, Tiltfile } from './assembled.ts';

test('services stand after what is for the cluster and before local resources', () => {
  const graph = new Tiltfile().local('check', {}).service('web').yaml(pod('api', 'x')).graph();
  assert.deepEqual(outline(graph), ['api: Pod/api', 'web', 'check']);
});

test('a workload cannot have the name of a service', () => {
  const [message] = new Tiltfile().service('web').yaml(deployment('web', 'x')).failures();
  assert.match(message ?? '', /^error making resource for workload web\S*: dc_resource named "web" already exists$/);
  const renamed = new Tiltfile()
    .service('web')
    .yaml(deployment('api', 'x'))
    .resource({ workload: 'api', newName: 'web' });
  assert.deepEqual(renamed.failures(), [
    'k8s_resource specified to rename "api" to "web": dc_resource named "web" already exists',
  ]);
});

test('an image that is built on another brings it along; a circle is refused', () => {
  const graph = new Tiltfile().image('base').image('shop_web', { dockerfile: 'FROM base' }).service('web').graph();
  const [web] = graph.resources;
  assert.ok(web?.kind === 'compose');
  assert.deepEqual([web.images.map(({ ref }) => ref), web.deployedImages], [['base', 'shop_web'], ['shop_web']]);
  const circle = new Tiltfile()
    .image('base', { dockerfile: 'FROM shop_web' })
    .image('shop_web', { dockerfile: 'FROM base' })
    .service('web');
  assert.match(
    circle.failures()[0] ?? '',
    /^getting image build info for web: Image dependency cycle: .*shop_web -> base -> shop_web/,
  );
});

test('what is ignored, is a repository or is mounted builds nothing when it changes; the Dockerfile does', () => {
  const build = { context: '/p/src', dockerfile: 'Dockerfile' };
  const graph = new Tiltfile()
    .service('web', { build, mounts: ['/p/src/static', 'data', ''] })
    .graph({ files: files({ '/p/src/.dockerignore': '*.log\n', '/p/src/.git/HEAD': '' }) });
  const [web] = graph.resources;
  assert.ok(web?.kind === 'compose');
  assert.deepEqual(web.watchPaths, ['/p/src']);
  assert.deepEqual(
    web.ignores.map(({ basePath, patterns }) => [basePath, ...patterns].join(' ')),
    ['/p/src/.git', '/p/src *.log', '/p/src/static'],
  );
  assert.ok(graph.configFiles.includes('/p/src/.dockerignore'));
});

test('builds of one repository are told apart by their tags', () => {
  const named = (text: string) => {
    const parsed = parseImageReference(text);
    assert.ok(parsed.ok);
    return parsed.value;
  };
  const build = { context: '/p/src', dockerfile: 'Dockerfile' };
  const graph = new Tiltfile()
    .image('shop/web:1')
    .service('a', { build, image: named('shop/web') })
    .service('b', { build, image: named('shop/web:2') })
    .service('c', { build, image: named('shop/web') })
    .service('d', { build, image: named('shop/web:1') })
    .service('e', { build, image: named('other') })
    .service('f', { build, image: named('other:1') })
    .graph();
  const builds = graph.resources.map((resource) => {
    assert.ok(resource.kind === 'compose');
    const made = resource.build;
    return made ? `${made.ref}${made.matchExact ? ' exactly' : ''} by ${made.service}` : resource.deployedImages.join();
  });
  assert.deepEqual(builds, [
    'shop/web exactly by a',
    'shop/web:2 exactly by b',
    'shop/web exactly by a',
    'shop/web:1',
    'other by e',
    'other by e',
  ]);
});

test('a build from an address watches nothing', () => {
  const build = { context: 'https://example.test/shop.git', dockerfile: 'Dockerfile' };
  const [web] = new Tiltfile().service('web', { build }).graph().resources;
  assert.ok(web?.kind === 'compose');
  assert.deepEqual([web.watchPaths, web.build?.context, web.build?.service], [[], '', 'web']);
});

test('the entrypoint of a base is refused as well', () => {
  const tiltfile = new Tiltfile()
    .image('base', { entrypoint: ['/run'] })
    .image('shop_web', { dockerfile: 'FROM base' })
    .service('web');
  assert.deepEqual(tiltfile.failures(), [
    'docker_build/custom_build.entrypoint not supported for Docker Compose resources',
  ]);
});

test('only chosen services run, with those that they wait for', () => {
  const options = { limits: {}, image: undefined, triggerMode: undefined, inferLinks: undefined, autoInit: undefined };
  const graph = new Tiltfile()
    .service('db')
    .service('web', { options: { ...options, links: [], labels: new Set(), resourceDeps: ['db'] } })
    .service('other')
    .graph({ enabledNames: ['web'] });
  assert.deepEqual(graph.enabled, ['db', 'web']);
});
