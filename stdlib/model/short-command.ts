import type { Command } from './command.ts';
import { commandText } from './command-text.ts';

/** In UTF-16 units; what is longer hides the rest of a message. */
const LONGEST = 120;

/** A command as messages quote it: its first line, cut when it is long. */
export function shortCommand(command: Pick<Command, 'argv'>): string {
  const text = commandText(command).trim();
  const line = text.split('\n', 1)[0] ?? '';
  const cut = line.length > LONGEST ? line.slice(0, LONGEST).trimEnd() : line;
  return cut === text ? text : `${cut} …`;
}
