import type { Program } from './program.ts';
import type { Start } from './run.ts';

/** What measures share: where to work and with which variables. */
export interface Workplace {
  /** An empty temporary folder for this program and measure. */
  readonly folder: string;
  /** The folder of the sample that the hello measures use. */
  readonly sample: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface Sample {
  /** One value, or several where one run gives several. */
  readonly milliseconds: readonly number[];
  /** The program's own peak memory; nothing where the system does not tell. */
  readonly peakBytes: number | undefined;
}

export type Outcome =
  | { readonly kind: 'measured'; readonly sample: Sample }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Measure {
  readonly name: string;
  /** What its milliseconds are. */
  readonly title: string;
  /** It needs more than this machine, so it is taken only when it is asked for by name. */
  readonly onlyOnRequest?: boolean;
  take(program: Program, place: Workplace): Promise<Outcome>;
}

export function failed(reason: string, output = ''): Outcome {
  const last = output.trim().split('\n').slice(-5).join('\n    ');
  return { kind: 'failed', reason: last === '' ? reason : `${reason}; its last output:\n    ${last}` };
}

export function startOf(program: Program, place: Workplace, command: Start['command']): Start {
  return { command, folder: place.folder, environment: { ...place.environment, ...program.environment } };
}
