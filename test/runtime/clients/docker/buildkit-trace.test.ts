import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBuildTrace } from '../../../../runtime/clients/docker/buildkit-trace.ts';
import { protobufFields, protobufMessage } from '../../../../runtime/clients/docker/protobuf.ts';

const time = (seconds: number, nanos: number): Buffer =>
  protobufMessage([
    [1, seconds],
    [2, nanos],
  ]);

test('a status of BuildKit is read: steps, transfers and logs', () => {
  const vertex = protobufMessage([
    [1, 'sha256:aa'],
    [2, 'sha256:an-input'],
    [3, '[2/3] RUN echo ü'],
    [4, 1],
    [5, time(1_700_000_000, 250_000_000)],
    [6, time(1_700_000_001, 500_000_000)],
    [7, 'exit code: 3'],
  ]);
  const transfer = protobufMessage([
    [1, 'layer'],
    [2, 'sha256:aa'],
    [3, 'downloading'],
    [4, 5_000_000_000],
    [5, 10_000_000_000],
    [6, time(1_700_000_001, 0)],
  ]);
  const log = protobufMessage([
    [1, 'sha256:aa'],
    [2, time(1_700_000_001, 0)],
    [3, 2],
    [4, Uint8Array.of(104, 105, 10)],
  ]);
  const trace = decodeBuildTrace(
    protobufMessage([
      [1, vertex],
      [2, transfer],
      [3, log],
      [4, 'a warning, which nobody reads'],
    ]).toString('base64'),
  );
  assert.deepEqual(trace.vertices, [
    {
      digest: 'sha256:aa',
      name: '[2/3] RUN echo ü',
      cached: true,
      startedAt: 1_700_000_000_250,
      completedAt: 1_700_000_001_500,
      error: 'exit code: 3',
    },
  ]);
  assert.deepEqual(trace.transfers, [
    { id: 'layer', vertex: 'sha256:aa', current: 5_000_000_000, total: 10_000_000_000, at: 1_700_000_001_000 },
  ]);
  assert.equal(trace.logs[0]?.vertex, 'sha256:aa');
  assert.equal(Buffer.from(trace.logs[0]?.bytes ?? []).toString(), 'hi\n');
});

test('what BuildKit of Docker 20.10 sent is read', () => {
  // The beginning of a message, recorded.
  const recorded =
    'CtoBCkdzaGEyNTY6MzA5MjE3YWQyYjhjMTczMGQ0YWQ0OWNkM2QzYmJmOWQxZTZkNmU2MDQ4ZmY2ZGU4ODJmY2JiMGM4YmE0YTU4YhJHc2hhMjU2OjA4YTAzZjNmZmU1ZmJhNDIxYTY0MDNjMzFlMTUzNDI1Y2VkNjMxZDEwODg2OGYzMGUwNDk4NWY5OWQ2OTMyNmU=';
  assert.throws(() => decodeBuildTrace(recorded), RangeError, 'a message that is cut off is no message');
  const log = decodeBuildTrace(
    'Gl4KR3NoYTI1NjozMDkyMTdhZDJiOGMxNzMwZDRhZDQ5Y2QzZDNiYmY5ZDFlNmQ2ZTYwNDhmZjZkZTg4MmZjYmIwYzhiYTRhNThiEgwIqYWQ2AYQk96BrQIYASIDaGkK',
  );
  assert.equal(log.logs[0]?.vertex, 'sha256:309217ad2b8c1730d4ad49cd3d3bbf9d1e6d6e6048ff6de882fcbb0c8ba4a58b');
  assert.equal(Buffer.from(log.logs[0]?.bytes ?? []).toString(), 'hi\n');
});

test('fields of every wire type are passed over', () => {
  const bytes = Buffer.concat([
    Buffer.from([0x09, 1, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from([0x15, 2, 0, 0, 0]),
    protobufMessage([[3, 300]]),
  ]);
  assert.deepEqual(
    [...protobufFields(bytes)],
    [
      { number: 1, value: 1 },
      { number: 2, value: 2 },
      { number: 3, value: 300 },
    ],
  );
});
