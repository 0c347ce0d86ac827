import type { Command } from './command.ts';

/** A command as people read it: the text of a shell command, else the words, quoted where they have to be. */
export function commandText({ argv }: Pick<Command, 'argv'>): string {
  const [program, option, script] = argv;
  if (argv.length === 3 && program === 'sh' && option === '-c' && script !== undefined) return script;
  if (argv.length === 4 && program === 'cmd' && argv[2] === '/C') return argv[3] ?? '';
  return argv.map((word) => (/^[^\s"'\\$`]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}
