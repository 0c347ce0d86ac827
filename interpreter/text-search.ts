interface Place {
  readonly line: number;
  readonly column: number;
}

/** The 1-based place of an offset in a text. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Where a global pattern matches in code, as far as one can tell without parsing it: comments are left out. */
export function matches(text: string, pattern: RegExp): readonly Place[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|[\s;{}])\/\/.*/gm, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...code.matchAll(pattern)].map((match) => placeOf(text, match.index));
}
