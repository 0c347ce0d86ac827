/** Where a text stops to be base64, counted in bytes from 0, as Go counts it; `undefined` when all of it is. Line ends do not count. */
export function base64Problem(text: string): number | undefined {
  let inQuantum = 0;
  let quantumStart = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '\n' || letter === '\r') continue;
    if (letter === '=') return paddingProblem(text, at, inQuantum);
    if (!/[A-Za-z0-9+/]/.test(letter)) return at;
    if (inQuantum === 0) quantumStart = at;
    inQuantum = (inQuantum + 1) % 4;
  }
  return inQuantum === 0 ? undefined : quantumStart;
}

/** At an equals sign, so many letters after the last four. */
function paddingProblem(text: string, at: number, inQuantum: number): number | undefined {
  if (inQuantum < 2) return at;
  let end = afterLineEnds(text, at + 1);
  if (inQuantum === 2) {
    if (end === text.length) return end;
    if (text.charAt(end) !== '=') return end - 1;
    end = afterLineEnds(text, end + 1);
  }
  return end === text.length ? undefined : end;
}

function afterLineEnds(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at++;
  return at;
}
