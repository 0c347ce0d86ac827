import { SPACE, trimEnd, trimStart } from './letters.ts';

/** Splits at most `most` times, from the left or from the right. */
export function limitedSplit(text: string, separator: string, most: number, fromRight: boolean): string[] {
  const pieces = text.split(separator);
  const excess = pieces.length - most;
  if (excess <= 1) return pieces;
  if (fromRight) return [pieces.slice(0, excess).join(separator), ...pieces.slice(excess)];
  return [...pieces.slice(0, most), pieces.slice(most).join(separator)];
}

/** Fields between spaces, of which the last (or the first, from the right) is all that remains. */
export function limitedFields(text: string, most: number, fromRight: boolean): string[] {
  const result: string[] = [];
  let rest = fromRight ? trimEnd(text) : trimStart(text);
  const space = new RegExp(fromRight ? `${SPACE.source}+(?!.*${SPACE.source})` : `${SPACE.source}+`, 's');
  while (result.length < most && rest !== '') {
    const match = space.exec(rest);
    if (!match) return finished(result, trimEnd(trimStart(rest)), fromRight);
    const [before, behind] = [rest.slice(0, match.index), rest.slice(match.index + match[0].length)];
    if ((fromRight ? before : behind) === '') return finished(result, trimEnd(trimStart(rest)), fromRight);
    result.push(fromRight ? behind : before);
    rest = fromRight ? before : behind;
  }
  return finished(result, rest, fromRight);
}

function finished(result: string[], rest: string, fromRight: boolean): string[] {
  if (rest !== '') result.push(rest);
  return fromRight ? result.reverse() : result;
}
