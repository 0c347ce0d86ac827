import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProcess } from '../../../../runtime/clients/process/process.ts';
import { endAllGroups } from '../../../../runtime/clients/process/process-group.ts';
import { liveProcesses } from '../../../../runtime/clients/process/process-table.ts';

const COUNT = 200;

test('hundreds of groups that end together share their looks at the processes', async (t) => {
  if (liveProcesses() === undefined) {
    t.skip('there is no /proc');
    return;
  }
  const spec = { argv: ['sleep', '1000'], dir: '/', env: process.env };
  const all = Array.from({ length: COUNT }, () => startProcess(spec, () => undefined));
  const before = performance.now();
  liveProcesses();
  const look = performance.now() - before;
  const start = performance.now();
  await endAllGroups(5000);
  const took = performance.now() - start;
  await Promise.all(all.map(({ ended }) => ended));
  assert.ok(took < (look * COUNT) / 2 + 500, `took ${took} ms with ${look} ms for a look`);
});
