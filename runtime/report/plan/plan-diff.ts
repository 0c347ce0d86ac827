import { changedFields, type FieldChange } from './field-changes.ts';
import type { Plan, PlannedApiObject, PlannedImage, PlannedResource } from './plan.ts';

export const DIFF_FORMAT = 'tilt-ts plan diff';
export const DIFF_VERSION = 1;

/** What a change of a Tiltfile changes, as plain JSON. */
export interface PlanDiff {
  readonly format: typeof DIFF_FORMAT;
  readonly version: typeof DIFF_VERSION;
  /** Whether anything below is different. */
  readonly differs: boolean;
  readonly resources: Differences<PlannedResource>;
  readonly images: Differences<PlannedImage>;
  readonly apiObjects: Differences<PlannedApiObject>;
  readonly settings: readonly FieldChange[];
  readonly cluster: readonly FieldChange[];
  readonly globalIgnores: readonly FieldChange[];
  readonly evaluation: {
    readonly filesRead: ListDifference;
    /** Each command as its words. */
    readonly commandsRun: ListDifference<readonly string[]>;
    readonly variablesRead: ListDifference;
  };
}

export interface Differences<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly Changed[];
}

export interface Changed {
  /** A resource's name, an image's ref, or kind and name of an object: `cmds/reset`. */
  readonly name: string;
  /** Of resources. */
  readonly kind?: string;
  readonly fields: readonly FieldChange[];
}

export interface ListDifference<T = string> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/** Follows from other fields, or says where something is written and not what it is. */
const RESOURCE_EXCEPT = ['name', 'start', 'neededBy', 'declaredAt'];
const API_EXCEPT = ['kind', 'name', 'declaredAt'];
const IMAGE_EXCEPT = ['ref', 'neededBy', 'declaredAt'];

export function diffPlans(before: Plan, after: Plan): PlanDiff {
  const resources = differences(before.resources, after.resources, ({ name }) => name, RESOURCE_EXCEPT);
  const kinds = new Map(after.resources.map(({ name, kind }) => [name, kind]));
  const images = differences(before.images, after.images, ({ ref }) => ref, IMAGE_EXCEPT);
  const apiObjects = differences(
    before.apiObjects,
    after.apiObjects,
    ({ kind, name }) => `${kind}/${name}`,
    API_EXCEPT,
  );
  const settings = changedFields(before.settings, after.settings);
  // Whether the context at hand may be deployed to says more of the machine than of the Tiltfile.
  const cluster = changedFields(before.cluster, after.cluster, ['refusal']);
  const globalIgnores = changedFields({ globalIgnores: before.globalIgnores }, { globalIgnores: after.globalIgnores });
  const evaluation = {
    filesRead: listDifference(before.evaluation.filesRead, after.evaluation.filesRead),
    commandsRun: listDifference(before.evaluation.commandsRun, after.evaluation.commandsRun),
    variablesRead: listDifference(before.evaluation.variablesRead, after.evaluation.variablesRead),
  };
  const lists = [resources, images, apiObjects, ...Object.values(evaluation)];
  const differs =
    lists.some(({ added, removed }) => added.length > 0 || removed.length > 0) ||
    [resources.changed, images.changed, apiObjects.changed, settings, cluster, globalIgnores].some(
      (changed) => changed.length > 0,
    );
  return {
    format: DIFF_FORMAT,
    version: DIFF_VERSION,
    differs,
    resources: {
      ...resources,
      changed: resources.changed.map(({ name, fields }) => ({
        name,
        kind: kinds.get(name) ?? '',
        fields,
      })),
    },
    images,
    apiObjects,
    settings,
    cluster,
    globalIgnores,
    evaluation,
  };
}

function differences<T extends object>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
  except: readonly string[],
): Differences<T> {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const now = new Set(after.map(nameOf));
  return {
    added: after.filter((item) => !old.has(nameOf(item))),
    removed: before.filter((item) => !now.has(nameOf(item))),
    changed: after.flatMap((item): readonly Changed[] => {
      const name = nameOf(item);
      const then = old.get(name);
      const fields = then === undefined ? [] : changedFields(then, item, except);
      return fields.length === 0 ? [] : [{ name, fields }];
    }),
  };
}

/** What only one of two lists has; how often and in which order does not count. */
function listDifference<T>(before: readonly T[], after: readonly T[]): ListDifference<T> {
  const only = (these: readonly T[], those: readonly T[]): readonly T[] => {
    const known = new Set(those.map((item) => JSON.stringify(item)));
    return [...new Map(these.map((item) => [JSON.stringify(item), item]))].flatMap(([key, item]) =>
      known.has(key) ? [] : [item],
    );
  };
  return { added: only(after, before), removed: only(before, after) };
}
