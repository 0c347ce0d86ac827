/** The texts of the `Warning` header of an answer: `299 - "text", 299 - "text"`, with `"` and `\` escaped. */
export function warningTexts(header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  return [...header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}
