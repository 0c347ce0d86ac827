import type { Command } from 'commander';
import { addCiCommand } from './ci-command.ts';
import type { CommandContext } from './context.ts';
import { type ListenFlags, withListening } from './listen-flags.ts';
import { type LogFlags, logFilterOf, withLogFlags } from './log-flags.ts';
import { type GivenReportFlags, withReports } from './report-flags.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

const REAP = 'end the processes that a killed session of this folder left, without asking';

type UpFlags = TiltfileFlags &
  ListenFlags &
  LogFlags &
  GivenReportFlags & {
    readonly stream?: boolean;
    readonly json?: boolean;
    readonly reap?: boolean;
    readonly disablePortForwards?: boolean;
  };

/** Commands that bring up what a Tiltfile describes, or take it away. */
export function addSessionCommands(program: Command, context: CommandContext): void {
  const { tiltfileArgs, needed, exit } = context;
  addCiCommand(program, context);

  withLogFlags(withReports(withListening(withTiltfile(program.command('up [names...]')))))
    .summary('bring everything up and keep it up to date while you edit')
    .description(
      'Starts everything, watches files, and rebuilds, restarts and redeploys what changed until Ctrl-C.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .option('--reap', REAP)
    .option('--disable-port-forwards', 'open none of the ports that the Tiltfile forwards')
    .option('--stream', 'print lines only, also in a terminal: no line of state, no keys')
    .option('--json', 'print the log as JSON, an object a line')
    .action(async (names: string[], flags: UpFlags) => {
      const { up } = await import('../up.ts');
      exit(await up({ names, tiltfileArgs, logFilter: logFilterOf(flags), ...flags }, needed()));
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

  withLogFlags(withListening(program.command('demo')))
    .summary('bring up a small project that comes with tilt-ts')
    .description(
      'Needs neither Docker nor a cluster nor the network. The project is put into a temporary folder, which goes when the demo ends.',
    )
    .option('--folder <folder>', 'put it there, and leave it there')
    .option('--stream', 'print lines only, also in a terminal: no line of state, no keys')
    .action(async (flags: ListenFlags & LogFlags & { folder?: string; stream?: boolean }) => {
      const { demo } = await import('../demo.ts');
      exit(await demo({ logFilter: logFilterOf(flags), ...flags }, needed()));
    });

  program
    .command('stop [which...]')
    .summary('end what "ci --detach" left running in the background')
    .description(
      'Ends the session of the Tiltfile in this folder, or those that are named by their process, their port or their Tiltfile. With nothing to end it is content.',
    )
    .option('-f, --file <path>', 'the Tiltfile')
    .option('--all', 'all sessions in the background')
    .action(async (which: string[], flags: { file?: string; all?: boolean }) => {
      const { stop } = await import('../background/stop.ts');
      exit(await stop({ which, ...flags }));
    });
}
