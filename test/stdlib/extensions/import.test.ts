import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import type { LoadedTiltfile } from '../../../stdlib/declarations.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

// Extensions in folders of this machine. What these Tiltfiles come to is what Tilt makes of the same in Starlark.

const runner = tiltfileRunner();
after(() => runner.dispose());

const REPO = "v1alpha1.extension_repo('default', { url: 'file://' + os.getcwd() + '/exts' });\n";

async function succeed(
  files: Record<string, string>,
): Promise<LoadedTiltfile & { readonly printed: string; readonly folder: string }> {
  const { outcome, printed, folder } = await runner.run(files);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.failure.message);
  return { ...outcome.result, printed, folder };
}

async function fail(files: Record<string, string>): Promise<{ readonly message: string; readonly at: string }> {
  const { outcome, folder } = await runner.run(files);
  assert.ok(!outcome.ok, 'the Tiltfile was taken');
  const { message, position } = outcome.failure;
  const at = position ? `${position.file}:${position.line}:${position.column}` : '';
  return { message: message.replaceAll(folder, '$DIR'), at: at.replace(folder, '$DIR') };
}

/** Objects of the API as `kind name: what it says`. */
function objects({ graph, folder }: LoadedTiltfile & { readonly folder: string }): readonly string[] {
  return graph.apiObjects.map(({ resource, name, annotations, body }) => {
    const mark = annotations['tilt.dev/managed-by'] === undefined ? '' : ' managed';
    return `${resource} ${name}${mark}: ${JSON.stringify(body.spec).replaceAll(folder, '$DIR')}`;
  });
}

test('load_dynamic, include and import() reach an extension, which runs once', async () => {
  const result = await succeed({
    'Tiltfile.js': `${REPO}
      const { value } = load_dynamic('ext://once');
      include('ext://once');
      print(value, (await import('ext://once')).value, load_dynamic(blob('ext://once')).value);`,
    'exts/once/Tiltfile.js': "print('runs'); export const value = 'v';",
  });
  assert.equal(result.printed, 'runs\nv v v\n');
  assert.deepEqual(objects(result), [
    'extensionrepos default: {"url":"file://$DIR/exts"}',
    'extensions once managed: {"repoName":"default","repoPath":"once"}',
  ]);
  assert.deepEqual(
    result.extensions.loaded.map(({ module, file, located }) => [module, file, located.state]),
    [['once', `${result.folder}/exts/once/Tiltfile.js`, 'folder']],
  );
});

test('an extension begins with Tiltfile.ts, Tiltfile.js, Tiltfile.mjs or Tiltfile, in this order', async () => {
  const files: Record<string, string> = {
    'Tiltfile.js': `${REPO}for (const name of ['a', 'b', 'c']) print(load_dynamic('ext://' + name).name);`,
  };
  const names = ['Tiltfile.ts', 'Tiltfile.js', 'Tiltfile.mjs', 'Tiltfile'];
  for (const [index, extension] of ['a', 'b', 'c'].entries()) {
    for (const name of names.slice(index)) files[`exts/${extension}/${name}`] = `export const name = '${name}';`;
  }
  assert.equal((await succeed(files)).printed, 'Tiltfile.ts\nTiltfile.js\nTiltfile.mjs\n');
});

test('its paths are its own while it loads, and those of the caller afterwards', async () => {
  const { graph, printed, folder } = await succeed({
    'Tiltfile.js': `${REPO}
      const { text, helper, now, register } = load_dynamic('ext://paths');
      print(text, helper, os.path.relpath(now(), os.getcwd()));
      register();`,
    'exts/paths/data.txt': 'data',
    'exts/paths/lib/helper.js': "export const helper = import.meta.dirname.split('/').at(-1);",
    'exts/paths/Tiltfile.js': `
      import { helper } from './lib/helper.js';
      export const text = String(read_file('data.txt'));
      export { helper };
      export const now = () => os.getcwd();
      export function register() { local_resource('later', './run.sh', { deps: ['watched'] }); }
      local_resource('loading', './setup.sh', { deps: ['own'] });`,
  });
  assert.equal(printed, 'data lib .\n');
  const resources = graph.resources.map((resource) => {
    return resource.kind === 'local' ? [resource.name, resource.update?.dir, ...resource.watchPaths] : [];
  });
  assert.deepEqual(resources, [
    ['loading', `${folder}/exts/paths`, `${folder}/exts/paths/own`],
    ['later', folder, `${folder}/watched`],
  ]);
});

test('load_host, registered names, and extensions that import and register others', async () => {
  const result = await succeed({
    'Tiltfile.js': `${REPO}
      v1alpha1.extension_repo('company', { url: 'file://' + os.getcwd() + '/company', load_host: 'corp' });
      v1alpha1.extension('nested_fake', { repo_name: 'company', repo_path: 'fake' });
      load_dynamic('ext://corp/deep/scan');
      load_dynamic('ext://nested/fake');
      load_dynamic('ext://outer');`,
    'company/deep/scan/Tiltfile.js': "print('scan');",
    'company/fake/Tiltfile.js': "print('fake');",
    'exts/outer/Tiltfile.js': `
      import 'ext://lang/go';
      v1alpha1.extension_repo('vendored', { url: 'file://' + os.getcwd() + '/vendor' });
      v1alpha1.extension('inner', { repo_name: 'vendored', repo_path: 'inner' });
      include('ext://inner');`,
    'exts/outer/vendor/inner/Tiltfile.js': "print('inner');",
    'exts/lang/go/Tiltfile.js': "print('go');",
  });
  assert.equal(result.printed, 'scan\nfake\ngo\ninner\n');
  assert.deepEqual(objects(result), [
    'extensionrepos default: {"url":"file://$DIR/exts"}',
    'extensionrepos company: {"url":"file://$DIR/company","loadHost":"corp"}',
    'extensions nested_fake managed: {"repoName":"company","repoPath":"fake"}',
    'extensions corp_deep_scan managed: {"repoName":"company","repoPath":"deep/scan"}',
    'extensions outer managed: {"repoName":"default","repoPath":"outer"}',
    'extensions lang_go managed: {"repoName":"default","repoPath":"lang/go"}',
    'extensionrepos vendored: {"url":"file://$DIR/exts/outer/vendor"}',
    'extensions inner managed: {"repoName":"vendored","repoPath":"inner"}',
  ]);
});

test('registering what was imported meanwhile', async () => {
  const script = (path: string) => `${REPO}
    load_dynamic('ext://a');
    v1alpha1.extension('a', { repo_name: 'default', repo_path: '${path}' });
    load_dynamic('ext://a');`;
  const files = { 'exts/a/Tiltfile.js': '' };
  assert.deepEqual(objects(await succeed({ ...files, 'Tiltfile.js': script('a') })).slice(1), [
    'extensions a managed: {"repoName":"default","repoPath":"a"}',
  ]);
  const { message } = await fail({ ...files, 'Tiltfile.js': script('b') });
  assert.equal(message, 'extensions "a" already registered (with other values, at $DIR/Tiltfile.js:3:5)');
});

const CANCEL = `${REPO}\nv1alpha1.extension('cancel', { repo_name: 'default', repo_path: 'stop', args: ['x'] });`;

test('what is registered and not imported is found, to be a Tiltfile of its own', async () => {
  const files = { 'Tiltfile.js': CANCEL, 'exts/stop/Tiltfile': 'fail("not evaluated here")' };
  const { registered, extensions, warnings, folder } = await succeed(files);
  const position = { file: path.join(folder, 'Tiltfile.js'), line: 3, column: 10 };
  assert.deepEqual(registered, [{ name: 'cancel', file: `${folder}/exts/stop/Tiltfile`, args: ['x'], position }]);
  assert.deepEqual(
    extensions.loaded.map(({ name }) => name),
    ['cancel'],
  );
  assert.deepEqual(warnings, []);
  const imported = { 'Tiltfile.js': `${CANCEL} load_dynamic('ext://cancel');`, 'exts/stop/Tiltfile': '' };
  assert.deepEqual((await succeed(imported)).registered, []);
  const { outcome } = await runner.run(files, { subcommand: 'alpha tiltfile-result' });
  assert.deepEqual(outcome.ok && outcome.result.registered, []);
});

test('what is registered and cannot be found is told where it is registered', async () => {
  const { message, at } = await fail({ 'Tiltfile.js': CANCEL, 'exts/a': '' });
  assert.match(message, /^loading extension cancel: no extension tiltfile found at \$DIR\/exts\/stop\/Tiltfile/);
  assert.equal(at, '$DIR/Tiltfile.js:3:10');
  const { warnings } = await succeed({ 'Tiltfile.js': "v1alpha1.extension('a', { repo_name: 'b', repo_path: 'c' });" });
  assert.match(warnings[0] ?? '', /^Extension "a" does not run: there is no repository "b"; .*Tiltfile\.js:1:10\)$/);
});

test('what was added to a running session is found beside that; what is wrong with it is only told', async () => {
  const files = { 'Tiltfile.js': CANCEL, 'exts/stop/Tiltfile': '', 'exts/go/Tiltfile.js': '' };
  const extension = (name: string, repoName: string, repoPath: string) =>
    ({ resource: 'extensions', name, spec: { repoName, repoPath, args: ['y'] } }) as const;
  const added = [
    extension('go', 'default', 'go'),
    extension('cancel', 'default', 'go'),
    extension('bad', 'default', 'bad'),
    extension('lost', 'nowhere', 'go'),
  ];
  const { outcome, printed, folder } = await runner.run(files, { extensions: { added } });
  assert.ok(outcome.ok);
  assert.deepEqual(
    outcome.result.registered.map(({ name, file, args }) => [name, path.relative(folder, file), ...args]),
    [
      ['cancel', 'exts/stop/Tiltfile', 'x'],
      ['go', 'exts/go/Tiltfile.js', 'y'],
    ],
  );
  assert.match(printed, /^extension bad: loading extension bad: no extension tiltfile found at/m);
  assert.match(printed, /^extension lost: extension repo not found: nowhere$/m);
});

test('what is wrong is said at the place of the import', async () => {
  const nowhere =
    'no extension tiltfile found at $DIR/exts/absent/Tiltfile (nor Tiltfile.ts, Tiltfile.js or Tiltfile.mjs)';
  const cases: [script: string, message: string, at: string][] = [
    [`${REPO}load_dynamic('ext://absent');`, `loading extension absent: ${nowhere}`, '2:1'],
    [`${REPO}await import('ext://absent');`, `cannot load ext://absent: loading extension absent: ${nowhere}`, '2:14'],
    [
      `${REPO}v1alpha1.extension('x', { repo_name: 'default', repo_path: '../private' });\ninclude('ext://x');`,
      'loading extension x: invalid repo path: ../private',
      '3:1',
    ],
    [
      `v1alpha1.extension_repo('default', { url: 'file:///nowhere/at/all' });\ninclude('ext://x');`,
      'loading extension repo default: loading: stat /nowhere/at/all: no such file or directory',
      '2:1',
    ],
    [
      `v1alpha1.extension_repo('default', { url: 'file://' + import.meta.filename });\ninclude('ext://x');`,
      'loading extension repo default: loading: not a directory',
      '2:1',
    ],
    [
      `v1alpha1.extension_repo('default', { url: 'file:///tmp', ref: 'v1' });\ninclude('ext://x');`,
      'loading extension repo default: spec.ref not supported on file:// repos',
      '2:1',
    ],
  ];
  for (const [script, message, at] of cases) {
    const failure = await fail({ 'Tiltfile.js': script, 'private/Tiltfile.js': '', 'exts/x/Tiltfile.js': '' });
    assert.deepEqual(failure, { message, at: `$DIR/Tiltfile.js:${at}` });
  }
});

test('extensions that load each other, and one with an error', async () => {
  const cycle = await fail({
    'Tiltfile.js': `${REPO}load_dynamic('ext://ping');`,
    'exts/ping/Tiltfile.js': "load_dynamic('ext://pong');",
    'exts/pong/Tiltfile.js': "load_dynamic('ext://ping');",
  });
  assert.equal(cycle.message, 'Circular load: $DIR/exts/ping/Tiltfile.js');
  const broken = await fail({
    'Tiltfile.js': `${REPO}load_dynamic('ext://broken');`,
    'exts/broken/Tiltfile.js': "\n  fail('not today');",
  });
  assert.deepEqual(broken, { message: 'not today', at: '$DIR/exts/broken/Tiltfile.js:2:3' });
});

test('the extension of docs/extensions.md works as it stands there', async () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../docs/extensions.md'), 'utf8');
  const [, source] = /```ts\n\/\/ greeter\/Tiltfile\.ts\n(.*?)```/s.exec(page) ?? [];
  assert.ok(source !== undefined, 'the page has no such extension');
  const { graph } = await succeed({
    'Tiltfile.js': `${REPO}load_dynamic('ext://greeter').greet('web', { labels: ['front'] });`,
    'exts/greeter/Tiltfile.ts': source,
    'exts/greeter/lib/words.ts': "export const words = { hello: 'hello' };",
  });
  const [greeting] = graph.resources;
  assert.ok(greeting?.kind === 'local');
  assert.deepEqual([greeting.name, greeting.update?.argv], ['greet-web', ['echo', 'hello', 'web']]);
});
