/** What several runs of one measure came to; all in the unit of the values. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return Number.NaN;
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

/** Nothing for no values: a measure all of whose runs failed has no median. */
export function summarize(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  return { count: values.length, median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** How many times `other` our median is; below 1 we need less. */
export function ratio(ours: Summary | undefined, other: Summary | undefined): number | undefined {
  if (ours === undefined || other === undefined || other.median === 0) return undefined;
  return ours.median / other.median;
}
