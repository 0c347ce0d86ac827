import { protobufBytes, protobufFields, protobufNumber, protobufText } from './protobuf.ts';

/** What BuildKit tells about a build while it runs: only what changed since the last time. */
export interface BuildTrace {
  readonly vertices: readonly BuildVertex[];
  readonly transfers: readonly BuildTransfer[];
  readonly logs: readonly BuildLog[];
}

/** A step of a build. Times are milliseconds since the epoch. */
export interface BuildVertex {
  readonly digest: string;
  /** Such as `[2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
  /** Empty when nothing is wrong. */
  readonly error: string;
}

/** Bytes that a step moves, such as a layer that it downloads. `total` is 0 when not known. */
export interface BuildTransfer {
  readonly id: string;
  readonly vertex: string;
  readonly current: number;
  readonly total: number;
  readonly at: number;
}

export interface BuildLog {
  readonly vertex: string;
  readonly bytes: Uint8Array;
}

/** Reads the `aux` of a `moby.buildkit.trace` message: a base64 `StatusResponse`. Throws `RangeError` when it is none. */
export function decodeBuildTrace(base64: string): BuildTrace {
  const vertices: BuildVertex[] = [];
  const transfers: BuildTransfer[] = [];
  const logs: BuildLog[] = [];
  for (const field of protobufFields(Buffer.from(base64, 'base64'))) {
    if (field.number === 1) vertices.push(decodeVertex(protobufBytes(field)));
    else if (field.number === 2) transfers.push(decodeTransfer(protobufBytes(field)));
    else if (field.number === 3) logs.push(decodeLog(protobufBytes(field)));
  }
  return { vertices, transfers, logs };
}

function decodeVertex(bytes: Uint8Array): BuildVertex {
  let [digest, name, error] = ['', '', ''];
  let cached = false;
  let startedAt: number | undefined;
  let completedAt: number | undefined;
  for (const field of protobufFields(bytes)) {
    if (field.number === 1) digest = protobufText(field);
    else if (field.number === 3) name = protobufText(field);
    else if (field.number === 4) cached = protobufNumber(field) !== 0;
    else if (field.number === 5) startedAt = decodeTime(protobufBytes(field));
    else if (field.number === 6) completedAt = decodeTime(protobufBytes(field));
    else if (field.number === 7) error = protobufText(field);
  }
  return { digest, name, cached, startedAt, completedAt, error };
}

function decodeTransfer(bytes: Uint8Array): BuildTransfer {
  let [id, vertex] = ['', ''];
  let [current, total, at] = [0, 0, 0];
  for (const field of protobufFields(bytes)) {
    if (field.number === 1) id = protobufText(field);
    else if (field.number === 2) vertex = protobufText(field);
    else if (field.number === 4) current = protobufNumber(field);
    else if (field.number === 5) total = protobufNumber(field);
    else if (field.number === 6) at = decodeTime(protobufBytes(field));
  }
  return { id, vertex, current, total, at };
}

function decodeLog(bytes: Uint8Array): BuildLog {
  let vertex = '';
  let message: Uint8Array = new Uint8Array();
  for (const field of protobufFields(bytes)) {
    if (field.number === 1) vertex = protobufText(field);
    else if (field.number === 4) message = protobufBytes(field);
  }
  return { vertex, bytes: message };
}

/** A `google.protobuf.Timestamp`. */
function decodeTime(bytes: Uint8Array): number {
  let [seconds, nanos] = [0, 0];
  for (const field of protobufFields(bytes)) {
    if (field.number === 1) seconds = protobufNumber(field);
    else if (field.number === 2) nanos = protobufNumber(field);
  }
  return seconds * 1000 + nanos / 1_000_000;
}
