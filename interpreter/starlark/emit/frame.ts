/** Variables of the emitter in one JavaScript function. */
export class Frame {
  readonly #temporaries = new Set<string>();
  /** How many loops the point that is being written lies in. */
  #loops = 0;

  /** A variable whose value is read right after it was set. */
  temporary(name: string): string {
    this.#temporaries.add(name);
    return name;
  }

  /** Writes a loop, with the number by which its variables go. */
  loop(write: (number: number) => void): void {
    this.#loops += 1;
    write(this.#loops);
    this.#loops -= 1;
  }

  /** To stand at the function's beginning. */
  declarations(variables: readonly string[]): string {
    const all = [...variables, ...this.#temporaries];
    return all.length > 0 ? `var ${all.join(',')};` : '';
  }
}
