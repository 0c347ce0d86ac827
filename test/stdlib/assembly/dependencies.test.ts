import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, plain, pod, Tiltfile } from './assembled.ts';

function chain(...edges: (readonly [string, ...string[]])[]): Tiltfile {
  const tiltfile = new Tiltfile();
  for (const [name, ...resourceDeps] of edges) tiltfile.local(name, { resourceDeps });
  return tiltfile;
}

for (const [what, tiltfile, messages] of [
  ['itself', chain(['a', 'a']), ['resource a specified a dependency on itself']],
  ['each other', chain(['a', 'b'], ['b', 'a']), ['cycle detected in resource dependency graph: a -> b -> a']],
  [
    'a circle that begins further on',
    chain(['x', 'c'], ['a', 'b'], ['b', 'c'], ['c', 'a']),
    ['cycle detected in resource dependency graph: a -> b -> c -> a'],
  ],
  [
    'two circles',
    chain(['a', 'b'], ['b', 'a'], ['c', 'd'], ['d', 'c']),
    [
      'cycle detected in resource dependency graph: a -> b -> a',
      'cycle detected in resource dependency graph: c -> d -> c',
    ],
  ],
] as const) {
  test(`resources that depend on ${what} are refused`, () => {
    assert.deepEqual(tiltfile.failures(), messages);
  });
}

test('a diamond is no circle', () => {
  const graph = chain(['d', 'b', 'c'], ['b', 'a'], ['c', 'a'], ['a']).graph();
  assert.deepEqual(graph.resources[0]?.resourceDeps, ['b', 'c']);
});

test('a chain may be long', () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `r${i}`);
  const graph = chain(
    ...names.map((name, i) => (i === 0 ? ([name] as const) : ([name, `r${i - 1}`] as const))),
  ).graph();
  assert.equal(graph.resources.length, names.length);
});

test('an unknown dependency is left out, with a warning', () => {
  const assembled = chain(['a', 'no', 'b'], ['b']).assemble();
  assert.ok(assembled.ok);
  assert.deepEqual(assembled.graph.resources[0]?.resourceDeps, ['b']);
  assert.deepEqual(assembled.warnings, [
    'resource a specified a dependency on unknown resource no - dependency ignored',
  ]);
});

test('names choose resources; what they depend on and what is uncategorized comes along', () => {
  const tiltfile = () =>
    chain(['a', 'b'], ['b', 'c'], ['c'], ['d']).yaml(`${pod('p', 'x')}---\n${plain('Secret', 's')}`);
  assert.deepEqual(tiltfile().graph({ enabledNames: ['a'] }).enabled, ['a', 'b', 'c', 'uncategorized']);
  assert.deepEqual(tiltfile().graph().enabled, ['p', 'a', 'b', 'c', 'd', 'uncategorized']);
  assert.deepEqual(tiltfile().failures({ enabledNames: ['nosuch', 'a', 'neither'] }), [
    'You specified some resources that could not be found: "nosuch", "neither"\nIs this a typo? Existing resources in Tiltfile: "p", "b", "c", "d", "uncategorized"',
  ]);
});

test('local resources: triggers, ignores, the .git folders of what they watch', () => {
  const tiltfile = new Tiltfile()
    .local('a', { deps: ['/p/src', '/p/x'], ignores: ['*.md'], triggerMode: 'manual' })
    .local('b', { update: undefined, serve: { argv: ['x'], dir: '/p', env: [] }, autoInit: false });
  tiltfile.declarations.triggerMode = { mode: 'manual', position: { file: '/p/Tiltfile.js', line: 1, column: 1 } };
  const [a, b] = tiltfile.graph({ files: files({ '/p/.git/HEAD': '', '/p/src/.git/HEAD': '' }) }).resources;
  assert.ok(a?.kind === 'local' && b?.kind === 'local');
  assert.deepEqual(a.ignores, [
    { basePath: '/p/src/.git', patterns: [], source: '' },
    { basePath: '/p/.git', patterns: [], source: '' },
    { basePath: '/p', patterns: ['*.md'], source: '' },
  ]);
  assert.deepEqual(
    [a.trigger, b.trigger],
    [
      { onChange: false, atStart: true },
      { onChange: false, atStart: false },
    ],
  );
  assert.deepEqual([a.allowParallel, b.allowParallel], [false, true]);
});

test('.tiltignore is for all', () => {
  const { globalIgnores } = new Tiltfile().graph({ files: files({ '/p/.tiltignore': '.idea\n' }) });
  assert.deepEqual(globalIgnores, [{ basePath: '/p', patterns: ['.idea'], source: '/p/.tiltignore' }]);
});
