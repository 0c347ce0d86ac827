import { explainText } from '../../report/objects/explain-text.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from '../running/session-address.ts';
import { findKind } from './asked-objects.ts';
import { GROUP, VERSION, withObjects } from './object-api.ts';

export interface ExplainFlags extends ServerFlags {
  readonly recursive?: boolean | undefined;
  readonly apiVersion?: string | undefined;
}

/** Prints what a kind of objects of the running program, or one of its fields (`cmds.spec.args`), is. Answers the exit code. */
export function explain(wanted: string, flags: ExplainFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    if (flags.apiVersion !== undefined && flags.apiVersion !== `${GROUP}/${VERSION}`) {
      throw new CommandProblem(`There is only the API version ${GROUP}/${VERSION}, not "${flags.apiVersion}"`);
    }
    const [type = '', ...path] = wanted.split('.').filter((name) => name !== '');
    const kind = findKind(await api.kinds(), type);
    const { schemas = {} } = (await api.openApi()).components ?? {};
    const schema = Object.entries(schemas).find(([name]) => name.endsWith(`.${kind.kind}`))?.[1] ?? {};
    const isRecursive = flags.recursive === true;
    const told = explainText({ group: GROUP, version: VERSION, kind: kind.kind, schema, schemas, path, isRecursive });
    if (!told.ok) throw new CommandProblem(told.message);
    process.stdout.write(told.text);
    return ExitCode.ok;
  });
}
