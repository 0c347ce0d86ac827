import path from 'node:path';
import { describeEnd } from './command-measure.ts';
import { startOf, type Workplace } from './measure.ts';
import { commandLine, type Program } from './program.ts';
import { echoes, writeProject } from './project.ts';
import { Run } from './run.ts';

const LIMIT_MS = 10_000;

export interface HangCheck {
  readonly program: string;
  readonly runs: number;
  readonly limitMs: number;
  /** For each run that did not end in time, the last of what it had written. */
  readonly hung: readonly string[];
  /** How other runs went wrong, with how often. */
  readonly failed: ReadonlyMap<string, number>;
}

/** Runs `ci` on a project of one command again and again. */
export async function checkForHangs(
  program: Program,
  runs: number,
  place: Workplace,
  onRun: (done: number) => void,
  limitMs = LIMIT_MS,
): Promise<HangCheck> {
  const tiltfile = writeProject(echoes(1), program.language, path.join(place.folder, 'project'));
  const failed = new Map<string, number>();
  const hung: string[] = [];
  for (let done = 1; done <= runs; done += 1) {
    const run = new Run(startOf(program, place, commandLine(program, ['ci', '-f', tiltfile])), limitMs);
    const end = await run.end;
    if (end.kind === 'over time') hung.push(run.output.trim().split('\n').slice(-5).join('\n    '));
    else if (end.kind !== 'exited' || end.code !== 0) {
      failed.set(describeEnd(end), (failed.get(describeEnd(end)) ?? 0) + 1);
    }
    onRun(done);
  }
  return { program: program.name, runs, limitMs, hung, failed };
}

export function describeHangCheck({ program, runs, limitMs, hung, failed }: HangCheck): string {
  const others = [...failed].map(([how, often]) => `; ${often} ${how}`).join('');
  const written = hung.map((output) => `\n  one of them had written last:\n    ${output}`).join('');
  return `${program}: ${hung.length} of ${runs} runs did not end within ${limitMs / 1000} s${others}${written}`;
}
