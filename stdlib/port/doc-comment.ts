import { type Doc, hardline } from './doc.ts';

/** A text that stands alone, as a comment. */
export function docComment(text: string): Doc {
  const lines = text
    .replaceAll('*/', '*\\/')
    .split('\n')
    .map((lineText) => lineText.trimEnd());
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0) return '';
  const widths = lines
    .slice(1)
    .filter((lineText) => lineText !== '')
    .map((lineText) => /^\s*/.exec(lineText)?.[0].length ?? 0);
  const margin = widths.length > 0 ? Math.min(...widths) : 0;
  const clean = lines.map((lineText, index) => (index === 0 ? lineText.trimStart() : lineText.slice(margin)));
  if (clean.length === 1) return `/** ${clean[0]} */`;
  return ['/**', clean.map((lineText): Doc => [hardline, lineText === '' ? ' *' : ` * ${lineText}`]), hardline, ' */'];
}
