/** A piece of a line in one look. */
export interface Piece {
  readonly text: string;
  /** Names of classes, with spaces between; empty for plain text. */
  readonly look: string;
}

const ESCAPE = '\u001b';
/** Colours and the like. */
const SGR = new RegExp(`${ESCAPE}\\[([\\d;]*)m`, 'g');
/** Everything else that terminals obey. */
const OTHER = new RegExp(
  `${ESCAPE}(?:\\[[\\d;?]*[A-Za-ln-z]|\\][^\u0007${ESCAPE}]*(?:\u0007|${ESCAPE}\\\\)?|[()][A-Z\\d]|[=>78])|(?![\\t${ESCAPE}])\\p{Cc}`,
  'gu',
);
const CONTROL = /(?!\t)\p{Cc}/u;

interface Look {
  colour: string;
  background: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** A line of a log in pieces of one look each; what else terminals obey is left out. */
export function piecesOf(line: string): readonly Piece[] {
  const clean = CONTROL.test(line) ? line.replace(OTHER, '') : line;
  if (!clean.includes(ESCAPE)) return clean === '' ? [] : [{ text: clean, look: '' }];
  const pieces: Piece[] = [];
  const look: Look = { colour: '', background: '', bold: false, dim: false, italic: false, underline: false };
  let at = 0;
  for (const match of clean.matchAll(SGR)) {
    push(pieces, clean.slice(at, match.index), look);
    change(look, (match[1] ?? '').split(';').map(Number));
    at = match.index + match[0].length;
  }
  push(pieces, clean.slice(at).replaceAll(ESCAPE, ''), look);
  return pieces;
}

/** The line without anything that only terminals understand. */
export function plainText(line: string): string {
  return CONTROL.test(line) ? line.replace(SGR, '').replace(OTHER, '') : line;
}

function push(pieces: Piece[], text: string, look: Look): void {
  if (text !== '') pieces.push({ text, look: classesOf(look) });
}

function classesOf(look: Look): string {
  return [
    look.colour && `fg-${look.colour}`,
    look.background && `bg-${look.background}`,
    look.bold && 'bold',
    look.dim && 'dim',
    look.italic && 'italic',
    look.underline && 'underline',
  ]
    .filter(Boolean)
    .join(' ');
}

function change(look: Look, codes: readonly number[]): void {
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0)
      Object.assign(look, { colour: '', background: '', bold: false, dim: false, italic: false, underline: false });
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 22) look.bold = look.dim = false;
    else if (code === 23) look.italic = false;
    else if (code === 24) look.underline = false;
    else if (code >= 30 && code <= 37) look.colour = COLOURS[code - 30] ?? '';
    else if (code >= 90 && code <= 97) look.colour = `bright-${COLOURS[code - 90]}`;
    else if (code === 39) look.colour = '';
    else if (code >= 40 && code <= 47) look.background = COLOURS[code - 40] ?? '';
    else if (code >= 100 && code <= 107) look.background = `bright-${COLOURS[code - 100]}`;
    else if (code === 49) look.background = '';
    else if (code === 38 || code === 48) {
      const isIndexed = codes[at + 1] === 5;
      const index = codes[at + 2] ?? 0;
      if (isIndexed && index < 16) {
        const name = index < 8 ? (COLOURS[index] ?? '') : `bright-${COLOURS[index - 8]}`;
        if (code === 38) look.colour = name;
        else look.background = name;
      }
      at += isIndexed ? 2 : 4;
    }
  }
}
