import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatHelps } from '../../../runtime/engine/what-helps.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import { image, kubernetes, local, shell } from '../../support/graph.ts';

const TILTFILE = 'It runs again when its part of the Tiltfile changes.';

const cases: readonly (readonly [string, Resource, string])[] = [
  ['no files', local('a'), TILTFILE],
  ['files', local('a', { watchPaths: ['/p/src', '/q'] }), 'It runs again when something changes in src, /q.'],
  [
    'many files',
    local('a', { watchPaths: ['/p/a', '/p/b', '/p/c', '/p/d', '/p/e'] }),
    'It runs again when something changes in a, b, c, 2 other paths.',
  ],
  [
    'files that are not heeded',
    local('a', { watchPaths: ['/p/src'], trigger: { onChange: false, atStart: true } }),
    TILTFILE,
  ],
  [
    'images',
    kubernetes('a', { images: [image('x', { watchPaths: ['/p/web'] }), image('y', { watchPaths: ['/p/web'] })] }),
    'It runs again when something changes in web.',
  ],
  [
    'a deploy by commands',
    kubernetes('a', {
      customDeploy: { apply: shell('up'), delete: shell('down'), watchPaths: ['/p/chart'], ignores: [] },
    }),
    'It runs again when something changes in chart.',
  ],
];
for (const [name, resource, text] of cases) test(name, () => assert.equal(whatHelps(resource, '/p'), text));
