import type { ApiObject } from '../../report/objects/api-object.ts';
import { ExitCode } from '../exit-code.ts';
import { findKind } from '../objects/asked-objects.ts';
import { type ObjectApi, withObjects } from '../objects/object-api.ts';
import { CommandProblem, type ServerFlags } from './session-address.ts';

export interface SwitchFlags extends ServerFlags {
  readonly all?: boolean | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Switch all others off. */
  readonly only?: boolean | undefined;
}

interface Switch {
  readonly name: string;
  readonly labels: readonly string[];
  /** Config maps that say whether it is off, and by which key. */
  readonly sources: readonly { readonly name: string; readonly key: string }[];
}

/** Switches resources of the running program on, or off. Answers the exit code. */
export function switchResources(names: readonly string[], isOn: boolean, flags: SwitchFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const problem = misuse(names, flags);
    if (problem !== undefined) throw new CommandProblem(problem);
    const switches = await allSwitches(api);
    const missing = names.find((name) => !switches.some((known) => known.name === name));
    if (missing !== undefined) throw new CommandProblem(`no such resource "${missing}"`);
    const chosen = (one: Switch) =>
      flags.all === true ||
      names.includes(one.name) ||
      (flags.labels ?? []).some((label) => one.labels.includes(label));
    const configMaps = findKind(await api.kinds(), 'configmaps');
    const turn = (wanted: readonly Switch[], isEnabled: boolean) =>
      Promise.all(
        wanted.flatMap(({ sources }) =>
          sources.map(({ name, key }) =>
            api.patch(configMaps, name, 'merge', JSON.stringify({ data: { [key]: String(!isEnabled) } })),
          ),
        ),
      );
    await turn(switches.filter(chosen), isOn);
    // Last, so that what is chosen still finds up what it depends on.
    if (flags.only === true) {
      await turn(
        switches.filter((one) => !chosen(one)),
        !isOn,
      );
    }
    return ExitCode.ok;
  });
}

function misuse(names: readonly string[], { all, labels = [], only }: SwitchFlags): string | undefined {
  const isNamed = names.length > 0 || labels.length > 0;
  if (all === true && isNamed) return '--all takes all resources: leave the names and labels out';
  if (all === true && only === true) return 'cannot use --all with --only';
  if (all !== true && !isNamed) return 'Say which resources: their names, -l LABEL, or --all';
  return undefined;
}

async function allSwitches(api: ObjectApi): Promise<readonly Switch[]> {
  const { items } = await api.list(findKind(await api.kinds(), 'uiresources'));
  return items.filter(({ metadata }) => metadata.name !== '(Tiltfile)').map(switchOf);
}

function switchOf({ metadata, status }: ApiObject): Switch {
  const { disableStatus } = (status ?? {}) as {
    readonly disableStatus?: {
      readonly sources?: readonly { readonly configMap?: { readonly name: string; readonly key: string } }[];
    };
  };
  const sources = (disableStatus?.sources ?? []).flatMap(({ configMap }) => configMap ?? []);
  return { name: metadata.name, labels: Object.keys(metadata.labels ?? {}), sources };
}
