import type { Command } from 'commander';

export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** What a command takes in a place, as far as only a running program knows. */
export type Asked = 'resources' | 'object-types' | 'objects';

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** What else may stand there. */
  readonly asks: Asked | undefined;
  /** For `objects`: of which type. */
  readonly type: string | undefined;
}

const NOTHING: Completion = { candidates: [], asks: undefined, type: undefined };

const TAKES_RESOURCES = new Set(['trigger', 'enable', 'disable', 'logs']);
const TAKES_OBJECTS = new Set(['get', 'describe', 'wait', 'patch', 'edit', 'delete', 'explain']);

/** What may stand in the place of the last word. */
export function completionOf(program: Command, words: readonly string[]): Completion {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  if (before.includes('--')) return NOTHING;
  let command = program;
  const plain: string[] = [];
  for (let at = 0; at < before.length; at++) {
    const word = before[at] ?? '';
    if (word.startsWith('-')) {
      if (takesValue(command, word)) at++;
      continue;
    }
    const child = plain.length === 0 ? command.commands.find((known) => known.name() === word) : undefined;
    if (child === undefined) plain.push(word);
    else command = child;
  }
  const flag = before.at(-1) ?? '';
  if (flag.startsWith('-') && takesValue(command, flag)) return NOTHING;
  if (last.startsWith('-')) return { ...NOTHING, candidates: starting(flagsOf(command), last) };
  if (command.commands.length > 0 && plain.length === 0) {
    return { ...NOTHING, candidates: starting(commandsOf(command), last) };
  }
  if (TAKES_RESOURCES.has(command.name())) return { ...NOTHING, asks: 'resources' };
  if (!TAKES_OBJECTS.has(command.name())) return NOTHING;
  const [type] = plain;
  return type === undefined ? { ...NOTHING, asks: 'object-types' } : { ...NOTHING, asks: 'objects', type };
}

/** Those that begin with a word. */
export function starting(candidates: readonly Candidate[], word: string): readonly Candidate[] {
  return candidates.filter((candidate) => candidate.word.startsWith(word));
}

function takesValue(command: Command, word: string): boolean {
  if (word.includes('=')) return false;
  const option = command.options.find(({ long, short }) => long === word || short === word);
  return option?.required === true;
}

function commandsOf(command: Command): readonly Candidate[] {
  return command.commands.map((child) => ({ word: child.name(), about: child.summary() || child.description() }));
}

function flagsOf(command: Command): readonly Candidate[] {
  return command.options.flatMap(({ long, description, hidden }) =>
    long === undefined || long === null || hidden ? [] : [{ word: long, about: description }],
  );
}
