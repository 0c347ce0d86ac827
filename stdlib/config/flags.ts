import type { PlainData } from '../encoding/plain-data.ts';
import { quote } from '../schema/show.ts';
import { readWord, type Setting } from './setting.ts';

export type ParsedFlags =
  | {
      readonly ok: true;
      /** Of the settings that were given. */
      readonly values: ReadonlyMap<string, PlainData>;
      /** The words that are neither flags nor their values. */
      readonly rest: readonly string[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** Somebody asked for the usage. */
      readonly isHelp: boolean;
    };

/**
 * Reads `--name value`, `--name=value` and, for booleans, `--name`, as the Go package pflag does. Flags and other words may stand in
 * any order; after `--` there are only other words.
 */
export function parseFlags(flags: ReadonlyMap<string, Setting>, words: readonly string[]): ParsedFlags {
  const values = new Map<string, PlainData>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    if (!word.startsWith('--')) {
      // What `go test` passes to its programs is let through.
      if (word.startsWith('-test.')) continue;
      return unknownLetter(word.slice(1));
    }
    const { name, value: attached } = nameAndValue(word);
    if (name === '' || /^[-=]/.test(word.slice(2))) return refused(`bad flag syntax: ${word}`);
    const flag = flags.get(name);
    if (flag === undefined) return name === 'help' ? HELP : refused(`unknown flag: --${name}`);
    const value = attached ?? (flag.kind === 'bool' ? 'true' : words[++at]);
    if (value === undefined) return refused(`flag needs an argument: --${name}`);
    const read = readWord(flag.kind, values.get(name), value);
    if (!read.ok) return refused(`invalid argument ${quote(value)} for "--${name}" flag: ${read.message}`);
    values.set(name, read.value);
  }
  return { ok: true, values, rest };
}

const HELP: ParsedFlags = { ok: false, message: 'pflag: help requested', isHelp: true };

function refused(message: string): ParsedFlags {
  return { ok: false, message, isHelp: false };
}

function nameAndValue(word: string): { readonly name: string; readonly value: string | undefined } {
  const equals = word.indexOf('=');
  if (equals < 0) return { name: word.slice(2), value: undefined };
  return { name: word.slice(2, equals), value: word.slice(equals + 1) };
}

/** No setting has a letter of its own. */
function unknownLetter(letters: string): ParsedFlags {
  if (letters.startsWith('h')) return HELP;
  const first = letters.slice(0, 1);
  const shown = first === "'" ? "'\\''" : `'${first === '"' ? first : quote(first).slice(1, -1)}'`;
  return refused(`unknown shorthand flag: ${shown} in -${letters}`);
}
