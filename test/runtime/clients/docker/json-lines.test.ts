import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { jsonLines } from '../../../../runtime/clients/docker/docker-engine.ts';

async function read(...chunks: readonly Buffer[]): Promise<unknown[]> {
  const messages: unknown[] = [];
  for await (const message of jsonLines(Readable.from(chunks))) messages.push(message);
  return messages;
}

test('messages are found however the bytes are cut', async () => {
  const bytes = Buffer.from('{"stream":"grün"}\r\n\r\n{"a":1}\n{"b":2}');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    assert.deepEqual(await read(bytes.subarray(0, cut), bytes.subarray(cut)), [{ stream: 'grün' }, { a: 1 }, { b: 2 }]);
  }
});

test('text that is no JSON is an error', async () => {
  await assert.rejects(read(Buffer.from('not json\n')), SyntaxError);
});
