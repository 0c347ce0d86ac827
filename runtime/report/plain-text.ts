// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const COLOURS = /\x1b\[[0-9;:]*m/g;

/** A line of a log without its colours. */
export function plainText(text: string): string {
  return text.includes('\u001b') ? text.replace(COLOURS, '') : text;
}
