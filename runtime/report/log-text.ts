import { blue, cyan, gray, green, magenta, red, yellow } from 'kleur/colors';
import type { LogLine } from '../state/log-line.ts';
import { cutToWidth, textWidth } from './text-width.ts';

/** Columns that a resource's name has before the separator. */
const NAME_WIDTH = 13;

/** What begins a change of colour. */
const SGR = '\u001b[';

const NAME_COLOURS = [cyan, magenta, blue, green, yellow] as const;

/** Renders lines for a terminal; remembers what it needs of the lines before. */
export class LogText {
  readonly #colours = new Map<string, (text: string) => string>();
  readonly #hasNames: boolean;
  #last: { readonly span: string; readonly level: string } | undefined;

  /** `names`: whether lines begin with the name of their resource. */
  constructor({ names = true }: { readonly names?: boolean } = {}) {
    this.#hasNames = names;
  }

  /** One line with its newline: the resource's name in front, lines of the Tiltfile and the program bare. */
  render(line: LogLine): string {
    const level = this.#levelWord(line);
    const written = withoutLeak(line.text);
    const text = level === '' ? written : `${this.#paintLevel(line.level, level)}${written}`;
    if (line.resource === '' || !this.#hasNames) return `${text}\n`;
    return `${this.#colourOf(line.resource)(shortName(line.resource))} ${gray('│')} ${text}\n`;
  }

  /** `ERROR: ` or `WARNING: ` where such lines begin, nothing on the lines that continue them. */
  #levelWord(line: LogLine): string {
    const continues = this.#last?.span === line.span && this.#last.level === line.level;
    this.#last = { span: line.span, level: line.level };
    if (continues) return '';
    if (line.level === 'error') return 'ERROR: ';
    // What servers and pods warn of says so itself.
    return line.level === 'warn' && line.source !== 'runtime' ? 'WARNING: ' : '';
  }

  #paintLevel(level: string, word: string): string {
    return level === 'error' ? red(word) : yellow(word);
  }

  #colourOf(resource: string): (text: string) => string {
    let colour = this.#colours.get(resource);
    if (colour === undefined) {
      colour = NAME_COLOURS[this.#colours.size % NAME_COLOURS.length] ?? cyan;
      this.#colours.set(resource, colour);
    }
    return colour;
  }
}

/** Colours that a line leaves on would paint everything after it. */
function withoutLeak(text: string): string {
  const last = text.lastIndexOf(SGR);
  if (last < 0) return text;
  const end = text.indexOf('m', last);
  const code = text.slice(last + SGR.length, end);
  return code === '' || code === '0' ? text : `${text}${SGR}0m`;
}

/** The name right-aligned in its columns, cut with an ellipsis when it is longer. */
export function shortName(name: string): string {
  const short = cutToWidth(name, NAME_WIDTH);
  return ' '.repeat(NAME_WIDTH - textWidth(short)) + short;
}

/** A line about a resource that is none of its log, with the name in front and a newline. */
export function resourceLine(name: string, text: string): string {
  return `${shortName(name)} ${gray('│')} ${text}\n`;
}
