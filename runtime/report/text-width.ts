const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Emoji, and the scripts whose characters take two columns of a terminal. */
const WIDE =
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

/** What takes no column of its own when it stands alone. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** How many columns of a terminal the text takes. */
export function textWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const { segment } of CHARACTERS.segment(text)) width += characterWidth(segment);
  return width;
}

/** The text in one line, cut to this many columns with an ellipsis when it takes more. */
export function cutToWidth(given: string, columns: number): string {
  const text = given.replace(/\p{Cc}/gu, ' ');
  if (textWidth(text) <= columns) return text;
  let cut = '';
  let width = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    width += characterWidth(segment);
    if (width >= columns) break;
    cut += segment;
  }
  return `${cut}…`;
}

function characterWidth(character: string): number {
  if (EMPTY.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Printable ASCII, the usual case. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7E]*$/.test(text);
}
