import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChosenReason, chooseChanged, chooseLabels } from '../../../runtime/engine/selection.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { compose, graph, image, kubernetes, local } from '../../support/graph.ts';

const IGNORE = (...patterns: string[]) => [{ basePath: '/project', patterns, source: '' }];
const WEB = kubernetes('web', {
  images: [image('web', { ignores: IGNORE('**/*.md') })],
  objectFiles: ['/project/k8s/web.yaml'],
  resourceDeps: ['db'],
});
const dockerfile = (ref: string) => {
  const made = image(ref);
  return { ...made, build: { ...made.build, dockerfilePath: `/elsewhere/${ref}.Dockerfile` } as typeof made.build };
};
const GRAPH: Graph = {
  ...graph([
    WEB,
    kubernetes('db', { objectFiles: ['/project/k8s/db.yaml'] }),
    kubernetes('api', { images: [dockerfile('api')] }),
    local('lint', { watchPaths: ['/project/web', '/project/api'], ignores: IGNORE('web/generated') }),
    local('e2e', { resourceDeps: ['web', 'api'] }),
    compose('cache', { labels: ['data'] }),
    kubernetes('uncategorized', { podReadiness: 'ignore', objectFiles: ['/project/k8s/role.yaml'] }),
  ]),
  configFiles: [
    '/project/Tiltfile',
    '/project/lib.star',
    '/project/k8s/web.yaml',
    '/project/k8s/db.yaml',
    '/project/k8s/role.yaml',
    '/project/compose.yml',
    '/project/charts',
    '/elsewhere/api.Dockerfile',
    '/project/web/.dockerignore',
  ],
  globalIgnores: IGNORE('**/.idea'),
};

function run(...changed: readonly string[]): readonly string[] {
  const { graph: narrowed, reasons } = chooseChanged(GRAPH, changed);
  assert.deepEqual(narrowed.enabled, [...reasons.keys()]);
  return [...reasons].map(([name, reason]) => `${name}: ${short(reason)}`);
}

function short(reason: ChosenReason): string {
  if (reason.kind === 'changed') return `${reason.by} ${reason.paths.length}`;
  return 'names' in reason ? `${reason.kind} ${reason.names.join(' ')}` : reason.kind;
}

const CASES: readonly (readonly [why: string, changed: readonly string[], runs: readonly string[]])[] = [
  ['nothing changed', [], []],
  ['what belongs to nobody', ['/project/README.md', '/project/k8s/other.yaml'], []],
  [
    'a file of an image',
    ['/project/web/index.html'],
    [
      'web: files 1',
      'db: needed-by web',
      'api: needed-by e2e',
      'lint: files 1',
      'e2e: depends-on web',
      'uncategorized: rest',
    ],
  ],
  ['a file that every resource ignores', ['/project/web/.idea/x'], []],
  ['a file that the image ignores and another resource does not', ['/project/web/README.md'], ['lint: files 1']],
  ['a file that the other one ignores', ['/project/web/generated/x.md'], []],
  [
    'the YAML of a resource',
    ['/project/k8s/db.yaml'],
    ['web: depends-on db', 'db: files 1', 'api: needed-by e2e', 'e2e: depends-on web', 'uncategorized: rest'],
  ],
  [
    'a Dockerfile elsewhere',
    ['/elsewhere/api.Dockerfile'],
    ['web: needed-by e2e', 'db: needed-by web', 'api: files 1', 'e2e: depends-on api', 'uncategorized: rest'],
  ],
  ['a .dockerignore', ['/project/web/.dockerignore'], run('/project/web/index.html')],
  ['a Compose file', ['/project/compose.yml'], ['cache: files 1']],
  ['objects of no other resource', ['/project/k8s/role.yaml'], ['uncategorized: files 1']],
  ['the Tiltfile', ['/project/Tiltfile'], GRAPH.resources.map(({ name }) => `${name}: tiltfile 1`)],
  [
    'a file in a folder that it read',
    ['/project/charts/a/values.yaml'],
    GRAPH.resources.map(({ name }) => `${name}: tiltfile 1`),
  ],
  [
    'a module of the Tiltfile, and a file',
    ['/project/lib.star', '/project/api/main.go'],
    [
      'web: tiltfile 1',
      'db: tiltfile 1',
      'api: files 1',
      'lint: files 1',
      'e2e: tiltfile 1',
      'cache: tiltfile 1',
      'uncategorized: tiltfile 1',
    ],
  ],
];

for (const [why, changed, runs] of CASES) {
  test(`since a revision: ${why}`, () => assert.deepEqual(run(...changed), runs));
}

test('what a changed Tiltfile declares as it was is not affected, wherever it lay and in whichever line', () => {
  const moved = JSON.parse(JSON.stringify(GRAPH).replaceAll('/project', '/elsewhere/then')) as Graph;
  const resources = moved.resources.map((resource) => {
    const line = { ...resource, position: { ...resource.position, line: 99 } };
    return resource.name === 'api' ? { ...line, labels: ['other'] } : line;
  });
  const earlier = { graph: { ...moved, resources }, folder: '/elsewhere/then', now: '/project' };
  const since = (then: typeof earlier) => [...chooseChanged(GRAPH, ['/project/Tiltfile'], then).reasons.entries()];
  const paths = ['/project/Tiltfile'];
  assert.deepEqual(
    since(earlier).filter(([, { kind }]) => kind === 'changed'),
    [['api', { kind: 'changed', by: 'declaration', paths }]],
  );
  const settings = { ...moved.settings, scrubSecrets: false };
  const all = since({ ...earlier, graph: { ...moved, resources, settings } });
  assert.equal(all.length, GRAPH.resources.length);
  assert.deepEqual(all[0]?.[1], { kind: 'changed', by: 'tiltfile', paths });
});

test('since a revision, only what is enabled runs', () => {
  const { graph: narrowed } = chooseChanged({ ...GRAPH, enabled: ['lint'] }, ['/project/web/index.html']);
  assert.deepEqual(narrowed.enabled, ['lint']);
});

test('labels choose resources and what they need; one that nobody has is told', () => {
  const labelled = {
    ...GRAPH,
    resources: GRAPH.resources.map((one) => (one.name === 'web' ? { ...one, labels: ['ui'] } : one)),
  };
  const chosen = chooseLabels(labelled, ['ui', 'data']);
  assert.ok('graph' in chosen);
  assert.deepEqual(chosen.graph.enabled, ['web', 'db', 'cache', 'uncategorized']);
  assert.deepEqual(chooseLabels(labelled, ['ui', 'x', 'y']), { unknown: ['x', 'y'] });
});
