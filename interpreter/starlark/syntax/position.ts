/** A place as Tilt prints it: both count from 1, the column in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the places of offsets in one text. */
export class Places {
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  of(offset: number): Place {
    this.#starts ??= lineStarts(this.#text);
    const line = lastAtMost(this.#starts, offset);
    const start = this.#starts[line] ?? 0;
    return { line: line + 1, column: characters(this.#text, start, Math.min(offset, this.#text.length)) + 1 };
  }
}

/** Offsets at which lines begin. Lines end with LF, CR LF or CR. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function characters(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff && at > from && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!isSecondHalf) count += 1;
  }
  return count;
}
