import type { SecretValue } from '../../stdlib/model/secrets.ts';
import { formsOfBase64, formsOfText } from './secret-forms.ts';

/** Shorter values stay, in UTF-16 units: too much else reads like them. */
const SHORTEST = 5;
/** Shorter lines of a value that has several stay: what is secret about a file is seldom in `debug: true`. */
const SHORTEST_LINE = 16;

/** Takes the values of secrets out of texts. Once it knows one, it never forgets it. */
export class Scrubber {
  /** What is put in the place of each text. */
  readonly #replacements = new Map<string, string>();
  #pattern: RegExp | undefined;

  /** Answers whether there is one that it did not know. */
  add(secrets: readonly SecretValue[]): boolean {
    const before = this.#replacements.size;
    for (const { name, key, text, base64 } of secrets) {
      for (const part of partsOf(text, base64)) this.#replacements.set(part, `[redacted secret ${name}:${key}]`);
    }
    if (this.#replacements.size === before) return false;
    // Of two that begin alike the longer one counts.
    const parts = [...this.#replacements.keys()].sort((one, other) => other.length - one.length);
    this.#pattern = new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
    return true;
  }

  scrub(text: string): string {
    if (this.#pattern === undefined) return text;
    return text.replace(this.#pattern, (part) => this.#replacements.get(part) ?? part);
  }
}

/** What a log may show of a value. Logs come in lines, so each line of a value that has several is one of its own. */
function partsOf(text: string | undefined, base64: string): readonly string[] {
  const encoded = formsOfBase64(Buffer.from(base64, 'base64'));
  if (text === undefined) return encoded.filter((part) => part.length >= SHORTEST);
  const whole = text.replace(/[\r\n]+$/, '');
  if (whole.length < SHORTEST) return [];
  const lines = whole.split(/\r?\n/);
  const long = lines.map((line) => line.trim()).filter((line) => lines.length > 1 && line.length >= SHORTEST_LINE);
  return [...formsOfText(whole), ...long.flatMap(formsOfText), ...encoded];
}
