import { PLAN_FORMAT, PLAN_VERSION, type Plan } from './plan.ts';

export type ReadPlan = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly message: string };

/** Reads what `plan --json` printed. `source` names it in messages. */
export function readPlan(text: string, source: string): ReadPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(source, `it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isObject(value) || value.format !== PLAN_FORMAT) {
    return refuse(source, `it does not say "format": "${PLAN_FORMAT}"`);
  }
  if (value.version !== PLAN_VERSION) {
    const found = JSON.stringify(value.version) ?? 'none';
    return refuse(source, `its version is ${found}, and this program knows ${PLAN_VERSION}`);
  }
  const missing = firstMissing(value);
  if (missing !== undefined) return refuse(source, `"${missing}" is missing or of another type`);
  // What the program compares is there; fields that it does not know are compared as they are.
  return { ok: true, plan: value as unknown as Plan };
}

function refuse(source: string, reason: string): ReadPlan {
  return { ok: false, message: `Cannot read the plan ${source}: ${reason}. Make it with "tilt-ts plan --json".` };
}

function firstMissing(plan: Readonly<Record<string, unknown>>): string | undefined {
  if (!isListOf(plan.resources, ({ name, kind }) => typeof name === 'string' && typeof kind === 'string')) {
    return 'resources';
  }
  if (!isListOf(plan.apiObjects, ({ name, kind }) => typeof name === 'string' && typeof kind === 'string')) {
    return 'apiObjects';
  }
  if (!isListOf(plan.images, ({ ref }) => typeof ref === 'string')) return 'images';
  for (const name of ['settings', 'cluster', 'evaluation']) if (!isObject(plan[name])) return name;
  const evaluation = plan.evaluation as Readonly<Record<string, unknown>>;
  const list = ['filesRead', 'commandsRun', 'variablesRead'].find((name) => !Array.isArray(evaluation[name]));
  return list === undefined ? undefined : `evaluation.${list}`;
}

function isListOf(value: unknown, fits: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && fits(item));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
