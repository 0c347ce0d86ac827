import { type Command, Option } from 'commander';

/** Adds the flags of commands that write objects. */
export function withWriting(command: Command): Command {
  return command
    .addOption(dryRunFlag())
    .option('--field-manager <name>', 'whose the fields are that are written (default: tilt-ts)')
    .option(
      '--validate [how]',
      'strict refuses fields that a type does not have, ignore lets them pass (default: strict)',
    );
}

export function dryRunFlag(): Option {
  return new Option(
    '--dry-run [where]',
    'change nothing, and tell what would come of it; the program is asked either way',
  )
    .choices(['none', 'server', 'client'])
    .preset('client');
}
