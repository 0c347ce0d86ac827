import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { duration } from './duration-flag.ts';
import { type ServerFlags, withServer } from './server-flags.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

/** Commands that bring up what a Tiltfile describes, or take it away. */
export function addSessionCommands(program: Command, { tiltfileArgs, needed, exit }: CommandContext): void {
  withServer(withTiltfile(program.command('ci [names...]')))
    .summary('bring everything up once, wait until it is healthy, and exit')
    .description(
      'Builds the images, starts everything and exits with 0 when all of it is healthy, or with another code at once when something breaks.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .option('--timeout <duration>', 'how long the whole run may take, such as 90s or 1h30m (default 30m)', duration)
    .action(async (names: string[], flags: TiltfileFlags & ServerFlags & { timeout?: number }) => {
      const { ci } = await import('../ci.ts');
      exit(await ci({ names, tiltfileArgs, timeoutMs: flags.timeout, ...flags }, needed()));
    });

  withServer(withTiltfile(program.command('up [names...]')))
    .summary('bring everything up and keep it up to date while you edit')
    .description(
      'Starts everything, watches files, and rebuilds, restarts and redeploys what changed until Ctrl-C.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .action(async (names: string[], flags: TiltfileFlags & ServerFlags) => {
      const { up } = await import('../up.ts');
      exit(await up({ names, tiltfileArgs, ...flags }, needed()));
    });

  withTiltfile(program.command('down [names...]'))
    .summary('delete what was deployed')
    .description(
      'Deletes the Kubernetes objects that the Tiltfile describes, and takes its Compose projects down. Namespaces stay unless --delete-namespaces is given, volumes of Compose unless --delete-volumes is.',
    )
    .option('--delete-namespaces', 'delete Namespace objects too')
    .option('--delete-volumes', 'delete the volumes of Compose projects too')
    .action(async (names: string[], flags: TiltfileFlags & { deleteNamespaces?: boolean; deleteVolumes?: boolean }) => {
      const { down } = await import('../down.ts');
      exit(await down({ names, tiltfileArgs, ...flags }, needed()));
    });
}
