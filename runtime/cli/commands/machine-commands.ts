import type { Command } from 'commander';
import type { DoctorFlags } from '../doctor.ts';
import type { CommandContext } from './context.ts';

/** Commands about this machine. */
export function addMachineCommands(program: Command, { exit }: CommandContext): void {
  program
    .command('doctor')
    .summary('tell what of Docker, Compose and Kubernetes is there, for reports of bugs')
    .option('--context <name>', 'the Kubernetes context to use (default: the current one)')
    .option('--namespace <name>', 'the Kubernetes namespace to use (default: the context’s)')
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('../doctor.ts');
      exit(await doctor(flags));
    });

  program
    .command('verify-install')
    .summary('tell that tilt-ts is installed, by its exit code')
    .action(() => exit(0));
}
