/** Which Starlark place a line of emitted text stands for. */
export interface LinePlace {
  /** Offset in the Starlark text. */
  readonly offset: number;
  readonly functionName: string;
}

/** The emitted text, from its beginning to its end, and what its lines stand for. */
export class Output {
  readonly #parts: string[] = [];
  readonly #places: (LinePlace | undefined)[] = [undefined];
  /** The Starlark function that is being written. */
  functionName = '<toplevel>';

  /** Text without line breaks. */
  write(text: string): void {
    this.#parts.push(text);
  }

  /** Begins a line for a call that can fail at a place of the Starlark text. Answers a handle of the line. */
  beginPlace(text: string, offset: number): number {
    this.#parts.push('\n', text);
    return this.#places.push({ offset, functionName: this.functionName }) - 1;
  }

  /** Begins a line that stands for no place. */
  beginLine(text: string): void {
    this.#parts.push('\n', text);
    this.#places.push(undefined);
  }

  /** Corrects the place of a line. */
  setPlace(line: number, offset: number): void {
    const functionName = this.#places[line]?.functionName ?? this.functionName;
    this.#places[line] = { offset, functionName };
  }

  /** Makes a line stand for no place. */
  removePlace(line: number): void {
    this.#places[line] = undefined;
  }

  offsetOf(line: number): number | undefined {
    return this.#places[line]?.offset;
  }

  /** A gap that `fill` closes when it is known what belongs there; again without line breaks. */
  gap(): number {
    return this.#parts.push('') - 1;
  }

  fill(gap: number, text: string): void {
    this.#parts[gap] = text;
  }

  finish(): { readonly text: string; readonly places: readonly (LinePlace | undefined)[] } {
    return { text: this.#parts.join(''), places: this.#places };
  }
}
