import { Command, CommanderError } from 'commander';
import type { Loader } from '../load/loader.ts';
import { COMPLETE, type CommandLine } from './arguments.ts';
import { addClusterCommands } from './commands/cluster-commands.ts';
import { addCompletionCommand } from './commands/completion-command.ts';
import type { CommandContext } from './commands/context.ts';
import { addExtensionCommands } from './commands/extension-commands.ts';
import { addMachineCommands } from './commands/machine-commands.ts';
import { addObjectCommands } from './commands/object-commands.ts';
import { addRunningCommands } from './commands/running-commands.ts';
import { addSessionCommands } from './commands/session-commands.ts';
import { addTiltfileCommands } from './commands/tiltfile-commands.ts';
import { addVersionCommand } from './commands/version-command.ts';
import { ExitCode } from './exit-code.ts';
import { missingCommand } from './missing-command.ts';
import { offerTilt } from './own-command.ts';
import { VERSION } from './version.ts';

/** In the order in which `--help` lists them, by what they are about. */
const FAMILIES: Readonly<Record<string, readonly ((program: Command, context: CommandContext) => void)[]>> = {
  Sessions: [addSessionCommands],
  'The Tiltfile': [addTiltfileCommands, addExtensionCommands],
  'A running session': [addRunningCommands],
  'Objects of a running session': [addObjectCommands],
  'This machine': [addClusterCommands, addMachineCommands, addCompletionCommand, addVersionCommand],
};

/** Runs one command line to its end and answers the exit code. `loader` is there when the command reads a Tiltfile. */
export async function runProgram(line: CommandLine, loader: Loader | undefined): Promise<number> {
  const missing = missingCommand(line.own);
  if (missing !== undefined) {
    process.stderr.write(`Error: ${missing}\n`);
    await loader?.dispose();
    return ExitCode.usage;
  }
  offerTilt();

  let code: number = ExitCode.ok;
  const context: CommandContext = {
    line,
    tiltfileArgs: line.tiltfileArgs,
    loader,
    needed() {
      if (loader === undefined) throw new Error('a command that reads a Tiltfile was not announced as such');
      return loader;
    },
    exit(told) {
      code = told;
    },
  };
  const program = new Command('tilt-ts')
    .description(
      'Brings up what a Tiltfile describes: images, Kubernetes objects, Compose services, local commands and servers.',
    )
    .version(VERSION, '-v, --version', 'print the version')
    .helpCommand('help [command]', 'display help for a command')
    // `create cmd` takes the words of another program's command line.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see what there is.')
    .exitOverride();
  for (const [title, family] of Object.entries(FAMILIES)) {
    program.commandsGroup(`${title}:`);
    for (const addCommands of family) addCommands(program, context);
  }

  try {
    if (line.own[0] === COMPLETE) {
      const { complete } = await import('./completion/complete.ts');
      await complete(program, line.own.slice(1));
    } else await program.parseAsync(line.own, { from: 'user' });
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
