/** In bytes: one for "not compressed", four for the length. */
export const FRAME_HEADER = 5;

/** A message in gRPC's framing. */
export function frame(message: Uint8Array): Buffer {
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}
