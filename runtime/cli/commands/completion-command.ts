import { Argument, type Command } from 'commander';
import { SHELLS, type Shell } from '../completion/shell-scripts.ts';
import type { CommandContext } from './context.ts';

/** Teaches shells the commands. */
export function addCompletionCommand(program: Command, { line }: CommandContext): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .summary('print what teaches a shell to complete tilt-ts')
    .description(
      'Prints a script for the shell. In bash, for this session: source <(tilt-ts completion bash);\n' +
        'for all sessions put that line into ~/.bashrc. The head of each script says how its shell takes it.',
    )
    .action(async (shell: Shell) => {
      const { completionScript } = await import('../completion/shell-scripts.ts');
      process.stdout.write(completionScript(shell, line.asTilt ? 'tilt' : 'tilt-ts'));
    });
}
