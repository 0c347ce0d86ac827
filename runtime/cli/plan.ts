import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Loader } from '../load/loader.ts';
import { paintFor } from '../report/colour.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import type { Place } from '../report/plan/place.ts';
import type { Plan } from '../report/plan/plan.ts';
import { diffPlans } from '../report/plan/plan-diff.ts';
import { planDiffText } from '../report/plan/plan-diff-text.ts';
import { planOf } from '../report/plan/plan-of.ts';
import { planText } from '../report/plan/plan-text.ts';
import { type ReadPlan, readPlan } from '../report/plan/read-plan.ts';
import { earlierGraph } from './earlier-graph.ts';
import { ExitCode } from './exit-code.ts';
import { onInterrupt } from './interrupt.ts';
import { type Changes, type Chosen, changesOf, choose, type SelectionFlags } from './selection.ts';
import { loadTiltfile, type TiltfileOptions } from './tiltfile.ts';

export interface PlanOptions extends TiltfileOptions, SelectionFlags {
  readonly json?: boolean | undefined;
  /** The path of an earlier plan, or `-` for stdin. */
  readonly diff?: string | undefined;
  /** Answer 1 when there is a difference. */
  readonly exitCode?: boolean | undefined;
}

/** Prints what a Tiltfile comes to, or what is different from an earlier plan; what the script prints goes to stderr. */
export async function plan(options: PlanOptions, loader: Loader): Promise<number> {
  if (options.exitCode === true && options.diff === undefined) {
    return refuse('--exit-code says whether two plans are different: give the other one with --diff.');
  }
  const before = options.diff === undefined ? undefined : planAt(options.diff);
  if (before?.ok === false) return refuse(before.message);

  if (options.since !== undefined && options.diff !== undefined) {
    return refuse('--since and --diff answer different questions: give one of them.');
  }

  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  const changes = await changesOf(options, options.file, stop.signal);
  if (changes !== undefined && 'problem' in changes) {
    forget();
    return stop.signal.aborted ? ExitCode.stopped : refuse(changes.problem);
  }
  const print = (text: string): void => void process.stderr.write(text);
  const result = await loadTiltfile(loader, 'plan', options, print, stop.signal);
  if (!result.ok) {
    forget();
    if (result.stopped) return ExitCode.stopped;
    paintFor(process.stderr);
    process.stderr.write(`${tiltfileFailureText(result.failure, process.cwd())}\n`);
    return ExitCode.tiltfileFailed;
  }
  const { warnings, deployRefusal } = result.tiltfile;
  const whole = { ...result.tiltfile.graph, configFiles: result.configFiles };
  const chosen = await choose(whole, options, changes, (since) =>
    earlierGraph(loader, 'plan', options, since, stop.signal),
  );
  forget();
  if ('problem' in chosen) return refuse(chosen.problem);
  if (changes !== undefined) return tellChosen(chosen, changes, options);
  const { graph } = chosen;
  const after = planOf({
    graph,
    mainFile: result.file,
    evaluation: result.record,
    warnings,
    refusal: deployRefusal,
    place: placeOf(result.file),
  });
  return tell(before?.plan, after, options);
}

/** What `--since` comes to: what runs, and why. */
function tellChosen({ lines, reasons }: Chosen, { revision, base, paths }: Changes, { json }: PlanOptions): number {
  const cwd = process.cwd();
  const relative = (files: readonly string[]) => files.map((file) => path.relative(cwd, file));
  const resources = [...reasons].map(([name, reason]) => ({
    name,
    ...('paths' in reason ? { ...reason, paths: relative(reason.paths) } : reason),
  }));
  const value = { since: revision, base, changedFiles: relative(paths), resources };
  process.stdout.write(json ? asJson(value) : `${lines.join('\n')}\n`);
  return ExitCode.ok;
}

function tell(before: Plan | undefined, after: Plan, { json, exitCode }: PlanOptions): number {
  paintFor(process.stdout);
  if (before === undefined) {
    process.stdout.write(json ? asJson(after) : `${planText(after)}\n`);
    return ExitCode.ok;
  }
  const diff = diffPlans(before, after);
  process.stdout.write(json ? asJson(diff) : `${planDiffText(diff)}\n`);
  return exitCode && diff.differs ? ExitCode.different : ExitCode.ok;
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function planAt(given: string): ReadPlan {
  try {
    return given === '-'
      ? readPlan(readFileSync(0, 'utf8'), 'on stdin')
      : readPlan(readFileSync(given, 'utf8'), `"${given}"`);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message;
    return { ok: false, message: `Cannot read the plan "${given}": ${reason}.` };
  }
}

/** Paths of a plan are relative to the Tiltfile's folder, within its repository. */
function placeOf(file: string): Place {
  const folder = path.dirname(file);
  for (let root = folder; ; root = path.dirname(root)) {
    if (existsSync(path.join(root, '.git'))) return { folder, root };
    if (root === path.dirname(root)) return { folder, root: folder };
  }
}

function refuse(message: string): number {
  process.stderr.write(`Error: ${message}\n`);
  return ExitCode.usage;
}
