// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const NOT_PLAIN = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
/** Colours, other terminal commands (of which only colours stay), and single control characters. */
const SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /\x1b\[([0-9;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/** A line that a terminal shows without harm: colours stay, other control sequences go, other bytes are written out. */
export function printable(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text.replace(SPECIAL, (match, colour: string | undefined) => {
    if (colour !== undefined) return match;
    if (match.length > 1) return '';
    return `\\x${match.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
