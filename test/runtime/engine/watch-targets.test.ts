import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchTargets } from '../../../runtime/engine/watch-targets.ts';
import type { IgnoreRule } from '../../../stdlib/model/ignore.ts';
import { graph, image, kubernetes, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const rule = (source: string): IgnoreRule => ({ basePath: '/project', patterns: ['x'], source });

test('the Tiltfile, local resources and images are watched, each image with its own ignores', () => {
  const images = [image('one', { ignores: [rule('one')] }), image('two', { ignores: [rule('two')] })];
  const declared = graph([local('a', { watchPaths: ['/project/a'] }), local('b'), kubernetes('k', { images })]);
  const session = new Replay().load({ ...declared, globalIgnores: [rule('.tiltignore')] });
  const everywhere = rule('.tiltignore');
  assert.deepEqual(watchTargets(session.state), [
    { id: '(Tiltfile)', paths: ['/project/Tiltfile'], ignores: [everywhere] },
    { id: 'a', paths: ['/project/a'], ignores: [everywhere] },
    { id: 'k', paths: ['/project/one'], ignores: [rule('one'), everywhere] },
    { id: 'k', paths: ['/project/two'], ignores: [rule('two'), everywhere] },
  ]);
});
