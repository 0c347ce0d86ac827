/** Why a text is no Starlark, in go.starlark.net's words. */
export interface SyntaxProblem {
  readonly message: string;
  /** Offset in the text. */
  readonly offset: number;
}

/** How scanner and parser end at the first problem; `parse` makes a value of it again. */
export class SyntaxRefusal extends Error {
  readonly problem: SyntaxProblem;

  constructor(offset: number, message: string) {
    super(message);
    this.problem = { offset, message };
  }
}

export function refuse(offset: number, message: string): never {
  throw new SyntaxRefusal(offset, message);
}
