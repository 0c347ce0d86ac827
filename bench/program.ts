import path from 'node:path';
import { splitWords } from './words.ts';

/** In what the projects' Tiltfiles are written for a program. */
export type Language = 'javascript' | 'starlark';

/** A program that is measured. */
export interface Program {
  readonly name: string;
  readonly language: Language;
  /** The program and its first words; what is measured and the flags are appended. */
  readonly command: readonly [file: string, ...words: string[]];
  /** Variables that stood in front of the command. */
  readonly environment: Readonly<Record<string, string>>;
  readonly flags: readonly Flags[];
}

/** Words appended to one of a program's commands, or to all. */
export interface Flags {
  /** The command's first word, such as `up`. */
  readonly of?: string;
  readonly words: readonly string[];
}

/** Reads `A=1 program word…`; nothing when no program is named. */
export function parseProgram(
  name: string,
  language: Language,
  text: string,
  flags: readonly Flags[],
): Program | undefined {
  const words = splitWords(text);
  const environment: Record<string, string> = {};
  for (;;) {
    const [, variable, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(words[0] ?? '') ?? [];
    if (variable === undefined || value === undefined) break;
    environment[variable] = value;
    words.shift();
  }
  // Programs run in a temporary folder; what was meant from here must not change its meaning.
  const [file, ...rest] = words.map((word) => (/^\.\.?\//.test(word) ? path.resolve(word) : word));
  if (file === undefined || file === '') return undefined;
  return { name, language, command: [file, ...rest], environment, flags };
}

/** The whole command line for one of the program's commands, such as `['ci', '-f', 'Tiltfile']`. */
export function commandLine(program: Program, words: readonly string[]): [file: string, ...words: string[]] {
  const [file, ...first] = program.command;
  const flags = program.flags.filter(({ of }) => of === undefined || of === words[0]).flatMap(({ words: own }) => own);
  return [file, ...first, ...words, ...flags];
}
