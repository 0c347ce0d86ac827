import type { Command } from 'commander';
import type { DockerFlags } from '../docker.ts';
import type { DoctorFlags } from '../doctor.ts';
import type { CommandContext } from './context.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

/** Commands about this machine. */
export function addMachineCommands(program: Command, { tiltfileArgs, needed, exit }: CommandContext): void {
  withTiltfile(program.command('docker-prune'))
    .summary('remove old images from the Docker engine')
    .description(
      'Removes what docker_prune_settings of the Tiltfile lets go: old builds of its images, stopped containers of them, and old build caches.\n' +
        'up does the same from time to time.',
    )
    .action(async (flags: TiltfileFlags) => {
      const { dockerPrune } = await import('../docker-prune.ts');
      exit(await dockerPrune({ names: [], tiltfileArgs, ...flags }, needed()));
    });

  program
    .command('docker [command...]')
    .summary('run docker with the engine that images are built with')
    .description(
      'Runs a command of docker with the engine that images for the cluster are built with: that of the cluster, where it runs what\n' +
        'its own engine has, as minikube, else the one that docker finds. Flags of docker stand behind --: docker -- build -t web .',
    )
    .option('--context <name>', 'the Kubernetes context to use (default: the current one)')
    .passThroughOptions()
    .action(async (command: string[], flags: DockerFlags) => {
      const { docker } = await import('../docker.ts');
      exit(await docker(command, flags));
    });

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

  program
    .command('analytics [words...]')
    .summary('tell what is counted: nothing')
    .action(() => {
      process.stdout.write('tilt-ts counts nothing and sends nothing: there is nothing to opt in to or out of.\n');
    });
}
