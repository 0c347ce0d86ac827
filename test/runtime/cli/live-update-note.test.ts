import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveUpdateNotes } from '../../../runtime/cli/live-update-note.ts';
import type { LiveUpdate } from '../../../stdlib/model/live-update.ts';
import { graph, image, kubernetes } from '../../support/graph.ts';

const liveUpdate: LiveUpdate = {
  basePath: '/project',
  stopPaths: [],
  syncs: [{ localPath: 'src', containerPath: '/app' }],
  runs: [],
  restart: false,
  initialSync: false,
  containerName: '',
};

test('each image with a live update is told of once', () => {
  const note = liveUpdateNotes();
  const web = kubernetes('web', { images: [image('shop/base'), image('shop/web', { liveUpdate })] });
  const built = 'live_update does not update running containers yet: a change builds the whole image.';
  assert.equal(note(graph([web])), `${built} ("shop/web")`);
  assert.equal(note(graph([web])), undefined);
  const more = kubernetes('more', {
    images: [image('shop/api', { liveUpdate }), image('shop/bot', { liveUpdate, onlyLiveUpdate: true })],
  });
  assert.equal(
    note(graph([web, more])),
    `${built} ("shop/api")\nlive_update does not update running containers yet: a change only deploys again. ("shop/bot")`,
  );
});
