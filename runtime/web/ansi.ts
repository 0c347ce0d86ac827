import { colourOf, type SgrColour } from './ansi-colours.ts';

/** A piece of a line in one look. */
export interface Piece {
  readonly text: string;
  /** Names of classes, with spaces between; empty for plain text. */
  readonly look: string;
  /** Colours that have no name: CSS variables for the classes `fg-own` and `bg-own`. */
  readonly style?: string;
}

const ESCAPE = '\u001b';
/** Colours and the like. */
const SGR = new RegExp(`${ESCAPE}\\[([\\d;:]*)m`, 'g');
/** Everything else that terminals obey. */
const OTHER = new RegExp(
  `${ESCAPE}(?:\\[[\\d;?]*[A-Za-ln-z]|\\][^\u0007${ESCAPE}]*(?:\u0007|${ESCAPE}\\\\)?|[()][A-Z\\d]|[=>78])|(?![\\t${ESCAPE}])\\p{Cc}`,
  'gu',
);
const span = (from: number, to: number) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`;
/** All control characters but the tab; five times as fast as the class of Unicode, for it looks at every line. */
const CONTROL = new RegExp(`[${span(0, 8)}${span(10, 31)}${span(127, 159)}]`);

interface Look {
  colour: SgrColour | undefined;
  background: SgrColour | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

const PLAIN: Look = {
  colour: undefined,
  background: undefined,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** Whether the text holds nothing that only terminals understand. */
export function isPlain(text: string): boolean {
  return !CONTROL.test(text);
}

/** A line of a log in pieces of one look each; what else terminals obey is left out. */
export function piecesOf(line: string): readonly Piece[] {
  const clean = isPlain(line) ? line : line.replace(OTHER, '');
  if (!clean.includes(ESCAPE)) return clean === '' ? [] : [{ text: clean, look: '' }];
  const pieces: Piece[] = [];
  const look = { ...PLAIN };
  let at = 0;
  for (const match of clean.matchAll(SGR)) {
    push(pieces, clean.slice(at, match.index), look);
    change(look, (match[1] ?? '').split(/[;:]/).map(Number));
    at = match.index + match[0].length;
  }
  push(pieces, clean.slice(at).replaceAll(ESCAPE, ''), look);
  return pieces;
}

/** The line without anything that only terminals understand. */
export function plainText(line: string): string {
  return isPlain(line) ? line : line.replace(SGR, '').replace(OTHER, '').replaceAll(ESCAPE, '');
}

function push(pieces: Piece[], text: string, look: Look): void {
  if (text === '') return;
  const [front, back] = look.inverse ? [look.background, look.colour] : [look.colour, look.background];
  const styles = [front?.own && `--fg:${front.own}`, back?.own && `--bg:${back.own}`].filter(Boolean).join(';');
  const words = [
    front && `fg-${front.name}`,
    back && `bg-${back.name}`,
    look.inverse && front === undefined && back === undefined && 'inverse',
    look.bold && 'bold',
    look.dim && 'dim',
    look.italic && 'italic',
    look.underline && 'underline',
    look.strike && 'strike',
  ];
  pieces.push({ text, look: words.filter(Boolean).join(' '), ...(styles === '' ? {} : { style: styles }) });
}

/** What the codes of one sequence change. */
function change(look: Look, codes: readonly number[]): void {
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(look, PLAIN);
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 7) look.inverse = true;
    else if (code === 9) look.strike = true;
    else if (code === 22) look.bold = look.dim = false;
    else if (code === 23) look.italic = false;
    else if (code === 24) look.underline = false;
    else if (code === 27) look.inverse = false;
    else if (code === 29) look.strike = false;
    else if (code === 39) look.colour = undefined;
    else if (code === 49) look.background = undefined;
    else {
      const { colour, taken } = colourOf(codes, at);
      if (isBackground(code)) look.background = colour ?? look.background;
      else look.colour = colour ?? look.colour;
      at += taken;
    }
  }
}

function isBackground(code: number): boolean {
  return (code >= 40 && code <= 48) || (code >= 100 && code <= 107);
}
