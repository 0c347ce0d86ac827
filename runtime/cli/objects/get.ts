import { readFileSync } from 'node:fs';
import type { PlainData } from '../../../stdlib/encoding/plain-data.ts';
import { writeYaml } from '../../../stdlib/encoding/yaml-write.ts';
import { ApiError } from '../../clients/kubernetes/errors.ts';
import type { ObjectGroup } from '../../report/objects/api-object.ts';
import { sortedBy, type TableOptions, tableCells } from '../../report/objects/object-table.ts';
import { objectText } from '../../report/objects/object-text.ts';
import { type OutputFormat, parseFormat } from '../../report/objects/output-format.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem } from '../running/session-address.ts';
import { type Asked, askedObjects, fetchAsked, groupOf, type Selectors } from './asked-objects.ts';
import { type ObjectApi, type WriteFlags, withObjects } from './object-api.ts';

export interface GetFlags extends WriteFlags, Selectors, TableOptions {
  readonly output?: string | undefined;
  readonly watch?: boolean | undefined;
  readonly watchOnly?: boolean | undefined;
  readonly ignoreNotFound?: boolean | undefined;
  /** A JSONPath. */
  readonly sortBy?: string | undefined;
}

/** Prints objects of the running program. Answers the exit code. */
export function get(words: readonly string[], flags: GetFlags): Promise<number> {
  const format = outputFormat(flags.output);
  if (typeof format === 'string') {
    process.stderr.write(`Error: ${format}\n`);
    return Promise.resolve(ExitCode.usage);
  }
  return withObjects(flags, async (api) => {
    const asked = await askedObjects(api, words);
    const isWatching = flags.watch === true || flags.watchOnly === true;
    if (isWatching && asked.length !== 1) throw new CommandProblem('Only objects of one type can be watched at once');
    if (flags.watchOnly !== true) {
      const groups = await fetched(api, asked, flags);
      if (groups === undefined) return ExitCode.ok;
      if (!isWatching && flags.output === undefined && groups.every(({ objects }) => objects.length === 0)) {
        process.stderr.write('No resources found\n');
      } else print(sorted(groups, flags.sortBy), format, isSingle(asked), flags);
    }
    const [first] = asked;
    if (isWatching && first !== undefined) await follow(api, first, flags, format);
    return ExitCode.ok;
  });
}

/** How to print; a text when the flag is wrong. */
export function outputFormat(output: string | undefined): OutputFormat | string {
  const parsed = parseFormat(output, (path) => {
    try {
      return { text: readFileSync(path, 'utf8') };
    } catch (error) {
      return { problem: `Cannot read "${path}": ${(error as Error).message}` };
    }
  });
  return parsed.ok ? parsed.format : parsed.message;
}

/** Prints objects on stdout. */
export function print(
  groups: readonly ObjectGroup[],
  format: OutputFormat,
  single: boolean,
  table: TableOptions = {},
): void {
  const yaml = (value: unknown) => writeYaml(value as PlainData);
  const text = objectText(groups, format, { isSingle: single, table, yaml });
  if (!text.ok) throw new CommandProblem(text.message);
  process.stdout.write(text.text);
}

function sorted(groups: readonly ObjectGroup[], path: string | undefined): readonly ObjectGroup[] {
  if (path === undefined) return groups;
  const result = sortedBy(groups, path);
  if (!result.ok) throw new CommandProblem(result.message);
  return result.groups;
}

function isSingle(asked: readonly Asked[]): boolean {
  return asked.length === 1 && asked[0]?.names.length === 1;
}

async function fetched(
  api: ObjectApi,
  asked: readonly Asked[],
  flags: GetFlags,
): Promise<readonly ObjectGroup[] | undefined> {
  try {
    return await fetchAsked(api, asked, flags);
  } catch (error) {
    if (flags.ignoreNotFound === true && error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** Prints each change until the program ends, or Ctrl-C. */
async function follow(api: ObjectApi, { kind, names }: Asked, flags: GetFlags, format: OutputFormat): Promise<void> {
  const query = new URLSearchParams();
  if (flags.selector !== undefined) query.set('labelSelector', flags.selector);
  const [name] = names;
  if (names.length > 1) throw new CommandProblem('Only one object, or all of a type, can be watched');
  const field = name === undefined ? flags.fieldSelector : `metadata.name=${name}`;
  if (field !== undefined) query.set('fieldSelector', field);
  const { resourceVersion } = await api.list(kind, query);
  query.set('resourceVersion', resourceVersion);
  const rows = tableRows(format, flags);
  for await (const { type, object } of api.watch(kind, query, new AbortController().signal)) {
    if (type === 'BOOKMARK') continue;
    if (type === 'ERROR')
      throw new CommandProblem(`The watch ended: ${(object as { message?: string }).message ?? ''}`);
    rows(groupOf(kind, [object]));
  }
}

/** Prints one object after the other; a table's head stands only above the first. */
function tableRows(format: OutputFormat, table: TableOptions): (group: ObjectGroup) => void {
  if (format.kind !== 'table') return (group) => print([group], format, true, table);
  return ({ objects }) => {
    for (const object of objects) {
      process.stdout.write(`${[object.metadata.name, ...tableCells(object, table)].join('   ')}\n`);
    }
  };
}
