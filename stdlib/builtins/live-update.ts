import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { LiveUpdate, LiveUpdateRun, LiveUpdateSync } from '../model/live-update.ts';
import { membersOf } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { relativePath } from '../schema/go-path.ts';
import { typeName } from '../schema/kind.ts';
import { type LiveUpdateStep, placeKey, stepOf } from '../schema/live-update-step.ts';
import { quote, show } from '../schema/show.ts';
import type { Session } from '../session.ts';

/** The live update that steps come to; `undefined` for none. Steps that are taken count as used. */
export function liveUpdateOf(value: ScriptValue, call: Call, { declarations }: Session): LiveUpdate | undefined {
  const members = membersOf(value);
  if (members.length === 0) return undefined;
  const draft = new Draft(executingFolder(call));
  for (const member of members) {
    const made = stepOf(member);
    if (!made) {
      const given = `got value '${show(member)}' of type '${typeName(member)}'`;
      throw new Refusal(`live_update: 'steps' must be a list of live update steps - ${given}`);
    }
    const problem = draft.add(made.step);
    if (problem !== undefined) throw new Refusal(`live_update: ${problem}`);
    declarations.unusedSteps.delete(placeKey(made.position));
  }
  const problem = draft.problem();
  if (problem !== undefined) throw new Refusal(`live_update: ${problem}`);
  return draft.result();
}

/** The order in which steps may stand. */
const ORDER = { 'initial-sync': 0, 'fall-back-on': 1, sync: 2, run: 3, 'restart-container': 4 } as const;

class Draft {
  readonly #basePath: string;
  readonly #stopPaths: string[] = [];
  readonly #syncs: LiveUpdateSync[] = [];
  readonly #runs: LiveUpdateRun[] = [];
  #initialSync = false;
  #restart = false;
  /** How far the order has come. */
  #stage: number | undefined;

  constructor(basePath: string) {
    this.#basePath = basePath;
  }

  /** Takes one more step, or says why it may not stand here. */
  add(step: LiveUpdateStep): string | undefined {
    const order = ORDER[step.kind];
    const problem = this.#misplaced(step.kind);
    if (problem !== undefined) return problem;
    this.#stage = Math.max(this.#stage ?? 0, order);
    switch (step.kind) {
      case 'initial-sync':
        this.#initialSync = true;
        break;
      case 'fall-back-on':
        this.#stopPaths.push(...step.paths.map((path) => this.#relative(path)));
        break;
      case 'sync':
        this.#syncs.push({ localPath: this.#relative(step.localPath), containerPath: step.remotePath });
        break;
      case 'run':
        this.#runs.push({ argv: step.argv, triggers: step.triggers, echoOff: step.echoOff });
        break;
      case 'restart-container':
        this.#restart = true;
        break;
    }
    return undefined;
  }

  #misplaced(kind: LiveUpdateStep['kind']): string | undefined {
    const stage = this.#stage ?? -1;
    switch (kind) {
      case 'initial-sync':
        return stage >= ORDER['initial-sync']
          ? 'initial_sync must appear at most once, at the start of the list'
          : undefined;
      case 'fall-back-on':
        return stage > ORDER['fall-back-on'] ? 'fall_back_on steps must appear at the start of the list' : undefined;
      case 'sync':
        if (stage > ORDER.run) return 'restart container is only valid as the last step';
        return stage > ORDER.sync ? 'all sync steps must precede all run steps' : undefined;
      case 'run':
        return stage > ORDER.run ? 'restart container is only valid as the last step' : undefined;
      case 'restart-container':
        return undefined;
    }
  }

  problem(): string | undefined {
    const problems: string[] = [];
    if (this.#syncs.length === 0 && this.#runs.length === 0) {
      problems.push('spec.syncs: Invalid value: null: must contain at least 1 sync or 1 exec to run on live update');
    }
    for (const [index, { containerPath }] of this.#syncs.entries()) {
      if (containerPath.startsWith('/')) continue;
      problems.push(`spec.syncs[${index}]: Invalid value: ${quote(containerPath)}: sync destination is not absolute`);
    }
    return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
  }

  result(): LiveUpdate {
    return {
      basePath: this.#basePath,
      stopPaths: this.#stopPaths,
      syncs: this.#syncs,
      runs: this.#runs,
      restart: this.#restart,
      initialSync: this.#initialSync,
      containerName: '',
    };
  }

  #relative(path: string): string {
    return relativePath(this.#basePath, path) ?? path;
  }
}
