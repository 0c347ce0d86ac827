import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

/** Commands about the extensions of a Tiltfile. */
export function addExtensionCommands(program: Command, { tiltfileArgs, needed, exit }: CommandContext): void {
  const ext = program.command('ext').summary('look after the extensions that a Tiltfile imports').helpCommand(false);
  withTiltfile(ext.command('list'))
    .summary('list the extensions that the Tiltfile imports')
    .description('Evaluates the Tiltfile and lists the extensions that it imports, and where they come from.')
    .option('--json', 'as JSON')
    .action(async (flags: TiltfileFlags & { json?: boolean }) => {
      const { listExtensions } = await import('../ext-list.ts');
      exit(await listExtensions({ names: [], tiltfileArgs, ...flags }, needed()));
    });
  withTiltfile(ext.command('update [names...]'), { frozenLock: false })
    .summary('fetch the newest versions of extensions')
    .description(
      'Asks the repositories of extensions what their branches and tags stand for now, and pins that in tilt.lock.\n' +
        'Names choose extensions or repositories; without names everything is renewed that the Tiltfile imports, and what it\n' +
        'does not import any more is taken out of tilt.lock. If the Tiltfile fails then, tilt.lock stays as it was.',
    )
    .action(async (renew: string[], flags: TiltfileFlags) => {
      const { updateExtensions } = await import('../ext-update.ts');
      exit(await updateExtensions({ names: [], tiltfileArgs, renew, ...flags }, needed()));
    });
}
