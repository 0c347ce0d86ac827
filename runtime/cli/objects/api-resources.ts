import { columnText } from '../../report/objects/column-text.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from '../running/session-address.ts';
import { GROUP, type KindInfo, VERSION, withObjects } from './object-api.ts';

export interface ApiResourcesFlags extends ServerFlags {
  readonly output?: string | undefined;
  readonly headers?: boolean | undefined;
  readonly apiGroup?: string | undefined;
  readonly namespaced?: string | undefined;
  readonly verbs?: readonly string[] | undefined;
  readonly sortBy?: 'name' | 'kind' | undefined;
}

/** Lists the kinds of objects that the running program has. Answers the exit code. */
export function apiResources(flags: ApiResourcesFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const key = flags.sortBy ?? 'name';
    const kinds = (await api.kinds())
      .filter((kind) => isWanted(kind, flags))
      .sort((one, other) => (one[key] < other[key] ? -1 : 1));
    if (flags.output === 'name') {
      process.stdout.write(kinds.map(({ name }) => `${name}.${GROUP}\n`).join(''));
      return ExitCode.ok;
    }
    if (flags.output !== undefined && flags.output !== 'wide') {
      throw new CommandProblem(`Cannot print kinds as "${flags.output}": there are name and wide`);
    }
    const isWide = flags.output === 'wide';
    const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS'] : [])];
    const rows = kinds.map(({ name, shortNames, kind, verbs }) => [
      ...[name, shortNames.join(','), `${GROUP}/${VERSION}`, 'false', kind],
      ...(isWide ? [verbs.join(',')] : []),
    ]);
    process.stdout.write(columnText(flags.headers === false ? rows : [head, ...rows]));
    return ExitCode.ok;
  });
}

function isWanted(
  { verbs }: KindInfo,
  { apiGroup = GROUP, namespaced = 'false', verbs: needed = [] }: ApiResourcesFlags,
) {
  return apiGroup === GROUP && namespaced === 'false' && needed.every((verb) => verbs.includes(verb));
}
