/** A field of a protobuf message: numbers for wire types 0, 1 and 5, bytes for 2. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const text = new TextDecoder();

/**
 * Reads the fields of a protobuf message in their order. Numbers above 2^53 lose their last bits. Throws `RangeError` on
 * bytes that are no message.
 */
export function* protobufFields(bytes: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a protobuf message ends within a number');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const skip = (count: number): number => {
    const from = at;
    at += count;
    if (at > bytes.length) throw new RangeError('a protobuf message ends within a field');
    return from;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, value: Number(view.getBigUint64(skip(8), true)) };
        break;
      case 2: {
        const length = varint();
        const from = skip(length);
        yield { number, value: bytes.subarray(from, from + length) };
        break;
      }
      case 5:
        yield { number, value: view.getUint32(skip(4), true) };
        break;
      default:
        throw new RangeError(`a protobuf field has the unknown wire type ${tag % 8}`);
    }
  }
}

/** The field as text; empty for a number. */
export function protobufText(field: ProtobufField): string {
  return typeof field.value === 'number' ? '' : text.decode(field.value);
}

export function protobufNumber(field: ProtobufField): number {
  return typeof field.value === 'number' ? field.value : 0;
}

export function protobufBytes(field: ProtobufField): Uint8Array {
  return typeof field.value === 'number' ? new Uint8Array() : field.value;
}

/** Writes fields: numbers as varints, text and bytes with their length. */
export function protobufMessage(
  fields: readonly (readonly [number: number, value: number | bigint | string | Uint8Array])[],
): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varintBytes(number * 8), varintBytes(value)];
      if (typeof value === 'bigint') return [varintBytes(number * 8), bigVarintBytes(value)];
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return [varintBytes(number * 8 + 2), varintBytes(bytes.length), bytes];
    }),
  );
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest % 128) + 128);
  }
}

function bigVarintBytes(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) {
      bytes.push(Number(rest));
      return Buffer.from(bytes);
    }
    bytes.push(Number(rest & 127n) + 128);
  }
}
