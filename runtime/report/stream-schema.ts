import type { LogLevel, LogSource } from '../state/log-line.ts';
import type { StepKind } from '../state/step.ts';
import type {
  ReportedReason,
  ReportFailure,
  ReportPhase,
  ReportUpdate,
  RunReport,
  RunResult,
} from './report-schema.ts';

// What `--output json` prints: one of these a line. docs/reports.md explains each to users.

/** Milliseconds since the epoch. */
export type StreamEvent = { readonly at: number } & (
  | SessionEvents
  | TiltfileEvents
  | ClusterEvents
  | ({ readonly resource: string } & ResourceEvents)
  | LogEvent
);

type SessionEvents =
  | {
      readonly type: 'session-started';
      readonly schemaVersion: RunReport['schemaVersion'];
      readonly tool: RunReport['tool'];
      readonly mode: 'ci' | 'up';
    }
  | { readonly type: 'stop-requested'; readonly signal: string }
  /** Always the last one. */
  | {
      readonly type: 'session-finished';
      readonly exitCode: number;
      readonly result: RunResult;
      readonly message: string;
      readonly failures: readonly ReportedReason[];
    };

type TiltfileEvents =
  | { readonly type: 'tiltfile-started' }
  | {
      readonly type: 'tiltfile-finished';
      readonly result: 'succeeded' | 'failed';
      readonly failures: readonly ReportFailure[];
      /** Names of the resources that the session runs. */
      readonly resources: readonly string[];
    };

type ClusterEvents =
  | { readonly type: 'cluster-connected'; readonly context: string; readonly product: string; readonly version: string }
  | { readonly type: 'cluster-failed'; readonly failure: ReportFailure };

/** `update` numbers all updates of the session from 1. */
type ResourceEvents =
  | { readonly type: 'update-started'; readonly update: number; readonly causes: readonly string[] }
  /** `step` numbers the steps of the update from 0. */
  | {
      readonly type: 'step-started';
      readonly update: number;
      readonly step: number;
      readonly kind: StepKind;
      readonly title: string;
    }
  | { readonly type: 'step-finished'; readonly update: number; readonly step: number }
  | { readonly type: 'image-built'; readonly update: number; readonly image: string; readonly ref: string }
  | {
      readonly type: 'update-finished';
      readonly update: number;
      readonly result: Exclude<ReportUpdate['result'], 'unfinished'>;
      readonly failure: ReportFailure | null;
    }
  | {
      readonly type: 'runtime-changed';
      readonly update: number;
      readonly state: ReportPhase['state'];
      readonly reason: string;
      readonly restarts: number;
      readonly failure: ReportFailure | null;
    }
  | { readonly type: 'port-open'; readonly localPort: number }
  | { readonly type: 'port-failed'; readonly message: string };

interface LogEvent {
  readonly type: 'log';
  /** Counts up by one for each line of the session, from 1. */
  readonly sequence: number;
  /** Empty for the Tiltfile and the program itself. */
  readonly resource: string;
  readonly source: LogSource;
  readonly level: LogLevel;
  readonly span: string;
  /** Without newline and colours. */
  readonly text: string;
}
