import { type Command, Option } from 'commander';
import type { ApiResourcesFlags } from '../objects/api-resources.ts';
import type { ApplyFlags, DeleteFlags, PatchFlags } from '../objects/change.ts';
import type { DescribeFlags } from '../objects/describe.ts';
import type { EditFlags } from '../objects/edit.ts';
import type { ExplainFlags } from '../objects/explain.ts';
import type { GetFlags } from '../objects/get.ts';
import type { WaitFlags } from '../objects/wait.ts';
import { commaList } from './comma-list.ts';
import type { CommandContext } from './context.ts';
import { addCreateCommand } from './create-command.ts';
import { duration } from './duration-flag.ts';
import { withServer } from './server-flags.ts';
import { dryRunFlag, withWriting } from './write-flags.ts';

const RECURSIVE = ['-R, --recursive', 'folders of folders too'] as const;
const SELECTOR = ['-l, --selector <labels>', 'only objects with these labels: key=value,other!=value'] as const;
const FILENAME = [
  '-f, --filename <file...>',
  'a YAML or JSON file with objects, a folder of them, or - for stdin',
] as const;
const OUTPUT = [
  '-o, --output <form>',
  'json, yaml, name, wide, jsonpath=…, jsonpath-file=…, custom-columns=… or custom-columns-file=…',
] as const;

/** Commands about the objects of a running program, as kubectl has them for those of a cluster. */
export function addObjectCommands(program: Command, context: CommandContext): void {
  const { exit } = context;
  withServer(program.command('get <type> [names...]'))
    .summary('print objects of a running tilt-ts')
    .description('Prints objects: TYPE, TYPE NAME… or TYPE/NAME…; several types with commas between them.')
    .option(...OUTPUT)
    .option('-w, --watch', 'go on with each change')
    .option('--watch-only', 'print only changes, and not what is there')
    .option('--ignore-not-found', 'an object that is not there is no failure')
    .option(...SELECTOR)
    .option('--field-selector <fields>', 'only objects with these fields: metadata.name=web')
    .option('--no-headers', 'a table without its first line')
    .option('--show-labels', 'a table with a column of all labels')
    .option('-L, --label-columns <labels>', 'a table with columns of these labels', commaList)
    .option('--sort-by <path>', 'in the order of what this JSONPath finds: .metadata.creationTimestamp')
    .option('--show-managed-fields', 'in JSON and YAML, who set which field')
    .option('-A, --all-namespaces', 'changes nothing: these objects are in no namespaces')
    .action(async (type: string, names: string[], flags: GetFlags) => {
      const { get } = await import('../objects/get.ts');
      exit(await get([type, ...names], flags));
    });

  withServer(program.command('describe [type] [names...]'))
    .summary('print all that objects of a running tilt-ts say')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .option(...SELECTOR)
    .action(async (type: string | undefined, names: string[], flags: DescribeFlags) => {
      const { describe } = await import('../objects/describe.ts');
      exit(await describe(wordsOf(type, names), flags));
    });

  withServer(program.command('wait [type] [names...]'))
    .summary('wait until objects of a running tilt-ts are as you say')
    .description('Waits until each of the objects fulfils what --for says, or the time is over (exit code 1).')
    .option('--for <goal>', 'condition=NAME[=VALUE], jsonpath=PATH[=VALUE], create or delete')
    .option('--timeout <duration>', 'how long to wait (default 30s)', duration)
    .option('--all', 'all objects of the type')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .option(...SELECTOR)
    .action(async (type: string | undefined, names: string[], flags: WaitFlags) => {
      const { wait } = await import('../objects/wait.ts');
      exit(await wait(wordsOf(type, names), flags));
    });

  addCreateCommand(program, context);

  withWriting(withServer(program.command('apply')))
    .summary('bring objects of a running tilt-ts to what a file says')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .option('--server-side', 'let the program merge: it knows who set which field')
    .option('--force-conflicts', 'with --server-side: take fields that others set')
    .option('-o, --output <form>', 'name')
    .action(async (flags: ApplyFlags) => {
      const { apply } = await import('../objects/change.ts');
      exit(await apply(flags));
    });

  withWriting(withServer(program.command('patch [type] [names...]')))
    .summary('change fields of objects of a running tilt-ts')
    .option('-p, --patch <json>', 'what to change')
    .option('--patch-file <file>', 'a file with what to change')
    .option('--type <kind>', 'merge (default), json or strategic, which is the same as merge here')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .option('-o, --output <form>', 'name')
    .action(async (type: string | undefined, names: string[], flags: PatchFlags) => {
      const { patch } = await import('../objects/change.ts');
      exit(await patch(wordsOf(type, names), flags));
    });

  withWriting(withServer(program.command('edit [type] [names...]')))
    .summary('change objects of a running tilt-ts in an editor')
    .description('Opens the editor of TILT_EDITOR or EDITOR with the object as YAML.')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .action(async (type: string | undefined, names: string[], flags: EditFlags) => {
      const { edit } = await import('../objects/edit.ts');
      exit(await edit(wordsOf(type, names), flags));
    });

  withServer(program.command('delete [type] [names...]'))
    .summary('delete objects of a running tilt-ts')
    .option(...FILENAME)
    .option(...RECURSIVE)
    .option('--all', 'all objects of the type')
    .option(...SELECTOR)
    .option('--ignore-not-found', 'an object that is not there is no failure')
    .addOption(dryRunFlag())
    .option('--now', 'changes nothing, as do --force, --wait, --cascade and --grace-period: objects go at once')
    .addOption(new Option('--force').hideHelp())
    .addOption(new Option('--wait [wait]').hideHelp())
    .addOption(new Option('--cascade [how]').hideHelp())
    .addOption(new Option('--grace-period <seconds>').hideHelp())
    .option('-o, --output <form>', 'name')
    .action(async (type: string | undefined, names: string[], flags: DeleteFlags) => {
      const { remove } = await import('../objects/change.ts');
      exit(await remove(wordsOf(type, names), flags));
    });

  withServer(program.command('explain <type>'))
    .summary('tell what a type of objects of a running tilt-ts is, and its fields')
    .description('Explains a TYPE, or a field of it: explain cmds, explain cmds.spec.restartOn.')
    .option('--recursive', 'all fields of fields, without descriptions')
    .option('--api-version <version>', 'tilt.dev/v1alpha1, the only one that there is')
    .action(async (type: string, flags: ExplainFlags) => {
      const { explain } = await import('../objects/explain.ts');
      exit(await explain(type, flags));
    });

  withServer(program.command('api-resources'))
    .summary('list the types of objects that a running tilt-ts has')
    .option('-o, --output <form>', 'name or wide')
    .option('--no-headers', 'without the line of headers')
    .option('--api-group <group>', 'only those of this group: all are of tilt.dev')
    .option('--namespaced <yes>', 'only those that are in namespaces: none is')
    .option('--verbs <verbs>', 'only those with which all of this can be done, such as create,delete', commaList)
    .addOption(new Option('--sort-by <what>', 'in the order of name or kind').choices(['name', 'kind']))
    .option('--cached', 'changes nothing: the program is asked')
    .action(async (flags: ApiResourcesFlags) => {
      const { apiResources } = await import('../objects/api-resources.ts');
      exit(await apiResources(flags));
    });
}

function wordsOf(type: string | undefined, names: readonly string[]): readonly string[] {
  return type === undefined ? [] : [type, ...names];
}
