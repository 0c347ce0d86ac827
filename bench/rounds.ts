import path from 'node:path';
import type { Measure, Outcome, Workplace } from './measure.ts';
import type { Program } from './program.ts';
import type { Result } from './report.ts';

/**
 * Takes a measure of every program in turn, `rounds` times, each round in another order, so that what the machine does meanwhile meets
 * all of them.
 */
export async function takeRounds(
  measure: Measure,
  programs: readonly Program[],
  rounds: number,
  place: Workplace,
  onOutcome: (program: Program, outcome: Outcome) => void,
): Promise<Result[]> {
  const taken = new Map<string, Outcome[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const program of rotate(programs, round)) {
      const folder = path.join(place.folder, measure.name, program.name.replace(/[^A-Za-z0-9_.-]/g, '_'));
      const outcome = await measure.take(program, { ...place, folder });
      taken.get(program.name)?.push(outcome);
      onOutcome(program, outcome);
    }
  }
  return programs.map(({ name }) => collect(measure.name, name, taken.get(name) ?? []));
}

export function rotate<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

export function collect(measure: string, program: string, outcomes: readonly Outcome[]): Result {
  const samples = outcomes.flatMap((outcome) => (outcome.kind === 'measured' ? [outcome.sample] : []));
  return {
    measure,
    program,
    milliseconds: samples.flatMap(({ milliseconds }) => milliseconds),
    peakBytes: samples.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes])),
    failures: outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.reason] : [])),
  };
}
