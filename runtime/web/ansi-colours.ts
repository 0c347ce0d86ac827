/** A colour of a terminal: one of its sixteen by name, or one of its own, `#rrggbb`, with the name `own`. */
export interface SgrColour {
  readonly name: string;
  readonly own?: string;
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The colour for which the code at `at` stands, and how many codes behind it belong to it; no colour when there is none. */
export function colourOf(
  codes: readonly number[],
  at: number,
): { readonly colour: SgrColour | undefined; readonly taken: number } {
  const code = codes[at] ?? 0;
  if (code === 38 || code === 48) {
    if (codes[at + 1] === 5) return { colour: indexed(codes[at + 2] ?? 0), taken: 2 };
    if (codes[at + 1] === 2) return { colour: own(codes.slice(at + 2, at + 5)), taken: 4 };
    return { colour: undefined, taken: 0 };
  }
  const inEight = code % 10;
  const isNamed = inEight <= 7 && [3, 4, 9, 10].includes(Math.floor(code / 10));
  return { colour: isNamed ? named(inEight + (code >= 90 ? 8 : 0)) : undefined, taken: 0 };
}

/** One of 256: sixteen with names, a cube with six steps a side, and a scale of grey. */
function indexed(index: number): SgrColour | undefined {
  if (!(index >= 0 && index < 256)) return undefined;
  if (index < 16) return named(index);
  if (index >= 232) return own([1, 1, 1].map(() => 8 + 10 * (index - 232)));
  const steps = [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6];
  return own(steps.map((step) => (step === 0 ? 0 : 55 + 40 * step)));
}

function named(index: number): SgrColour {
  return { name: `${index < 8 ? '' : 'bright-'}${NAMES[index % 8]}` };
}

function own(parts: readonly number[]): SgrColour | undefined {
  if (parts.length < 3 || !parts.every((part) => part >= 0 && part < 256)) return undefined;
  return { name: 'own', own: `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}` };
}
