/** The parameters of a function: a constant of the file. */
export interface Signature {
  /** The function's; `lambda` for a lambda. */
  readonly name: string;
  /** Parameters by position first, then those by keyword only; without `*args` and `**kwargs`. */
  readonly names: readonly string[];
  /** How many of `names` can be given by position. */
  readonly positional: number;
  /** The name of `*args`, if there is one. */
  readonly star: string | undefined;
  /** The name of `**kwargs`, if there is one. */
  readonly starStar: string | undefined;
  /** The first string of the body, if it begins with one. */
  readonly doc: string | undefined;
  /** Place of errors of a call whose arguments do not fit: as in Tilt, of the first thing in the body. */
  readonly line: number;
  readonly column: number;
}
