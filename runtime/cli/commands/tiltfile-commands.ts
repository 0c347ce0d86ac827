import type { Command } from 'commander';
import type { PortOptions } from '../port.ts';
import type { TreeFlags } from '../running/tree-view.ts';
import type { CommandContext } from './context.ts';
import { type ListenFlags, withListening } from './listen-flags.ts';
import { type LogFlags, logFilterOf, withLogFlags } from './log-flags.ts';
import { type GivenSelectionFlags, withSelection } from './selection-flags.ts';
import { withServer } from './server-flags.ts';
import { type TiltfileFlags, withTiltfile } from './tiltfile-flags.ts';

/** Commands about the Tiltfile itself: write one, look at what it comes to, translate it. */
export function addTiltfileCommands(program: Command, { tiltfileArgs, loader, needed, exit }: CommandContext): void {
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
      const { init } = await import('../init.ts');
      exit(init({ folder, ...flags }));
    });

  withSelection(withTiltfile(program.command('plan [names...]')))
    .summary('show what a Tiltfile comes to, and what a change of it changes')
    .description(
      'Evaluates the Tiltfile and prints its resources in the order in which they would start, and what the script read, ran and asked for.\n' +
        'Needs neither Docker nor a cluster. Commands in local() run: they are part of the evaluation.',
    )
    .option('--json', 'print it as JSON')
    .option('--diff <plan>', 'show what is different from a plan that was printed with --json (- for stdin)')
    .option('--exit-code', 'with --diff: exit with 1 when there is a difference')
    .action(
      async (
        names: string[],
        flags: TiltfileFlags & GivenSelectionFlags & { json?: boolean; diff?: string; exitCode?: boolean },
      ) => {
        const { plan } = await import('../plan.ts');
        exit(await plan({ names, tiltfileArgs, ...flags }, needed()));
      },
    );

  const alpha = program.command('alpha').summary('commands whose form may still change').helpCommand(false);
  withTiltfile(alpha.command('tiltfile-result'))
    .summary('print what a Tiltfile declares as JSON')
    .description(
      'Evaluates the Tiltfile and prints the resulting resources as JSON on stdout. Nothing is built or started.',
    )
    .action(async (flags: TiltfileFlags) => {
      const { tiltfileResult } = await import('../tiltfile-result.ts');
      exit(await tiltfileResult({ names: [], tiltfileArgs, ...flags }, needed()));
    });
  withLogFlags(withListening(alpha.command('updog')))
    .summary('run a session of nothing but the objects of files')
    .description(
      'Starts a session without a Tiltfile, makes the objects of the files in it, and shows its log until Ctrl-C.',
    )
    .requiredOption('-f, --filename <file...>', 'a YAML or JSON file with objects, a folder of them, or - for stdin')
    .action(async (flags: ListenFlags & LogFlags & { filename: string[] }) => {
      const { updog } = await import('../updog.ts');
      exit(await updog({ ...flags, logFilter: logFilterOf(flags) }, needed()));
    });
  withServer(alpha.command('tree-view'))
    .summary('print the resources of a running tilt-ts below those that they need')
    .option('--blockers', 'only what has not come up, and what waits for that')
    .option('--dedupe', 'what several need stands below the first of them only')
    .action(async (flags: TreeFlags) => {
      const { treeView } = await import('../running/tree-view.ts');
      exit(await treeView(flags));
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
      const { portTiltfile } = await import('../port.ts');
      exit(await portTiltfile({ file, tiltfileArgs, ...flags }, loader));
    });
}
