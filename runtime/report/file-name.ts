import { createHash } from 'node:crypto';

/** In UTF-8 bytes; file systems take 255, and an ending comes behind it. */
const LONGEST = 120;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Names for files that every file system takes: each text has one of its own, however alike they look. */
export class FileNames {
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;

  /** `taken`: in lower case, what is in use for other things. */
  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /** The name for a text; always the same for the same text. */
  of(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    let name = safeName(text);
    // macOS and Windows do not tell upper case from lower case.
    if (this.#taken.has(name.toLowerCase())) name = `${name}-${digest(text)}`;
    this.#taken.add(name.toLowerCase());
    this.#names.set(text, name);
    return name;
  }
}

function safeName(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}._@+-]+/gu, '_').replace(/^\.+|\.+$/g, '_');
  const named = plain === '' || DEVICES.test(plain) ? `_${plain}` : plain;
  if (Buffer.byteLength(named) <= LONGEST) return named;
  const cut = Buffer.from(named)
    .subarray(0, LONGEST)
    .toString()
    .replace(/\ufffd+$/, '');
  return `${cut}-${digest(text)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
