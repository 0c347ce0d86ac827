import type { Command } from 'commander';
import { versionLine } from '../version.ts';
import type { CommandContext } from './context.ts';

/** Tells the version. */
export function addVersionCommand(program: Command, { line }: CommandContext): void {
  program
    .command('version')
    .summary('print the version')
    .action(() => {
      process.stdout.write(`${versionLine(line.asTilt)}\n`);
    });
}
