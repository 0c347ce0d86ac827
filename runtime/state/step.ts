export type StepKind = 'command' | 'build' | 'push' | 'load' | 'deploy';

/** One part of an update, for times and for the terminal. Milliseconds since the epoch. */
export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  readonly startedAt: number;
  /** `undefined` while it runs. */
  readonly endedAt: number | undefined;
}
