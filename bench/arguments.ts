import { parseArgs } from 'node:util';
import { type Flags, type Language, type Program, parseProgram } from './program.ts';
import { splitWords } from './words.ts';

export interface Options {
  /** Our program first, then those of `--vs`, then those of `--vs-js`. */
  readonly programs: readonly [ours: Program, ...others: Program[]];
  readonly rounds: number;
  /** Names or beginnings of names of measures; none means all. */
  readonly only: readonly string[];
  readonly json?: string;
  /** Run only the check for hangs, so many times. */
  readonly hangCheck?: number;
}

export type Request =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string };

export const HELP = `npm run bench -- [options]

  --vs NAME=COMMAND        compare with another program that reads Starlark Tiltfiles; any number of times.
                           COMMAND may begin with variables: --vs "tilt=TILT_PORT=0 tilt"
  --vs-js NAME=COMMAND     compare with one that reads JavaScript, such as another build of this one
  --vs-flags NAME[:CMD]=…  words appended to its commands, or to one of them: --vs-flags "tilt:up=--stream"
  --rounds N               how often each program runs each measure, in turn (default 5)
  --only NAME[,NAME…]      only the measures whose name begins so
  --json FILE              write every value to FILE too
  --hang-check N           only run a one-command project N times and count the runs that do not end in 10 s
`;

const OPTIONS = {
  vs: { type: 'string', multiple: true },
  'vs-js': { type: 'string', multiple: true },
  'vs-flags': { type: 'string', multiple: true },
  rounds: { type: 'string' },
  only: { type: 'string', multiple: true },
  json: { type: 'string' },
  'hang-check': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; `ours` is the command of the program that is built here. */
export function parseOptions(words: readonly string[], ours: readonly [string, ...string[]]): Request {
  let values: ReturnType<typeof read>;
  try {
    values = read(words);
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return { kind: 'help' };

  const flags = new Map<string, Flags[]>();
  for (const text of values['vs-flags'] ?? []) {
    const [, name, of, own] = /^([^:=]+)(?::([^=]+))?=(.*)$/s.exec(text) ?? [];
    if (name === undefined || own === undefined)
      return usage(`--vs-flags ${quoted(text)} is not NAME=FLAGS or NAME:COMMAND=FLAGS`);
    flags.set(name, [...(flags.get(name) ?? []), { words: splitWords(own), ...(of === undefined ? {} : { of }) }]);
  }

  const others: Program[] = [];
  for (const [option, language, text] of compared(values)) {
    const [, name, command] = /^([^:=]+)=(.*)$/s.exec(text) ?? [];
    const program = name === undefined ? undefined : parseProgram(name, language, command ?? '', flags.get(name) ?? []);
    if (program === undefined) return usage(`--${option} ${quoted(text)} is not NAME=COMMAND`);
    if (program.name === 'ours' || others.some(({ name: taken }) => taken === program.name)) {
      return usage(`--${option} ${quoted(text)}: the name ${quoted(program.name)} is taken`);
    }
    others.push(program);
  }
  for (const name of flags.keys()) {
    if (!others.some((program) => program.name === name))
      return usage(`--vs-flags names ${quoted(name)}, which no --vs defines`);
  }

  const rounds = count(values.rounds ?? '5');
  if (rounds === undefined) return usage(`--rounds ${quoted(values.rounds ?? '')} is not a number above 0`);
  const hangCheck = values['hang-check'] === undefined ? undefined : count(values['hang-check']);
  if (values['hang-check'] !== undefined && hangCheck === undefined) {
    return usage(`--hang-check ${quoted(values['hang-check'])} is not a number above 0`);
  }
  const own: Program = { name: 'ours', language: 'javascript', command: [...ours], environment: {}, flags: [] };
  return {
    kind: 'run',
    options: {
      programs: [own, ...others],
      rounds,
      only: (values.only ?? []).flatMap((names) => names.split(',')).filter((name) => name !== ''),
      ...(values.json === undefined ? {} : { json: values.json }),
      ...(hangCheck === undefined ? {} : { hangCheck }),
    },
  };
}

function read(words: readonly string[]) {
  return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: false, strict: true }).values;
}

function compared(values: ReturnType<typeof read>): (readonly [option: string, language: Language, text: string])[] {
  return [
    ...(values.vs ?? []).map((text) => ['vs', 'starlark', text] as const),
    ...(values['vs-js'] ?? []).map((text) => ['vs-js', 'javascript', text] as const),
  ];
}

function count(text: string): number | undefined {
  return /^[1-9][0-9]*$/.test(text) ? Number(text) : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function usage(message: string): Request {
  return { kind: 'usage', message };
}
