import { plainText } from './plain-text.ts';

/** What XML 1.0 has no way to say. */
const UNSAYABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as the content of an XML element; colours go, what XML cannot say becomes a question mark. */
export function xmlText(text: string): string {
  return plainText(text)
    .replace(UNSAYABLE, '\ufffd')
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
    .replace(/\r/g, '&#13;');
}

/** A text as the value of an XML attribute, quotes included. Newlines stay what they are. */
export function xmlAttribute(text: string): string {
  return `"${xmlText(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')}"`;
}
