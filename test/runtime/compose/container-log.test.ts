import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { DockerEngine, EngineCall } from '../../../runtime/clients/docker/docker-engine.ts';
import { followLog, type LogStart, unixTime } from '../../../runtime/compose/container-log.ts';
import { containerState } from '../../../runtime/compose/container-state.ts';

/** An engine that has one log. */
function engineWith(chunks: readonly Buffer[]): { readonly engine: DockerEngine; readonly calls: EngineCall[] } {
  const calls: EngineCall[] = [];
  const unused = () => {
    throw new Error('not needed');
  };
  const engine: DockerEngine = {
    hasAnswered: () => true,
    address: { url: 'unix:///none', origin: 'test', endpoint: { kind: 'socket', path: '/none' } },
    call: unused,
    stream: unused,
    upgrade: unused,
    async read(call) {
      calls.push(call);
      return { ok: true, value: Readable.from(chunks) };
    },
  };
  return { engine, calls };
}

function frame(stream: 1 | 2, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

const at = (second: number) => `2026-01-02T03:04:0${second}.000000000Z`;

async function linesOf(
  chunks: readonly Buffer[],
  { start = { kind: 'first-line' } as LogStart, tty = false, engine = engineWith(chunks).engine } = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  const container = containerState({ Id: 'c', Config: { Tty: tty } });
  const end = await followLog(
    engine,
    container,
    start,
    (text, time) => lines.push(`${time.slice(-12, -11)} ${text}`),
    new AbortController().signal,
  );
  assert.deepEqual(end, { kind: 'over' });
  return lines;
}

test('frames are taken apart, wherever they are cut', async () => {
  const whole = Buffer.concat([
    frame(1, `${at(1)} out ü\n`),
    frame(2, `${at(2)} err\n`),
    frame(1, `${at(3)} \n`),
    frame(1, `${at(4)} without end`),
  ]);
  const expected = ['1 out ü', '2 err', '3 ', '4 without end'];
  assert.deepEqual(await linesOf([whole]), expected);
  const bytes = [...whole].map((byte) => Buffer.from([byte]));
  assert.deepEqual(await linesOf(bytes), expected);
});

test('a container with a terminal has one plain stream', async () => {
  const chunks = [Buffer.from(`${at(1)} one\r\n${at(2)} t`), Buffer.from('wo\r\n')];
  assert.deepEqual(await linesOf(chunks, { tty: true }), ['1 one', '2 two']);
});

test('what was read before is not read again', async () => {
  const chunks = [frame(1, `${at(1)} old\n`), frame(1, `${at(2)} new\n`)];
  const { engine, calls } = engineWith(chunks);
  assert.deepEqual(await linesOf(chunks, { start: { kind: 'after', time: at(1) }, engine }), ['2 new']);
  assert.equal(calls[0]?.query?.since, unixTime(at(1)));
});

test('a log that starts now asks for no old lines', async () => {
  const { engine, calls } = engineWith([]);
  await linesOf([], { start: { kind: 'now' }, engine });
  assert.equal(calls[0]?.query?.tail, '0');
});

test('an engine that gives no log says so', async () => {
  const { engine } = engineWith([]);
  const refusing: DockerEngine = {
    ...engine,
    read: async () => ({
      ok: false,
      problem: { kind: 'refused', status: 501, message: 'configured logging driver does not support reading' },
    }),
  };
  const container = containerState({ Id: 'c', Name: '/shop-web-1' });
  const end = await followLog(refusing, container, { kind: 'first-line' }, () => {}, new AbortController().signal);
  assert.deepEqual(end, {
    kind: 'refused',
    message: 'The log of container "shop-web-1" cannot be read: configured logging driver does not support reading',
  });
});

test('times of the engine as seconds of Unix', () => {
  assert.equal(unixTime('2026-01-02T03:04:05.678901234Z'), '1767323045.678901234');
  assert.equal(unixTime('2026-01-02T03:04:05Z'), '1767323045.000000000');
  assert.equal(unixTime('0001-01-01T00:00:00Z'), undefined);
});
