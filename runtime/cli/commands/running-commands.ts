import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DumpSubject } from '../running/dump.ts';
import type { LogsFlags } from '../running/logs.ts';
import type { ServerFlags } from '../running/session-address.ts';
import type { SnapshotViewFlags } from '../running/snapshot-view.ts';
import type { SwitchFlags } from '../running/switch-resources.ts';
import type { ArgsFlags } from '../running/tiltfile-args.ts';
import { commaList } from './comma-list.ts';
import type { CommandContext } from './context.ts';
import { duration } from './duration-flag.ts';
import { portNumber } from './listen-flags.ts';
import { withServer } from './server-flags.ts';

const LABELS = ['-l, --labels <labels>', 'resources with one of these labels', commaList] as const;

/** Commands that ask something of a running program. */
export function addRunningCommands(program: Command, { tiltfileArgs, exit }: CommandContext): void {
  withServer(program.command('trigger <resource>'))
    .summary('update a resource of a running tilt-ts now')
    .description('Takes over the changes that a manual resource waits with; any other resource is updated as a whole.')
    .action(async (resource: string, flags: ServerFlags) => {
      const { trigger } = await import('../running/trigger.ts');
      exit(await trigger(resource, flags));
    });

  withServer(program.command('args [words...]'))
    .summary('give the Tiltfile of a running tilt-ts other arguments')
    .description(
      'Takes the words, and those after --. Without any it opens them in the editor of TILT_EDITOR or EDITOR.',
    )
    .option('--clear', 'take all arguments away')
    .action(async (words: string[], flags: ArgsFlags) => {
      const { tiltfileArgs: change } = await import('../running/tiltfile-args.ts');
      exit(await change([...words, ...tiltfileArgs], flags));
    });

  withServer(program.command('enable [resources...]'))
    .summary('switch resources of a running tilt-ts on')
    .option('--all', 'all resources')
    .option('--only', 'and switch all others off')
    .option(...LABELS)
    .action(async (names: string[], flags: SwitchFlags) => {
      const { switchResources } = await import('../running/switch-resources.ts');
      exit(await switchResources(names, true, flags));
    });

  withServer(program.command('disable [resources...]'))
    .summary('switch resources of a running tilt-ts off')
    .description('Stops their servers and deletes what they deployed, until they are enabled again.')
    .option('--all', 'all resources')
    .option(...LABELS)
    .action(async (names: string[], flags: SwitchFlags) => {
      const { switchResources } = await import('../running/switch-resources.ts');
      exit(await switchResources(names, false, flags));
    });

  withServer(program.command('logs [resources...]'))
    .summary('print the log of a running tilt-ts')
    .description(
      'Prints what is there of the log, of all resources or of those that are named, also what is long past.',
    )
    .option('-f, --follow', 'go on with what comes')
    .option('--json', 'as JSON, an object a line')
    .option('--tail <lines>', 'only so many of the last lines', wholeNumber)
    .option('--since <duration>', 'only what is newer than this: 30s, 5m', duration)
    .addOption(new Option('--level <level>', 'only lines of this level and worse').choices(['warn', 'error']))
    .addOption(
      new Option('--source <source>', 'only what updates write, or only what runs writes').choices([
        'all',
        'build',
        'runtime',
      ]),
    )
    .action(async (resources: string[], flags: LogsFlags) => {
      const { logs } = await import('../running/logs.ts');
      exit(await logs(resources, flags));
    });

  const dump = program.command('dump').summary('print what a running tilt-ts knows, as JSON').helpCommand(false);
  for (const [subject, summary] of Object.entries(DUMPS)) {
    withServer(dump.command(subject))
      .summary(summary)
      .action(async (flags: ServerFlags) => {
        const { dump: print } = await import('../running/dump.ts');
        exit(await print(subject as DumpSubject, flags));
      });
  }

  addOfflineDumps(program, dump, exit);

  const snapshot = program
    .command('snapshot')
    .summary('keep what a running tilt-ts shows, and look at it later')
    .helpCommand(false);
  withServer(snapshot.command('create [file]'))
    .summary('save it to a file (default: stdout)')
    .action(async (file: string | undefined, flags: ServerFlags) => {
      const { createSnapshot } = await import('../running/dump.ts');
      exit(await createSnapshot(file, flags));
    });
  snapshot
    .command('view <file>')
    .summary('show a saved snapshot in the browser')
    .description(
      'Shows the page of a session as it was when it was saved, until Ctrl-C. - reads the snapshot from stdin.',
    )
    .option('--port <port>', 'where the page is served (default: a free one)', portNumber)
    .option('--host <host>', 'the address to listen on (default: localhost)')
    .option('--no-open', 'do not open the browser')
    .action(async (file: string, flags: SnapshotViewFlags) => {
      const { viewSnapshot } = await import('../running/snapshot-view.ts');
      exit(await viewSnapshot(file, flags));
    });
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Dumps that need no session. */
function addOfflineDumps(program: Command, dump: Command, exit: CommandContext['exit']): void {
  dump
    .command('image-deploy-ref <ref>')
    .summary('the name with which an image of the Docker engine is deployed')
    .description(
      'Prints the name, with a tag made of its content, that an image of the Docker engine gets when it is deployed: for commands of custom_build.',
    )
    .action(async (ref: string) => {
      const { dumpImageDeployRef } = await import('../dump-offline.ts');
      exit(await dumpImageDeployRef(ref));
    });
  dump
    .command('openapi')
    .summary('the OpenAPI description of all types of objects')
    .action(async () => {
      const { dumpOpenApi } = await import('../dump-offline.ts');
      exit(dumpOpenApi());
    });
  dump
    .command('cli-docs')
    .summary('write the page about all commands')
    .option('--dir <folder>', 'where to write commands.md', '.')
    .action(async ({ dir }: { dir: string }) => {
      const { dumpCommandDocs } = await import('../dump-offline.ts');
      exit(dumpCommandDocs(program, dir));
    });
  dump
    .command('api-docs')
    .summary('write the types of all builtins')
    .option('--dir <folder>', 'where to write them', '.')
    .action(async ({ dir }: { dir: string }) => {
      const { dumpApiDocs } = await import('../dump-offline.ts');
      exit(dumpApiDocs(dir));
    });
}

const DUMPS: Readonly<Record<DumpSubject, string>> = {
  engine: 'the state of the session',
  webview: 'what the page in the browser shows',
  logstore: 'the log',
};
