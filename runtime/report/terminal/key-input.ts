/** A key that was pressed. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind:
        | 'up'
        | 'down'
        | 'next'
        | 'previous'
        | 'enter'
        | 'escape'
        | 'backspace'
        | 'clear'
        | 'interrupt'
        | 'end'
        | 'suspend'
        | 'redraw';
    };

/** What terminals send for keys that are no characters. */
const SEQUENCES: ReadonlyMap<string, Key['kind']> = new Map([
  ['\u001b[A', 'up'],
  ['\u001bOA', 'up'],
  ['\u001b[B', 'down'],
  ['\u001bOB', 'down'],
  ['\u001b[Z', 'previous'],
  ['\t', 'next'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u001b', 'escape'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
  ['\u0015', 'clear'],
  ['\u0003', 'interrupt'],
  ['\u0004', 'end'],
  ['\u001a', 'suspend'],
  ['\u000c', 'redraw'],
]);

/** An escape sequence, a control character, or any other character. */
const PIECES = new RegExp(
  ['\\u001b\\[[0-?]*[ -/]*[@-~]', '\\u001bO[A-Za-z]', '\\u001b[^\\p{Cc}[O]', '\\p{Cc}', '\\P{Cc}'].join('|'),
  'gu',
);

/** The keys in what a terminal sent at once; sequences that mean nothing here are passed over. */
export function keysIn(input: string): readonly Key[] {
  return (input.match(PIECES) ?? []).flatMap((piece): readonly Key[] => {
    const kind = SEQUENCES.get(piece);
    if (kind !== undefined) return [{ kind } as Key];
    return /^\p{Cc}/u.test(piece) ? [] : [{ kind: 'text', text: piece }];
  });
}
