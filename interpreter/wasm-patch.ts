/** The sections of a WebAssembly file that matter here, by number. */
const EXPORTS = 7;
const TABLE_KIND = 1;

/**
 * Adds the file's function table to its exports, under `name`. QuickJS calls back through that table, and only what stands in it
 * can be called: so the host can put in a function that the package's authors did not think of.
 */
export function exportTable(bytes: Uint8Array, name: string): Uint8Array {
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at];
    const size = readNumber(bytes, at + 1);
    if (id === EXPORTS) {
      const count = readNumber(bytes, size.next);
      const text = new TextEncoder().encode(name);
      const added = [text.length, ...text, TABLE_KIND, 0];
      const counted = writeNumber(count.value + 1);
      const entries = bytes.subarray(count.next, size.next + size.value);
      const length = writeNumber(counted.length + entries.length + added.length);
      return concat(bytes.subarray(0, at + 1), length, counted, entries, added, bytes.subarray(size.next + size.value));
    }
    at = size.next + size.value;
  }
  return bytes;
}

function readNumber(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let next = from;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value |= (byte & 127) << shift;
    if (byte < 128) return { value: value >>> 0, next };
  }
}

function writeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
