import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Collection, type CollectionChange } from '../../../../runtime/clients/kubernetes/collection.ts';
import { apiError, UnreachableError } from '../../../../runtime/clients/kubernetes/errors.ts';
import type { ApiObject } from '../../../../runtime/clients/kubernetes/objects.ts';
import { pollUntil } from '../../../support/poll.ts';

const object = (name: string, version = 1): ApiObject => ({
  metadata: { name, uid: name, resourceVersion: String(version) },
});

/** A watch that the test feeds. */
class Feed {
  readonly #events: string[] = [];
  #wake = () => {};
  #end: 'open' | 'ended' | Error = 'open';

  send(type: string, what: object): void {
    this.#events.push(`${JSON.stringify({ type, object: what })}\n`);
    this.#wake();
  }

  end(how: 'ended' | Error = 'ended'): void {
    this.#end = how;
    this.#wake();
  }

  async *stream(): AsyncGenerator<Buffer> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) yield Buffer.from(event);
      else if (this.#end instanceof Error) throw this.#end;
      else if (this.#end === 'ended') return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A collection of a server that the test plays. */
function played(t: { after(task: () => void): void }, keep?: (item: ApiObject) => ApiObject | undefined) {
  const lists: (readonly ApiObject[])[] = [];
  const feeds: Feed[] = [];
  const asked: URLSearchParams[] = [];
  const failures: Error[] = [];
  const source = {
    json: async (path: string) => {
      asked.push(new URL(path, 'http://x').searchParams);
      const failure = failures.shift();
      if (failure) throw failure;
      const page = lists.shift() ?? [];
      return { metadata: { resourceVersion: '7', continue: lists.length > 0 ? 'more' : '' }, items: page };
    },
    stream: async (path: string) => {
      asked.push(new URL(path, 'http://x').searchParams);
      const feed = new Feed();
      feeds.push(feed);
      return feed.stream();
    },
  };
  const collection = new Collection<ApiObject>(source as never, '/api/v1/pods?labelSelector=a%3Db', keep);
  const changes: CollectionChange<ApiObject>[] = [];
  const subscribe = () => t.after(collection.subscribe((change) => void changes.push(change)));
  const names = () => [...collection.items].map(({ metadata }) => metadata.name).sort();
  const watches = () => asked.filter((query) => query.get('watch') === '1');
  const feed = async (index: number) => {
    await pollUntil(() => feeds.length > index);
    return feeds[index] ?? assert.fail();
  };
  return { collection, lists, failures, asked, changes, subscribe, names, watches, feed };
}

test('a list comes in pages and is told of once, as a whole; the watch goes on from there', async (t) => {
  const server = played(t);
  server.lists.push([object('a')], [object('b')], [object('c')]);
  server.subscribe();
  const feed = await server.feed(0);
  assert.deepEqual(server.names(), ['a', 'b', 'c']);
  assert.deepEqual(server.changes, [undefined]);
  assert.deepEqual(
    server.asked.map((query) => [query.get('labelSelector'), query.get('limit'), query.get('continue')]),
    [
      ['a=b', '500', null],
      ['a=b', '500', 'more'],
      ['a=b', '500', 'more'],
      ['a=b', null, null],
    ],
  );
  assert.equal(server.watches()[0]?.get('resourceVersion'), '7');
  feed.send('DELETED', object('b', 8));
  feed.send('ADDED', object('d', 9));
  await pollUntil(() => server.names().join() === 'a,c,d');
});

test('a watch that ends goes on where it was, bookmarks included', async (t) => {
  const server = played(t);
  server.subscribe();
  const feed = await server.feed(0);
  feed.send('BOOKMARK', object('', 42));
  feed.end();
  await server.feed(1);
  assert.equal(server.watches()[1]?.get('resourceVersion'), '42');
  assert.equal(server.asked.length, 3, 'nothing was listed again');
});

test('when the server has forgotten the point, everything is read anew, and what is gone is told of', async (t) => {
  const server = played(t);
  server.lists.push([object('a'), object('b')]);
  server.subscribe();
  const feed = await server.feed(0);
  server.lists.push([object('b'), object('c')]);
  feed.send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
  await server.feed(1);
  assert.deepEqual(server.names(), ['b', 'c']);
  assert.equal(server.collection.problem, undefined, 'that is no problem of anybody');
});

test('a server that is away is a problem until it answers, and is not asked without a pause', async (t) => {
  const server = played(t);
  server.failures.push(new UnreachableError('connection refused'), new UnreachableError('connection refused'));
  server.lists.push([object('a')]);
  const start = performance.now();
  server.subscribe();
  await pollUntil(() => server.collection.problem !== undefined);
  await server.feed(0);
  await pollUntil(() => server.collection.problem === undefined);
  assert.ok(performance.now() - start >= 280, 'a tenth of a second, then two');
  assert.deepEqual(server.names(), ['a']);
});

test('a server that ends each watch at once is asked less and less often', async (t) => {
  const server = played(t);
  server.subscribe();
  const start = performance.now();
  for (let index = 0; index < 4; index++) (await server.feed(index)).end();
  await server.feed(4);
  assert.ok(performance.now() - start >= 1_400, '0.1, 0.2, 0.4 and 0.8 s');
});

test('a refusal is the problem, in the words of the server', async (t) => {
  const server = played(t);
  server.failures.push(apiError(403, JSON.stringify({ reason: 'Forbidden', message: 'pods is forbidden' })));
  server.subscribe();
  await pollUntil(() => server.collection.problem !== undefined);
  assert.equal(server.collection.problem?.message, 'pods is forbidden');
});

test('only what is needed is kept', async (t) => {
  const server = played(t, (item) => (item.metadata.name === 'b' ? undefined : { metadata: item.metadata }));
  server.lists.push([{ ...object('a'), kind: 'Pod' }, object('b')]);
  server.subscribe();
  const feed = await server.feed(0);
  feed.send('MODIFIED', object('b', 8));
  feed.send('ADDED', { ...object('c', 9), kind: 'Pod' });
  await pollUntil(() => server.names().join() === 'a,c');
  assert.deepEqual(
    [...server.collection.items].map((item) => Object.keys(item)),
    [['metadata'], ['metadata']],
  );
  assert.equal(server.changes.length, 2, 'nobody is told of what is left out');
});
