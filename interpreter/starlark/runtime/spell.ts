/** The name that was probably meant, as go.starlark.net guesses it: by edit distance, without case and underscores. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const folded = fold(name);
  let best: string | undefined;
  let bestDistance = Math.floor((folded.length + 1) / 2);
  for (const candidate of candidates) {
    const distance = levenshtein(folded, fold(candidate), bestDistance);
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    best = candidate;
  }
  return best;
}

/** What is missing, with a hint. */
export function withHint(message: string, name: string, candidates: readonly string[], dot = ''): string {
  const near = nearest(name, candidates);
  return near === undefined ? message : `${message} (did you mean ${dot}${near}?)`;
}

function fold(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** May end early with too small a number when the distance is above `most`. */
function levenshtein(a: string, b: string, most: number): number {
  let [x, y] = a.length > b.length ? [b, a] : [a, b];
  for (let i = 0; i < x.length; i++) {
    if (x[i] === y[i]) continue;
    x = x.slice(i);
    y = y.slice(i);
    break;
  }
  if (x === '') return y.length;
  if (y.length - x.length > most) return y.length - x.length;
  const row = Array.from({ length: y.length + 1 }, (_, index) => index);
  for (let i = 1; i <= x.length; i++) {
    row[0] = i;
    let best = i;
    let previous = i - 1;
    for (let j = 1; j <= y.length; j++) {
      const changed = previous + (x[i - 1] === y[j - 1] ? 0 : 1);
      const distance = Math.min(changed, 1 + (row[j - 1] as number), 1 + (row[j] as number));
      previous = row[j] as number;
      row[j] = distance;
      best = Math.min(best, distance);
    }
    if (best > most) return best;
  }
  return row[y.length] as number;
}
