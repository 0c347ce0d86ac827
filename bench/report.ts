import type { Measure } from './measure.ts';
import type { Program } from './program.ts';
import { ratio, type Summary, summarize } from './statistics.ts';
import { type Column, formatMemory, formatMilliseconds, formatRatio, table } from './table.ts';

/** Everything that one program gave for one measure. */
export interface Result {
  readonly measure: string;
  readonly program: string;
  readonly milliseconds: readonly number[];
  readonly peakBytes: readonly number[];
  readonly failures: readonly string[];
}

const COLUMNS: readonly Column[] = [
  { title: 'measure', align: 'left' },
  { title: 'program', align: 'left' },
  { title: 'values', align: 'right' },
  { title: 'median', align: 'right' },
  { title: 'least – most', align: 'right' },
  { title: 'ours is', align: 'right' },
  { title: 'peak memory', align: 'right' },
  { title: 'ours is', align: 'right' },
  { title: 'failed', align: 'right' },
];

/** One table: a row for each measure and program, and beside each other program how many times its median ours is. */
export function report(measures: readonly Measure[], programs: readonly Program[], results: readonly Result[]): string {
  const [own] = programs;
  const rows = measures.flatMap(({ name }) => {
    const ofProgram = (program: Program | undefined): Result | undefined =>
      results.find((result) => result.measure === name && result.program === program?.name);
    const ours = summaries(ofProgram(own));
    return programs.map((program, index) => {
      const result = ofProgram(program);
      const { time, memory } = summaries(result);
      const relative = (mine: Summary | undefined, its: Summary | undefined): string => {
        const times = index === 0 ? undefined : ratio(mine, its);
        return times === undefined ? '' : formatRatio(times);
      };
      return [
        index === 0 ? name : '',
        program.name,
        String(time?.count ?? 0),
        time === undefined ? '–' : formatMilliseconds(time.median),
        time === undefined ? '' : `${formatMilliseconds(time.min)} – ${formatMilliseconds(time.max)}`,
        relative(ours.time, time),
        memory === undefined ? '–' : formatMemory(memory.median),
        relative(ours.memory, memory),
        result === undefined || result.failures.length === 0 ? '' : String(result.failures.length),
      ];
    });
  });
  return table(COLUMNS, rows);
}

/** Each failed run, so that a median is never taken for the whole truth. */
export function failures(results: readonly Result[]): string[] {
  return results.flatMap(({ measure, program, failures: reasons }) =>
    reasons.map((reason) => `${program} failed in ${measure}: ${reason}`),
  );
}

function summaries(result: Result | undefined): { time: Summary | undefined; memory: Summary | undefined } {
  return { time: summarize(result?.milliseconds ?? []), memory: summarize(result?.peakBytes ?? []) };
}
