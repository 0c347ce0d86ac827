import { plainText } from '../plain-text.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as the content of an element or the value of an attribute. */
export function htmlText(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Data for a script element: nothing in it ends the element or begins a comment. */
export function scriptData(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
