import { type Command, Option } from 'commander';
import type { CiFlags } from '../ci.ts';
import type { CommandContext } from './context.ts';
import { duration } from './duration-flag.ts';
import { type ListenFlags, withListening } from './listen-flags.ts';
import { type LogFlags, logFilterOf, withLogFlags } from './log-flags.ts';
import { type GivenReportFlags, withReports } from './report-flags.ts';
import { type GivenSelectionFlags, withSelection } from './selection-flags.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

/** Brings everything up once. */
export function addCiCommand(program: Command, { line, tiltfileArgs, needed, exit }: CommandContext): void {
  withSelection(withLogFlags(withReports(withListening(withTiltfile(program.command('ci [names...]'))))))
    .summary('bring everything up once, wait until it is healthy, and exit')
    .description(
      'Builds the images, starts everything and exits with 0 when all of it is healthy, or with another code at once when something breaks.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .option('--reap', 'end the processes that a killed session of this folder left, without asking')
    .option('--timeout <duration>', 'how long the whole run may take, such as 90s or 1h30m (default 30m)', duration)
    .option('--settle <duration>', 'how long every server must have been ready without a restart', durationOrNone)
    .option('--keep-going', 'after a failure, bring to its end what does not depend on it')
    .option('--exec <command>', 'run this command when everything is healthy, and exit with its code')
    .option(
      '--detach',
      'when everything is healthy, leave it running in the background and exit; "tilt-ts stop" ends it',
    )
    .addOption(new Option('--background <id>').hideHelp())
    .option('--teardown', 'delete what was deployed, as "down" does, however the run ends')
    .option('--cache-dir <folder>', 'keep the results of commands that declare `cache` here, for later runs')
    .option(
      '--cluster <name>',
      'run in a cluster with a registry that is made for it and deleted at the end: kind, k3d or minikube; with a name (kind:checks) one that exists is used, and stays',
    )
    .option('--keep-cluster', 'let the cluster of --cluster stay')
    .option('--quiet', 'print no logs but those of what failed, at the end')
    .action(
      async (
        names: string[],
        flags: TiltfileFlags & ListenFlags & GivenReportFlags & GivenSelectionFlags & LogFlags & CiFlags,
      ) => {
        const { ci } = await import('../ci.ts');
        exit(await ci({ names, tiltfileArgs, logFilter: logFilterOf(flags), ...flags }, line, needed()));
      },
    );
}

function durationOrNone(text: string): number {
  return text === '0' ? 0 : duration(text);
}
