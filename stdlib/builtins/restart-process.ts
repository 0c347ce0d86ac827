import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { LiveUpdate, LiveUpdateRun } from '../model/live-update.ts';
import { RESTART_COMMAND, restartingEntrypoint } from '../model/restart-process.ts';
import { stringsOfValue } from '../schema/collection-types.ts';
import { commandOf } from '../schema/command-types.ts';
import { explained } from '../schema/explained.ts';
import { isPlainObject, typeName } from '../schema/kind.ts';
import { nearest } from '../schema/nearest.ts';
import { optional } from '../schema/parameter.ts';
import { checkedByBuiltin } from '../schema/scalar-types.ts';
import { quote, show } from '../schema/show.ts';

const KEYS = ['entrypoint', 'trigger', 'exit_policy'];
const POLICIES = ['restart', 'continue'] as const;

export const restartProcess = optional(
  checkedByBuiltin(
    "{ readonly entrypoint: string | readonly string[]; readonly trigger?: string | readonly string[] | null; readonly exit_policy?: 'restart' | 'continue' } | null",
  ),
  'Starts the process of the container anew at the end of each live update: `entrypoint` is what to start, `trigger` names files whose ' +
    'changes do it, by default all, and with `exit_policy` "continue" the container outlives a process that ends. The image needs `sh`.',
);

export interface RestartProcess {
  /** What the containers run instead. */
  readonly entrypoint: readonly string[];
  readonly liveUpdate: LiveUpdate;
}

/** What `restart_process` comes to; `undefined` when it was not given. */
export function restartProcessOf(
  value: ScriptValue,
  liveUpdate: LiveUpdate | undefined,
  call: Call,
): RestartProcess | undefined {
  if (value === undefined || value === null) return undefined;
  const where = `${call.name}: restart_process`;
  if (!isPlainObject(value)) throw new Refusal(`${where}: got ${typeName(value)}, want an object with "entrypoint"`);
  for (const key of Object.keys(value)) {
    if (KEYS.includes(key)) continue;
    const meant = nearest(key, KEYS);
    throw new Refusal(`${where}: unknown key ${quote(key)}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`);
  }
  if (liveUpdate === undefined) throw new Refusal(`${where} requires at least one live_update step`);
  if (liveUpdate.restart) {
    throw new Refusal(`${where} is not compatible with the step restart_container(): both start the process anew`);
  }
  const parts = { command: value.entrypoint, windowsCommand: undefined, dir: undefined, env: {} };
  const argv = explained(`${where}.entrypoint`, () => commandOf(parts, call))?.argv ?? [];
  if (argv.length === 0) throw new Refusal(`${where} requires an "entrypoint": what the container runs`);
  const policy = value.exit_policy ?? 'restart';
  if (!POLICIES.some((known) => known === policy)) {
    throw new Refusal(`${where}.exit_policy: got ${show(policy)}, want "restart" or "continue"`);
  }
  const triggers = stringsOfValue(value.trigger, 'restart_process.trigger');
  const run: LiveUpdateRun = { argv: RESTART_COMMAND, triggers, echoOff: true };
  return {
    entrypoint: restartingEntrypoint(argv, policy === 'continue'),
    liveUpdate: { ...liveUpdate, runs: [...liveUpdate.runs, run] },
  };
}
