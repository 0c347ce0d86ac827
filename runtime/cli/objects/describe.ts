import { describeObject } from '../../report/objects/describe.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from '../running/session-address.ts';
import { askedObjects, fetchAsked, type Selectors } from './asked-objects.ts';
import { readManifests } from './manifest-files.ts';
import { type ObjectApi, withObjects } from './object-api.ts';

export interface DescribeFlags extends ServerFlags, Selectors {
  readonly filename?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
}

/** Prints all that objects say, field by field. Answers the exit code. */
export function describe(words: readonly string[], flags: DescribeFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const objects = await found(api, words, flags);
    if (objects.length === 0) process.stderr.write('No resources found\n');
    process.stdout.write(objects.map(describeObject).join('\n\n'));
    return ExitCode.ok;
  });
}

async function found(api: ObjectApi, words: readonly string[], flags: DescribeFlags) {
  if (flags.filename !== undefined) {
    const manifests = await readManifests(api, flags.filename, flags.recursive);
    return Promise.all(manifests.map(({ kind, object }) => api.get(kind, object.metadata.name)));
  }
  const asked = await askedObjects(api, words);
  const [first] = asked;
  // As with kubectl a name may be the beginning of several.
  if (asked.length === 1 && first?.names.length === 1) {
    const [prefix = ''] = first.names;
    const all = (await api.list(first.kind)).items;
    const exact = all.filter(({ metadata }) => metadata.name === prefix);
    const objects = exact.length > 0 ? exact : all.filter(({ metadata }) => metadata.name.startsWith(prefix));
    if (objects.length === 0) throw new CommandProblem(notFound(first.kind.name, prefix));
    return objects;
  }
  return (await fetchAsked(api, asked, flags)).flatMap(({ objects }) => objects);
}

function notFound(plural: string, name: string): string {
  return `Error from server (NotFound): ${plural}.tilt.dev "${name}" not found`;
}
