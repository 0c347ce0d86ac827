import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Loader } from '../load/loader.ts';
import { type CommandLine, parseDuration } from './arguments.ts';
import { ExitCode } from './exit-code.ts';
import { missingCommand } from './missing-command.ts';
import { offerTilt } from './own-command.ts';
import { withPermissionFlags } from './permission-flags.ts';
import type { PortOptions } from './port.ts';
import type { TiltfileOptions } from './tiltfile.ts';
import { VERSION, versionLine } from './version.ts';

/** The flags of every command that reads a Tiltfile. */
type TiltfileFlags = Omit<TiltfileOptions, 'names' | 'tiltfileArgs'>;

/** Runs one command line to its end and answers the exit code. `loader` is there when the command reads a Tiltfile. */
export async function runProgram(line: CommandLine, loader: Loader | undefined): Promise<number> {
  let code: number = ExitCode.ok;
  const tiltfileArgs = line.tiltfileArgs;
  const needed = (): Loader => {
    if (loader === undefined) throw new Error('a command that reads a Tiltfile was not announced as such');
    return loader;
  };

  const missing = missingCommand(line.own);
  if (missing !== undefined) {
    process.stderr.write(`Error: ${missing}\n`);
    await loader?.dispose();
    return ExitCode.usage;
  }
  offerTilt();

  const program = new Command('tilt-ts')
    .description(
      'Brings up what a Tiltfile describes: images, Kubernetes objects, Compose services, local commands and servers.',
    )
    .version(VERSION, '-v, --version', 'print the version')
    .helpCommand('help [command]', 'display help for a command')
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see what there is.')
    .exitOverride();

  withTiltfile(program.command('ci [names...]'))
    .summary('bring everything up once, wait until it is healthy, and exit')
    .description(
      'Builds the images, starts everything and exits with 0 when all of it is healthy, or with another code at once when something breaks.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .option('--timeout <duration>', 'how long the whole run may take, such as 90s or 1h30m (default 30m)', duration)
    .action(async (names: string[], flags: TiltfileFlags & { timeout?: number }) => {
      const { ci } = await import('./ci.ts');
      code = await ci({ names, tiltfileArgs, timeoutMs: flags.timeout, ...flags }, needed());
    });

  withTiltfile(program.command('up [names...]'))
    .summary('bring everything up and keep it up to date while you edit')
    .description(
      'Starts everything, watches files, and rebuilds, restarts and redeploys what changed until Ctrl-C.\n' +
        'Names choose resources (and what they depend on); words after -- go to the Tiltfile.',
    )
    .action(async (names: string[], flags: TiltfileFlags) => {
      const { up } = await import('./up.ts');
      code = await up({ names, tiltfileArgs, ...flags }, needed());
    });

  withTiltfile(program.command('down [names...]'))
    .summary('delete what was deployed')
    .description(
      'Deletes the Kubernetes objects that the Tiltfile describes, and takes its Compose projects down. Namespaces stay unless --delete-namespaces is given, volumes of Compose unless --delete-volumes is.',
    )
    .option('--delete-namespaces', 'delete Namespace objects too')
    .option('--delete-volumes', 'delete the volumes of Compose projects too')
    .action(async (names: string[], flags: TiltfileFlags & { deleteNamespaces?: boolean; deleteVolumes?: boolean }) => {
      const { down } = await import('./down.ts');
      code = await down({ names, tiltfileArgs, ...flags }, needed());
    });

  program
    .command('init [folder]')
    .summary('write a Tiltfile for what is there, and the types for editors')
    .description(
      'Looks for Dockerfiles, Kubernetes objects, Compose files and scripts of package.json, and writes a Tiltfile.ts that starts from them,\n' +
        'with the types of the builtins for editors, tsc and deno check. Files that are there are left as they are.',
    )
    .option('--js', 'write a Tiltfile.js')
    .option('--force', 'write over a Tiltfile that is there')
    .option('--types', 'write nothing but the types, as this version knows them')
    .action(async (folder: string | undefined, flags: { js?: boolean; force?: boolean; types?: boolean }) => {
      const { init } = await import('./init.ts');
      code = init({ folder, ...flags });
    });

  withTiltfile(program.command('plan [names...]'))
    .summary('show what a Tiltfile comes to, and what a change of it changes')
    .description(
      'Evaluates the Tiltfile and prints its resources in the order in which they would start, and what the script read, ran and asked for.\n' +
        'Needs neither Docker nor a cluster. Commands in local() run: they are part of the evaluation.',
    )
    .option('--json', 'print it as JSON')
    .option('--diff <plan>', 'show what is different from a plan that was printed with --json (- for stdin)')
    .option('--exit-code', 'with --diff: exit with 1 when there is a difference')
    .action(async (names: string[], flags: TiltfileFlags & { json?: boolean; diff?: string; exitCode?: boolean }) => {
      const { plan } = await import('./plan.ts');
      code = await plan({ names, tiltfileArgs, ...flags }, needed());
    });

  const alpha = program.command('alpha').summary('commands whose form may still change').helpCommand(false);
  withTiltfile(alpha.command('tiltfile-result'))
    .summary('print what a Tiltfile declares as JSON')
    .description(
      'Evaluates the Tiltfile and prints the resulting resources as JSON on stdout. Nothing is built or started.',
    )
    .action(async (flags: TiltfileFlags) => {
      const { tiltfileResult } = await import('./tiltfile-result.ts');
      code = await tiltfileResult({ names: [], tiltfileArgs, ...flags }, needed());
    });

  const ext = program.command('ext').summary('look after the extensions that a Tiltfile imports').helpCommand(false);
  withTiltfile(ext.command('list'))
    .summary('list the extensions that the Tiltfile imports')
    .description('Evaluates the Tiltfile and lists the extensions that it imports, and where they come from.')
    .option('--json', 'as JSON')
    .action(async (flags: TiltfileFlags & { json?: boolean }) => {
      const { listExtensions } = await import('./ext-list.ts');
      code = await listExtensions({ names: [], tiltfileArgs, ...flags }, needed());
    });
  withTiltfile(ext.command('update [names...]'), { frozenLock: false })
    .summary('fetch the newest versions of extensions')
    .description(
      'Asks the repositories of extensions what their branches and tags stand for now, and pins that in tilt.lock.\n' +
        'Names choose extensions or repositories; without names everything is renewed that the Tiltfile imports, and what it\n' +
        'does not import any more is taken out of tilt.lock. If the Tiltfile fails then, tilt.lock stays as it was.',
    )
    .action(async (renew: string[], flags: TiltfileFlags) => {
      const { updateExtensions } = await import('./ext-update.ts');
      code = await updateExtensions({ names: [], tiltfileArgs, renew, ...flags }, needed());
    });

  program
    .command('port [file]')
    .summary('write a Starlark Tiltfile as TypeScript')
    .description(
      'Writes TypeScript (or JavaScript) for a Starlark Tiltfile and for the local files that it loads, each beside its source.\n' +
        'What cannot be said faithfully is marked in the output with a comment, and counted.',
    )
    .option('--out <file>', 'where to write it (default: Tiltfile.ts beside the Tiltfile)')
    .option('--stdout', 'print JavaScript for the Tiltfile alone; what it loads stays Starlark')
    .option('--js', 'write JavaScript instead of TypeScript')
    .option('--force', 'replace files that are there already')
    .option('--check', 'run both, compare what they declare, and say what differs')
    .action(async (file: string | undefined, flags: Omit<PortOptions, 'file' | 'tiltfileArgs'>) => {
      const { portTiltfile } = await import('./port.ts');
      code = await portTiltfile({ file, tiltfileArgs, ...flags }, loader);
    });

  program
    .command('version')
    .summary('print the version')
    .action(() => {
      process.stdout.write(`${versionLine(line.asTilt)}\n`);
    });

  try {
    await program.parseAsync(line.own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help that was asked for is no error; help that was shown for want of a command is.
    const shownForWant = error.code === 'commander.help' && line.own[0] !== 'help';
    code = error.exitCode === 0 && !shownForWant ? ExitCode.ok : ExitCode.usage;
  } finally {
    await loader?.dispose();
  }
  return code;
}

function withTiltfile(command: Command, { frozenLock = true } = {}): Command {
  if (frozenLock)
    command.option('--frozen-lock', 'refuse extensions that tilt.lock does not pin, and leave it as it is');
  command
    .option('-f, --file <path>', 'the Tiltfile (default: Tiltfile.ts, .js, .mjs or Tiltfile in this folder)')
    .option('--context <name>', 'the Kubernetes context to use (default: the current one)')
    .option('--namespace <name>', 'the Kubernetes namespace to use (default: the context’s)')
    .option('--tiltfile-timeout <duration>', 'how long the Tiltfile itself may compute (default 1m)', duration);
  return withPermissionFlags(command);
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError('A duration is a number and a unit: 90s, 5m, 1h30m.');
  return ms;
}
