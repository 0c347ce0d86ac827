import type { Command } from 'commander';
import type { FileFlags } from '../objects/change.ts';
import type { CreateCmdFlags, CreateExtFlags, CreateFileWatchFlags, CreateRepoFlags } from '../objects/create-named.ts';
import { commaList } from './comma-list.ts';
import type { CommandContext } from './context.ts';
import { withServer } from './server-flags.ts';
import { withWriting } from './write-flags.ts';

const OUTPUT = ['-o, --output <form>', 'name, json or yaml'] as const;

/** Makes objects in a running program: from files, and by words for the kinds that people make by hand. */
export function addCreateCommand(program: Command, { tiltfileArgs, exit }: CommandContext): void {
  const create = withWriting(withServer(program.command('create')))
    .summary('make objects in a running tilt-ts')
    .description('Makes the objects of a file (-f), or one that the words describe.')
    .option('-f, --filename <file...>', 'a YAML or JSON file with objects, a folder of them, or - for stdin')
    .option('-R, --recursive', 'folders of folders too')
    .option(...OUTPUT)
    .helpCommand(false)
    // What stands behind a command's name is that command's.
    .enablePositionalOptions()
    .action(async (flags: FileFlags) => {
      const { create: make } = await import('../objects/change.ts');
      exit(await make(flags));
    });

  withServer(create.command('cmd <name> <command...>'))
    .summary('make a command that runs')
    .description(
      'Starts a program in the running tilt-ts, which stops it when the object is deleted. Flags stand before NAME.\n' +
        "There is no shell: for a script say sh -c '…'.",
    )
    .option('-w, --workdir <folder>', 'where it runs (default: this folder)')
    .option('-e, --env <variable>', 'NAME=VALUE; may be repeated', (text, before: string[] = []) => [
      ...before,
      text.replace(/^=/, ''),
    ])
    .option('--filewatch <names>', 'run it again when these file watches see a change', commaList)
    .option(...OUTPUT)
    .passThroughOptions()
    .action(async (name: string, command: string[], flags: CreateCmdFlags) => {
      const { createCmd } = await import('../objects/create-named.ts');
      exit(await createCmd(name, command, flags));
    });

  withServer(create.command('filewatch <name> <paths...>').alias('fw'))
    .summary('watch files and folders')
    .option('--ignore <patterns>', 'files that do not count, as in .dockerignore, from this folder', commaList)
    .option(...OUTPUT)
    .action(async (name: string, paths: string[], flags: CreateFileWatchFlags) => {
      const { createFileWatch } = await import('../objects/create-named.ts');
      exit(await createFileWatch(name, paths, flags));
    });

  withServer(create.command('repo <name> <url>'))
    .summary('name a repository of extensions')
    .option('--ref <ref>', 'a branch, tag or commit')
    .option(...OUTPUT)
    .action(async (name: string, url: string, flags: CreateRepoFlags) => {
      const { createRepo } = await import('../objects/create-named.ts');
      exit(await createRepo(name, url, flags));
    });

  withServer(create.command('ext <name>'))
    .summary('load an extension as a Tiltfile of its own')
    .description('Loads the Tiltfile of an extension; words after -- are its arguments.')
    .option('--repo <name>', 'the repository', 'default')
    .option('--path <folder>', 'its folder in the repository (default: NAME)')
    .option(...OUTPUT)
    .action(async (name: string, flags: CreateExtFlags) => {
      const { createExt } = await import('../objects/create-named.ts');
      exit(await createExt(name, tiltfileArgs, flags));
    });
}
