import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graph, local } from '../../support/graph.ts';
import { servedSession, watchStream } from '../../support/served-session.ts';

test('the log can be read from outside, whole, filtered and as it comes', async (test) => {
  const { ask, log } = await servedSession(test, graph([local('web'), local('db')]));
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string; resource: string });
  log.open({ resource: 'web', source: 'runtime', span: 's' }).write('one\ntwo\n');
  log.open({ resource: 'db', source: 'runtime', span: 's2' }).write('bad\n', 'error');
  const web = lines((await ask('/api/logs?resource=web&source=runtime')).text);
  assert.deepEqual(
    web.map(({ message }) => message),
    ['one', 'two'],
  );
  assert.deepEqual(
    lines((await ask('/api/logs?level=error')).text).map(({ message }) => message),
    ['bad'],
  );
  assert.equal(lines((await ask('/api/logs?tail=2')).text).length, 2);
  const tiltfile = lines((await ask('/api/logs?resource=(Tiltfile)')).text);
  assert.ok(tiltfile.every(({ resource }) => resource === '(Tiltfile)') && tiltfile.length > 0);
  const unknown = await ask('/api/logs?resource=nosuch');
  assert.equal(unknown.code, 404);
  assert.match(unknown.text, /nosuch.*web, db/);
  assert.equal((await ask('/api/logs?since=soon')).code, 400);
});

test('a log that is larger than the memory for it comes whole, also to a client that reads slowly', async (test) => {
  const { ask, log } = await servedSession(test, graph([local('web')]));
  const writer = log.open({ resource: 'web', source: 'runtime', span: 's' });
  for (let line = 0; line < 60_000; line++) writer.write(`line ${line} ${'x'.repeat(50)}\n`);
  const lines = (await ask('/api/logs?resource=web&source=runtime')).text.trimEnd().split('\n');
  assert.equal(lines.length, 60_000);
  assert.match(lines[0] ?? '', /"message":"line 0 /);
  assert.match(lines.at(-1) ?? '', /"message":"line 59999 /);
  const last = (await ask('/api/logs?resource=web&tail=3')).text.trimEnd().split('\n');
  assert.match(last[0] ?? '', /"message":"line 59997 /);
});

test('a log that is followed goes on with what comes', async (test) => {
  const { port, log } = await servedSession(test, graph([local('web')]));
  const writer = log.open({ resource: 'web', source: 'runtime', span: 's' });
  writer.write('before\n');
  const stream = watchStream(test, port, '/api/logs?resource=web&source=runtime&tail=1&follow=true');
  const next = async () => ((await stream.next()) as unknown as { message: string } | undefined)?.message;
  assert.equal(await next(), 'before');
  writer.write('after\n');
  assert.equal(await next(), 'after');
});
