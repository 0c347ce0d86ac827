/** How high each row is, in lines of text, and where it begins. */
export class RowHeights {
  #ends = new Float64Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Of all rows together. */
  get total(): number {
    return this.#count === 0 ? 0 : (this.#ends[this.#count - 1] ?? 0);
  }

  add(height: number): void {
    if (this.#count === this.#ends.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#count] = this.total + height;
    this.#count++;
  }

  /** Gives a row that was guessed its true height. */
  change(row: number, height: number): void {
    const by = height - (this.start(row + 1) - this.start(row));
    if (by === 0) return;
    for (let at = row; at < this.#count; at++) this.#ends[at] = (this.#ends[at] ?? 0) + by;
  }

  /** Where a row begins. */
  start(row: number): number {
    return row <= 0 ? 0 : (this.#ends[Math.min(row, this.#count) - 1] ?? 0);
  }

  /** The row that stands at a height. */
  rowAt(height: number): number {
    let low = 0;
    let high = Math.max(0, this.#count - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) > height) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** A longer line is cut where it is shown: a browser takes seconds for a line of a megabyte. */
export const MOST_SHOWN = 10_000;
/** Of the words that stand for the rest. */
export const REST_COLUMNS = 60;

/**
 * How many lines of a screen of so many columns a text takes; characters that are twice as wide count twice. A guess where it holds more than
 * plain letters.
 */
export function linesTaken(text: string, columns: number): number {
  // Even if each character were a wide one; tabs are wider.
  if (text.length * 2 <= columns && !text.includes('\t')) return 1;
  const shown = Math.min(text.length, MOST_SHOWN);
  let width = text.length > MOST_SHOWN ? REST_COLUMNS : 0;
  for (let at = 0; at < shown; at++) {
    const code = text.charCodeAt(at);
    width += code >= 0x1100 && isWide(code) ? 2 : code === 9 ? 8 : 1;
  }
  return Math.max(1, Math.ceil(width / columns));
}

function isWide(code: number): boolean {
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60)
  );
}

/** Whether the number of lines that a text takes may be another than `linesTaken` guesses. */
export function isGuess(text: string): boolean {
  return !PRINTABLE.test(text);
}

const PRINTABLE = /^[ -~]*$/;
