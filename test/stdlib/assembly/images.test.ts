import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, documents, files, kubernetes, pod, Tiltfile } from './assembled.ts';

const refs = (images: readonly { readonly ref: string }[]) => images.map(({ ref }) => ref);

test('an image goes to the objects that run it, whatever tag they name', () => {
  const graph = new Tiltfile()
    .image('docker.io/shop/web')
    .yaml(documents(pod('a', 'shop/web:1'), pod('b', `docker.io/shop/web@sha256:${'0'.repeat(64)}`), pod('c', 'other')))
    .graph();
  assert.deepEqual(refs(kubernetes(graph, 'a').images), ['shop/web']);
  assert.deepEqual(refs(kubernetes(graph, 'b').images), ['shop/web']);
  assert.deepEqual(kubernetes(graph, 'c').images, []);
});

test('an image with a tag is meant by that tag alone', () => {
  const graph = new Tiltfile()
    .image('shop/web:blue')
    .image('shop/web:green')
    .yaml(documents(pod('a', 'shop/web:blue'), pod('b', 'shop/web:green'), pod('c', 'shop/web')))
    .graph();
  assert.deepEqual(refs(kubernetes(graph, 'a').images), ['shop/web:blue']);
  assert.deepEqual(refs(kubernetes(graph, 'b').images), ['shop/web:green']);
  assert.deepEqual(kubernetes(graph, 'c').images, []);
});

test('images come after those that they are built on', () => {
  const resource = kubernetes(
    new Tiltfile()
      .image('app', { dockerfile: 'ARG B=mid\nFROM $B\nCOPY --from=tools /a /b' })
      .image('mid', { dockerfile: 'FROM base' })
      .image('tools')
      .image('base')
      .yaml(pod('a', 'app'))
      .graph(),
    'a',
  );
  assert.deepEqual(refs(resource.images), ['base', 'mid', 'tools', 'app']);
  assert.deepEqual(resource.deployedImages, ['app']);
  assert.deepEqual(resource.images.at(-1)?.dependsOn, ['mid', 'tools']);
});

test('images come after those that their steps mount, stages of the same name aside', () => {
  const dockerfile = [
    'FROM busybox AS stage',
    'RUN --mount=from=shop/tools:1,target=/tools true',
    'FROM busybox',
    'RUN --mount=from=stage,target=/stage true',
  ].join('\n');
  const tiltfile = new Tiltfile().image('app', { dockerfile }).image('shop/tools').image('stage').yaml(pod('a', 'app'));
  assert.deepEqual(refs(kubernetes(tiltfile.graph(), 'a').images), ['shop/tools', 'app']);
});

test('images that are built on each other are refused', () => {
  const tiltfile = new Tiltfile()
    .image('a', { dockerfile: 'FROM b' })
    .image('b', { dockerfile: 'FROM a' })
    .yaml(pod('x', 'a'));
  assert.deepEqual(tiltfile.failures(), [
    'getting image build info for x: Image dependency cycle: docker.io/library/a (a -> b -> a)',
  ]);
});

test('environment variables count for images that ask for it', () => {
  const yaml = pod('x', 'run', ', env: [{name: A, value: "shop/job:1"}, {name: B, value: "not an image"}]');
  const resource = (matchInEnvVars: boolean) =>
    kubernetes(new Tiltfile().image('shop/job', { matchInEnvVars }).yaml(yaml).graph(), 'x');
  assert.deepEqual(resource(true).deployedImages, ['shop/job']);
  assert.deepEqual(resource(false).deployedImages, []);
});

test('what does not belong to an image: the Tiltfile, .git, ignores, only, the ignore file, and to watch the Dockerfile', () => {
  const tiltfile = new Tiltfile().image('a', { ignores: ['*.md'], only: ['lib'] }).yaml(pod('x', 'a'));
  const graph = tiltfile.graph({
    files: files({ '/p/src/.git/HEAD': '', '/p/src/.dockerignore': '# no\n\n/dist/\n! keep \n./a//b/../c\n' }),
  });
  const [image] = kubernetes(graph, 'x').images;
  assert.ok(image?.build.kind === 'docker');
  const context = image.build.contextIgnores.map(({ basePath, patterns }) => [basePath, ...patterns]);
  assert.deepEqual(context, [
    ['/p/Tiltfile.js'],
    ['/p/src/.git'],
    ['/p/src', '*.md'],
    ['/p/src', '**', '!lib'],
    ['/p/src', 'dist', '!keep', 'a/c'],
  ]);
  assert.deepEqual(image.ignores.at(-1), { basePath: '/p/src/Dockerfile', patterns: [], source: '' });
  assert.deepEqual(image.watchPaths, ['/p/src']);
  assert.deepEqual(graph.configFiles, ['/p/.tiltignore', '/p/Tiltfile.js', '/p/src/.dockerignore']);
});

test('an ignore file of the Dockerfile itself wins', () => {
  const graph = new Tiltfile()
    .image('a')
    .yaml(pod('x', 'a'))
    .graph({ files: files({ '/p/src/Dockerfile.dockerignore': 'own', '/p/src/.dockerignore': 'common' }) });
  const build = kubernetes(graph, 'x').images[0]?.build;
  assert.ok(build?.kind === 'docker');
  const rules = build.contextIgnores;
  assert.deepEqual(rules.at(-1)?.patterns, ['own']);
  assert.ok(graph.configFiles.includes('/p/src/Dockerfile.dockerignore'));
});

test('images that nothing runs are warned of, unless that is wanted', () => {
  const warnings = (tiltfile: Tiltfile) => {
    const assembled = tiltfile.assemble();
    assert.ok(assembled.ok);
    return assembled.warnings;
  };
  const unused = () => new Tiltfile().image('used').image('shop/unused').yaml(deployment('x', 'used'));
  assert.match(warnings(unused())[0] ?? '', /✕ shop\/unused\n/);
  const wanted = unused();
  wanted.declarations.updateSettings = { suppressUnusedImageWarnings: ['shop/unused'] };
  assert.deepEqual(warnings(wanted), []);
  const all = unused();
  all.declarations.updateSettings = { suppressUnusedImageWarnings: ['*'] };
  assert.deepEqual(warnings(all), []);
  assert.match(warnings(new Tiltfile().image('a'))[0] ?? '', /k8s_yaml/);
});

test('a Dockerfile without instructions is refused', () => {
  assert.deepEqual(new Tiltfile().image('a', { dockerfile: '# nothing' }).failures(), [
    'The Dockerfile of image "a" has no instructions. Begin it with FROM.',
  ]);
});
