import type { Command } from 'commander';
import type { SelectionFlags } from '../selection.ts';

/** The flags that choose what runs. */
export type GivenSelectionFlags = SelectionFlags;

/** Adds them to a command. */
export function withSelection(command: Command): Command {
  return command
    .option('--labels <labels>', 'only resources with one of these labels, and what they depend on', commaList)
    .option(
      '--since <revision>',
      'only resources whose files changed since this revision of git, what depends on them, and what they depend on',
    );
}

function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
