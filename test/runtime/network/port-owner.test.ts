import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { ownerInLsof, portOwner } from '../../../runtime/network/port-owner.ts';

test('who listens on a port is named with its id', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  assert.match(await portOwner(port), new RegExp(`^process ${process.pid} \\(\\w+\\)$`));
});

test('the first process that lsof names is the owner', () => {
  assert.equal(ownerInLsof('p4711\ncpostgres\nf7\np4712\ncpostgres\nf7\n'), 'process 4711 (postgres)');
  assert.equal(ownerInLsof('p4711\n'), 'process 4711');
  assert.equal(ownerInLsof(''), '');
});
