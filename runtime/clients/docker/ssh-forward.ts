import type { ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { FRAME_HEADER, frame } from './grpc-frame.ts';
import { protobufBytes, protobufFields, protobufMessage } from './protobuf.ts';

/** Connects a stream of a build with an ssh agent, until one of them ends. */
export function forwardToAgent(stream: ServerHttp2Stream, agent: Duplex): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= FRAME_HEADER) {
      const end = FRAME_HEADER + rest.readUInt32BE(1);
      if (rest.length < end) break;
      for (const field of protobufFields(rest.subarray(FRAME_HEADER, end))) {
        if (field.number === 1) agent.write(protobufBytes(field));
      }
      rest = rest.subarray(end);
    }
  });
  agent.on('data', (chunk) => {
    if (!stream.destroyed && stream.writable) stream.write(frame(protobufMessage([[1, chunk]])));
  });
  agent.on('error', () => stream.close());
  agent.on('close', () => {
    if (!stream.destroyed && stream.writable) stream.end();
  });
  stream.on('error', () => {});
  stream.on('end', () => agent.end());
  stream.on('close', () => agent.destroy());
}
