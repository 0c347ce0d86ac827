/** Lines of base64 as programs wrap it, in characters: of `base64`, of PEM. */
const WRAPS = [76, 64];
const SHORTEST_PIECE = 16;

/** All the ways in which a log may show a text on one line: as it is, quoted by JSON, YAML, shells or URLs, and in base64. */
export function formsOfText(text: string): readonly string[] {
  const json = quoted(text);
  const goJson = json.replace(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return [
    text,
    json,
    goJson,
    // JSON within JSON, as in kubectl's annotation of what was applied last.
    quoted(json),
    quoted(goJson),
    // YAML writes other letters than those of ASCII as they are, and so does JSON here; some write them in numbers.
    json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    text.replaceAll("'", "''"),
    text.replaceAll("'", "'\\''"),
    percentEncoded(text),
    // Somebody's `echo` adds a newline, or the file had one that the value lacks.
    ...formsOfBase64(Buffer.from(text)),
    ...formsOfBase64(Buffer.from(`${text}\n`)),
  ];
}

/** Base64 for all alphabets, with and without padding, whole and as it is wrapped. */
export function formsOfBase64(bytes: Uint8Array): readonly string[] {
  const whole = Buffer.from(bytes).toString('base64');
  const bare = whole.replace(/=+$/, '');
  const forUrls = bare.replaceAll('+', '-').replaceAll('/', '_');
  const padding = whole.slice(bare.length);
  const pieces = WRAPS.filter((width) => whole.length > width).flatMap((width) => wrapped(whole, width));
  return [whole, bare, forUrls + padding, forUrls, ...pieces];
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += width) lines.push(text.slice(start, start + width));
  return lines.filter((line) => line.length >= SHORTEST_PIECE);
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a pair of UTF-16 has no bytes.
    return text;
  }
}
