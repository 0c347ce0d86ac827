import { withoutTiltFlags } from './tilt-flags.ts';

/** The words of a command line: ours, and those after `--`, which belong to the Tiltfile. */
export interface CommandLine {
  readonly own: readonly string[];
  readonly tiltfileArgs: readonly string[];
  /** Whether the program was called as `tilt`, by what runs below it. */
  readonly asTilt: boolean;
}

/** The first word of a command line that was meant for `tilt`. */
export const AS_TILT = '--as-tilt';

/** By which a shell asks what may come next; all words behind it are the shell's. */
export const COMPLETE = '__complete';

/** Commands for which the words after `--` are the Tiltfile's, or an extension's. For others they are names, as ever. */
const FOR_TILTFILE = [
  'ci',
  'up',
  'down',
  'plan',
  'docker-prune',
  'ext',
  'port',
  'alpha tiltfile-result',
  'args',
  'create ext',
];

export function splitArguments(words: readonly string[]): CommandLine {
  const asTilt = words[0] === AS_TILT;
  const called = asTilt ? words.slice(1) : words;
  // The words behind these are those of another program's command line.
  if (called[0] === COMPLETE || (called[0] === 'create' && called[1] === 'cmd')) {
    return { own: called, tiltfileArgs: [], asTilt };
  }
  const dashes = called.indexOf('--');
  const at = dashes < 0 ? called.length : dashes;
  const own = withoutTiltFlags(called.slice(0, at)).map(shortFlag);
  const rest = called.slice(at + 1);
  const names = own.filter((word) => !word.startsWith('-'));
  const isForTiltfile =
    names.length === 0 || FOR_TILTFILE.includes(names[0] ?? '') || FOR_TILTFILE.includes(names.slice(0, 2).join(' '));
  if (dashes < 0 || isForTiltfile) return { own, tiltfileArgs: rest, asTilt };
  return { own: [...own, '--', ...rest], tiltfileArgs: [], asTilt };
}

/** `-o=json` as `-ojson`: kubectl and Tilt take both. */
function shortFlag(word: string): string {
  return /^-[A-Za-z]=/.test(word) ? word.slice(0, 2) + word.slice(3) : word;
}

/** Whether the command evaluates a Tiltfile, told before the command line is checked. */
export function readsTiltfile(own: readonly string[]): boolean {
  const help = own.includes('--help') || own.includes('-h');
  if (own[0] === 'port') return !help && own.includes('--check');
  if (own[0] === 'alpha') return !help && (own[1] === 'tiltfile-result' || own[1] === 'updog');
  const command = own.find((word) => !word.startsWith('-')) ?? '';
  return !help && ['ci', 'up', 'down', 'plan', 'ext', 'demo', 'docker-prune'].includes(command);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration such as `90s`, `1h30m` or `1.5m` as milliseconds; nothing when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  }
  return total;
}
