const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;

/** go-yaml's order of keys: numbers inside of names by their size (`a2` before `a10`), other characters before letters. */
export function compareNaturally(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const l = left[i] ?? '';
    const r = right[i] ?? '';
    if (l !== r) return compareFrom(left, right, i, l, r);
  }
  return left.length - right.length;
}

/** The first place where they differ decides. */
function compareFrom(left: readonly string[], right: readonly string[], at: number, l: string, r: string): number {
  const lIsLetter = letter.test(l);
  const rIsLetter = letter.test(r);
  const byCode = (l.codePointAt(0) ?? 0) - (r.codePointAt(0) ?? 0);
  if (lIsLetter && rIsLetter) return byCode;
  if (lIsLetter || rIsLetter) return rIsLetter ? -1 : 1;
  // Inside of a number that has begun already, a zero is a digit like others.
  const lead = (l === '0' || r === '0') && continuesNumber(left, at) ? 1 : 0;
  const lNumber = readNumber(left, at, lead);
  const rNumber = readNumber(right, at, lead);
  if (lNumber.value !== rNumber.value) return lNumber.value < rNumber.value ? -1 : 1;
  if (lNumber.end !== rNumber.end) return lNumber.end - rNumber.end;
  return byCode;
}

function continuesNumber(characters: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= 0 && digit.test(characters[i] ?? ''); i--) if (characters[i] !== '0') return true;
  return false;
}

function readNumber(characters: readonly string[], at: number, lead: number): { value: number; end: number } {
  let value = lead;
  let end = at;
  for (; digit.test(characters[end] ?? ''); end++) value = value * 10 + Number(characters[end]);
  return { value, end };
}
