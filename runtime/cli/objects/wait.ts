import type { Json } from '../../../stdlib/model/kubernetes.ts';
import { ApiError } from '../../clients/kubernetes/errors.ts';
import { type ApiObject, qualifiedName } from '../../report/objects/api-object.ts';
import { jsonPathText, relaxedPath } from '../../report/objects/json-path-text.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from '../running/session-address.ts';
import { type Asked, askedObjects, type Selectors } from './asked-objects.ts';
import { readManifests } from './manifest-files.ts';
import { GROUP, type KindInfo, type ObjectApi, withObjects } from './object-api.ts';

export interface WaitFlags extends ServerFlags, Selectors {
  readonly for?: string | undefined;
  readonly all?: boolean | undefined;
  readonly filename?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
  /** Milliseconds; 0 looks once. Default 30 s. */
  readonly timeout?: number | undefined;
}

/** What an object has to be like; `undefined` is an object that is gone. */
type Goal = (object: ApiObject | undefined) => boolean;

/** Waits until objects are as asked for. Answers the exit code: 1 when the time is over first. */
export function wait(words: readonly string[], flags: WaitFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const goal = goalOf(flags.for);
    const targets = await targetsOf(api, words, flags);
    if (targets.length === 0) throw new CommandProblem('no matching resources found');
    const deadline = AbortSignal.timeout(flags.timeout ?? 30_000);
    let code: number = ExitCode.ok;
    for (const { kind, name } of targets) {
      const met = await reaches(api, kind, name, goal, deadline);
      const shown = qualifiedName({ singular: kind.singularName, group: GROUP }, name);
      if (met) process.stdout.write(`${shown} condition met\n`);
      else {
        process.stderr.write(`error: timed out waiting for the condition on ${kind.name}/${name}\n`);
        code = ExitCode.resourceFailed;
      }
    }
    return code;
  });
}

async function targetsOf(api: ObjectApi, words: readonly string[], flags: WaitFlags) {
  if (flags.filename !== undefined) {
    const manifests = await readManifests(api, flags.filename, flags.recursive);
    return manifests.map(({ kind, object }) => ({ kind, name: object.metadata.name }));
  }
  const asked = await askedObjects(api, words);
  const isForAll = asked.some(({ names }) => names.length === 0);
  if (isForAll && flags.all !== true && flags.selector === undefined) {
    throw new CommandProblem('Say which objects: TYPE/NAME, -l LABEL=VALUE, or --all for all of the type');
  }
  return (await Promise.all(asked.map((one) => namesOf(api, one, flags)))).flat();
}

async function namesOf(api: ObjectApi, { kind, names }: Asked, flags: WaitFlags) {
  if (names.length > 0) return names.map((name) => ({ kind, name }));
  const query = new URLSearchParams(flags.selector === undefined ? {} : { labelSelector: flags.selector });
  return (await api.list(kind, query)).items.map(({ metadata }) => ({ kind, name: metadata.name }));
}

function goalOf(text: string | undefined): Goal {
  const wrong = () =>
    new CommandProblem(
      `Say what to wait for: --for=condition=NAME[=VALUE], --for=jsonpath=PATH[=VALUE], --for=create or --for=delete${text === undefined ? '' : `, not "${text}"`}`,
    );
  if (text === undefined) throw wrong();
  if (text.toLowerCase() === 'delete') return (object) => object === undefined;
  if (text.toLowerCase() === 'create') return (object) => object !== undefined;
  const condition = /^condition=([^=]+)(?:=(.*))?$/s.exec(text);
  if (condition) {
    const [, name = '', value = 'true'] = condition;
    return (object) => object !== undefined && conditionStatus(object, name) === value.toLowerCase();
  }
  const path = /^jsonpath=(?:'?(\{.*\})'?|([^=]+))(?:=(.*))?$/s.exec(text);
  if (!path) throw wrong();
  const template = relaxedPath(path[1] ?? path[2] ?? '');
  const value = path[3]?.replace(/^'(.*)'$/s, '$1');
  return (object) => {
    if (object === undefined) return false;
    const found = jsonPathText(template, object as unknown as Json);
    if (!found.ok) throw new CommandProblem(found.message);
    return value === undefined ? found.text !== '' : found.text === value;
  };
}

function conditionStatus(object: ApiObject, name: string): string | undefined {
  const { conditions = [] } = (object.status ?? {}) as { conditions?: readonly { type?: string; status?: string }[] };
  return conditions.find(({ type = '' }) => type.toLowerCase() === name.toLowerCase())?.status?.toLowerCase();
}

/** Whether the object becomes so before the time is over. */
async function reaches(
  api: ObjectApi,
  kind: KindInfo,
  name: string,
  goal: Goal,
  deadline: AbortSignal,
): Promise<boolean> {
  const query = new URLSearchParams({ fieldSelector: `metadata.name=${name}` });
  for (;;) {
    const { items, resourceVersion } = await api.list(kind, query);
    const [object] = items;
    if (object === undefined && !goal(undefined) && !isForCreation(goal, kind, name)) {
      throw new CommandProblem(`Error from server (NotFound): ${kind.name}.${GROUP} "${name}" not found`);
    }
    if (goal(object)) return true;
    if (deadline.aborted) return false;
    try {
      const since = new URLSearchParams(query);
      since.set('resourceVersion', resourceVersion);
      for await (const { type, object: now } of api.watch(kind, since, deadline)) {
        if (type === 'ERROR') break;
        if (type !== 'BOOKMARK' && goal(type === 'DELETED' ? undefined : now)) return true;
      }
    } catch (error) {
      if (deadline.aborted) return false;
      if (error instanceof ApiError && error.status === 410) continue;
      throw error;
    }
    if (deadline.aborted) return false;
  }
}

/** Whether any object of that name would do. */
function isForCreation(goal: Goal, { kind }: KindInfo, name: string): boolean {
  return goal({ apiVersion: '', kind, metadata: { name } });
}
