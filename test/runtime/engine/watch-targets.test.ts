import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchTargets } from '../../../runtime/engine/watch-targets.ts';
import type { IgnoreRule } from '../../../stdlib/model/ignore.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';
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

test('the file into which a build writes its reference is not watched, the files of a custom deploy are', () => {
  const output = '/project/web/ref';
  const build = {
    kind: 'command',
    command: shell('make'),
    tag: '',
    output: 'local-docker',
    outputsImageRefTo: output,
  } as const;
  const customDeploy = {
    apply: shell('up'),
    delete: shell('down'),
    watchPaths: ['/project/chart'],
    ignores: [rule('chart')],
  };
  const images = [image('web', { build, ignores: [rule('web')] })];
  const session = new Replay().load(graph([kubernetes('k', { images, customDeploy })]));
  assert.deepEqual(watchTargets(session.state).slice(1), [
    { id: 'k', paths: ['/project/web'], ignores: [rule('web'), { basePath: output, patterns: [], source: '' }] },
    { id: 'k', paths: ['/project/chart'], ignores: [rule('chart')] },
  ]);
});
